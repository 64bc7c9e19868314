/** An urgent alert that nobody has acknowledged is heard again after this time. */
const REPEAT_MS = 60_000
/** Several alerts at once, and several windows of one PC, ring once. */
const TOGETHER_MS = 3_000
const RUNG_AT = 'balcao.alertRungAt'

/** How long to wait for the next sound, in milliseconds, after the last at `rungAt`. */
export function untilRing(rungAt: number | null, nowMs: number): number {
  return rungAt === null ? 0 : Math.max(0, Math.min(REPEAT_MS, rungAt + REPEAT_MS - nowMs))
}

/** Whether it is this window's turn to be heard; the others of the same PC then stay silent. */
export function takesTurn(storage: Pick<Storage, 'getItem' | 'setItem'>, nowMs: number): boolean {
  const last = Number(storage.getItem(RUNG_AT) ?? 0)
  // A time that lies ahead was left by a clock that has since been set right.
  if (last <= nowMs && nowMs - last < TOGETHER_MS) return false
  storage.setItem(RUNG_AT, String(nowMs))
  return true
}
