/** Tells the server what became of its alerts on this computer, in bundles, and whether this computer can show any. */
import { newId } from '../../server/ids.ts'
import type { AlertWay, NotShownReason, Shown } from '../../server/alerts/screens.contract.ts'
import type { DesktopPorts } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { PendingCommands } from './pending-commands.ts'

/** What happens together is said together. */
const BUNDLE_MS = 500
/** The server takes no more at once. */
const BUNDLE_SIZE = 100

export interface Reports {
  /** `reason` null: it was shown. Says what is new: an alert that calls again is shown again, and the server knows. */
  showing(alertId: string, way: AlertWay, reason: NotShownReason | null): void
  /** Says so when it has changed, or has not been said in this session. */
  blocked(reason: NotShownReason | null): void
  /** Somebody else, or another server: what was said was said there. */
  forget(): void
}

export interface ReportsDeps {
  readonly ports: Pick<DesktopPorts, 'env' | 'clock'>
  readonly settings: SettingsFile
  readonly commands: Pick<PendingCommands, 'add'>
  /** UTC milliseconds by the server's clock. */
  now(): number
}

export function createReports({ ports: { env, clock }, settings, commands, now }: ReportsDeps): Reports {
  let waiting: Shown['showings'] = []
  let blocked: NotShownReason | null = null
  let said: NotShownReason | null | undefined
  let cancel: (() => void) | null = null
  /** The last word on each alert and way. */
  const known = new Map<string, NotShownReason | null>()

  function send(): void {
    cancel = null
    const showings = waiting.slice(0, BUNDLE_SIZE)
    waiting = waiting.slice(BUNDLE_SIZE)
    said = blocked
    commands.add('alerts.shown', { screen: thisScreen(), showings, blocked } satisfies Shown)
    if (waiting.length > 0) soon()
  }

  function soon(): void {
    cancel ??= clock.after(BUNDLE_MS, send)
  }

  function thisScreen(): Shown['screen'] {
    const id = settings.read().screenId ?? newId()
    if (settings.read().screenId === null) settings.note({ screenId: id })
    const name = env.computerName.slice(0, 100)
    return { id, name, platform: env.platform, version: env.version }
  }

  return {
    showing(alertId, way, reason) {
      const key = `${alertId} ${way}`
      const before = known.get(key)
      // What was shown stays shown.
      if (before === null || before === reason) return
      known.set(key, reason)
      waiting = [...waiting, { alertId, way, reason, at: new Date(now()).toISOString() }]
      soon()
    },
    blocked(reason) {
      blocked = reason
      if (reason !== said) soon()
    },
    forget() {
      cancel?.()
      cancel = null
      waiting = []
      known.clear()
      said = undefined
    },
  }
}
