/** The urgent alerts that nobody has in hand: how often each has called, and when it calls again. */
import type { AlertView } from '../../server/alerts/contract.ts'
import type { Clock } from '../ports.ts'
import { LATE_AFTER_MS, OWN_WINDOW_AFTER_MS, REPEAT_EVERY_MS } from './policy.ts'

export interface Pressing {
  /** Takes what calls now. */
  follow(calling: readonly AlertView[]): void
  /** From now on it stands in the window of our own too; not one that doesn't press. */
  giveWindow(alertId: string): void
  hasWindow(alertId: string): boolean
  /** How often this computer has called for it. */
  calls(alertId: string): number
  stop(): void
}

interface Count {
  /** UTC milliseconds. */
  since: number
  calledAt: number
  calls: number
  hasWindow: boolean
}

function setBack(count: Count, ms: number): void {
  count.since -= ms
  count.calledAt -= ms
}

/** `onRepeat` is handed those that have to call again. */
export function createPressing(clock: Clock, onRepeat: (due: readonly AlertView[]) => void): Pressing {
  const counts = new Map<string, Count>()
  let calling: readonly AlertView[] = []
  let cancel: () => void = () => undefined

  function wake(): void {
    cancel()
    const next = Math.min(...[...counts.values()].map(({ calledAt }) => calledAt + REPEAT_EVERY_MS))
    if (!Number.isFinite(next)) return
    // No more than the usual pause, though the clock was set back meanwhile.
    const pause = Math.min(Math.max(0, next - clock.now()), REPEAT_EVERY_MS)
    cancel = clock.after(pause, repeat)
  }

  function repeat(): void {
    const now = clock.now()
    const due: AlertView[] = []
    for (const alert of calling) {
      const count = counts.get(alert.id)
      if (!count) continue
      // Whoever called in what is now the future did so before the clock was set back: its time has come.
      if (count.calledAt > now) setBack(count, count.calledAt + REPEAT_EVERY_MS - now)
      const lateMs = now - count.calledAt - REPEAT_EVERY_MS
      if (lateMs < 0) continue
      count.calledAt = now
      // The computer slept, and a colleague may have dealt with it since: what is known has to be read first.
      if (lateMs > LATE_AFTER_MS) continue
      count.calls += 1
      if (now - count.since >= OWN_WINDOW_AFTER_MS) count.hasWindow = true
      due.push(alert)
    }
    wake()
    if (due.length > 0) onRepeat(due)
  }

  return {
    follow(now) {
      calling = now.filter(({ severity }) => severity === 'urgent')
      const ids = new Set(calling.map(({ id }) => id))
      for (const id of counts.keys()) if (!ids.has(id)) counts.delete(id)
      const at = clock.now()
      for (const id of ids)
        if (!counts.has(id)) counts.set(id, { since: at, calledAt: at, calls: 1, hasWindow: false })
      wake()
    },
    giveWindow(alertId) {
      const count = counts.get(alertId)
      if (count) count.hasWindow = true
    },
    hasWindow: (alertId) => counts.get(alertId)?.hasWindow ?? false,
    calls: (alertId) => counts.get(alertId)?.calls ?? 1,
    stop: () => cancel(),
  }
}
