/** How long to wait after failing `attempts` times in a row: doubling up to the cap, with jitter so that an office doesn't come back as one. */
export function backOffMs(attempts: number, random: () => number = Math.random): number {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1))
  return Math.round(ceiling / 2 + (random() * ceiling) / 2)
}

const FIRST_MS = 500
const CAP_MS = 15_000
