const HOUR_MS = 3_600_000

/** A stretch of time until (positive) or since a deadline, in milliseconds: under an hour by the second, as "4:09". Pure. */
export function countdown(
  untilMs: number,
): { isOver: boolean; ms: number } & ({ unit: 'clock'; text: string } | { unit: 'long' }) {
  const isOver = untilMs <= 0
  const ms = Math.abs(untilMs)
  if (ms >= HOUR_MS) return { isOver, ms, unit: 'long' }
  // A deadline is over when nothing is left: what is left is rounded up, what has gone by down.
  const seconds = Math.min(3_599, isOver ? Math.floor(ms / 1000) : Math.ceil(ms / 1000))
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return { isOver, ms, unit: 'clock', text }
}
