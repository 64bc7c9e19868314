/** Less is the way of an answer and the part of a second that its date leaves out. */
const WORTH_MINDING_MS = 5_000

/**
 * How far the server's clock is ahead of this PC's, by the date of an answer that was asked for and came at these local times (UTC
 * ms); 0 when that is not worth minding, null when the answer doesn't tell.
 */
export function aheadOf(date: string | null, askedAt: number, cameAt: number): number | null {
  const saidAt = date === null ? NaN : Date.parse(date)
  if (Number.isNaN(saidAt) || cameAt - askedAt > WORTH_MINDING_MS) return null
  const ahead = saidAt - (askedAt + cameAt) / 2
  return Math.abs(ahead) > WORTH_MINDING_MS ? ahead : 0
}
