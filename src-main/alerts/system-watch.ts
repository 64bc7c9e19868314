/** Whether the system lets alerts through: by what it says of itself, and by what it does with our notifications. */
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import type { DesktopPorts } from '../ports.ts'
import { blockedBy, type SystemSays } from './decide.ts'
import { LOOK_AT_SYSTEM_EVERY_MS } from './policy.ts'

export interface SystemWatch {
  look(): Promise<SystemSays>
  /** What became of a notification; null: it was shown. */
  learn(reason: NotShownReason | null): void
  /** Why the system shows nothing of ours; null when it does, as far as is known. */
  blocked(): NotShownReason | null
  stop(): void
}

export interface SystemWatchDeps {
  readonly ports: Pick<DesktopPorts, 'clock' | 'notifier' | 'attention'>
  /** After each look, and after each notification. */
  onLooked(blocked: NotShownReason | null, hasChanged: boolean): void
}

export function createSystemWatch({ ports, onLooked }: SystemWatchDeps): SystemWatch {
  const { clock, notifier, attention } = ports
  let said: NotShownReason | null = null
  /** A system that shows nothing may say that all is well: only a notification that was shown refutes one that was not. */
  let done: NotShownReason | null = null
  let told: NotShownReason | null = null
  let cancel: () => void = () => undefined

  const blocked = (): NotShownReason | null => said ?? done

  function tell(): void {
    const now = blocked()
    const hasChanged = now !== told
    told = now
    onLooked(now, hasChanged)
  }

  async function look(): Promise<SystemSays> {
    const isSupported = notifier.isSupported()
    const [permission, state] = await Promise.all([attention.permission(), attention.state()])
    const says = { isSupported, permission, attention: state }
    said = blockedBy(says)
    tell()
    return says
  }

  function keepLooking(): void {
    cancel = clock.after(LOOK_AT_SYSTEM_EVERY_MS, keepLooking)
    void look()
  }
  keepLooking()

  return {
    look,
    learn(reason) {
      done = reason
      tell()
    },
    blocked,
    stop: () => cancel(),
  }
}
