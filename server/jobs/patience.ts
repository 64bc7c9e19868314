const MINUTE_MS = 60_000

/** How long to wait after each failure in a row; together about a day. */
const DISTANCES_MS = [1, 5, 15, 30, 60, ...Array<number>(11).fill(120)].map((minutes) => minutes * MINUTE_MS)
const DAY_MS = 24 * 60 * MINUTE_MS
/** Distances differ by as much to either side, so that what failed together does not come back together. */
const JITTER = 0.1

export interface Failure {
  /** Failures in a row, this one included. */
  fails: number
  since: number
  now: number
  /** What went the same way before it was given up. */
  isLaneDead: boolean
}

/**
 * When to try again (milliseconds UTC), or null to give up. What waited for a day behind something that was given up has been
 * patient enough by its first failure; else a long outage would never be over.
 * @param random from 0 to 1
 */
export function nextTryAt({ fails, since, now, isLaneDead }: Failure, random: () => number): number | null {
  if (isLaneDead && now >= since + DAY_MS) return null
  const distance = DISTANCES_MS[fails - 1]
  if (distance === undefined) return null
  return now + Math.round(distance * (1 - JITTER + 2 * JITTER * random()))
}
