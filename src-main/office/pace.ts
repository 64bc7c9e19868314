import type { Clock } from '../ports.ts'

export interface Pace {
  /** Acts soon: at once when it has been quiet, else when the pause is over. */
  ask(): void
  stop(): void
}

/** At most one act in `everyMs`, and none of those asked for is forgotten. */
export function createPace(clock: Clock, everyMs: number, act: () => void): Pace {
  let cancel: (() => void) | null = null
  let isWanted = false

  function turn(): void {
    cancel = null
    if (!isWanted) return
    isWanted = false
    cancel = clock.after(everyMs, turn)
    act()
  }

  return {
    ask() {
      isWanted = true
      // A moment, so that what happens in one transaction is read once.
      cancel ??= clock.after(everyMs / 4, turn)
    },
    stop() {
      isWanted = false
      cancel?.()
      cancel = null
    },
  }
}
