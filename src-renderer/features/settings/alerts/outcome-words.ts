/** What became of a test, and what to do about it. Pure: keys of texts. */
import type { NotShownReason } from '../../../../server/alerts/screens.contract.ts'
import type { AlertStatus, AlertTestOutcome } from '../../../../src-main/alerts/ipc.ts'
import type { DeskBridge } from '../../../desk/bridge.ts'

/** Those that the person can mend in the system's own settings, which are elsewhere on each. */
const IN_SYSTEM: readonly NotShownReason[] = ['os_dnd', 'permission_denied']
const SYSTEMS = ['windows', 'macos', 'linux'] as const

/** Why notifications don't get through: as the test has just shown, or else as the system says; null: they do. */
export function hindranceOf(
  status: Pick<AlertStatus, 'blocked'> | null,
  outcome: Pick<AlertTestOutcome, 'notification'> | null,
): NotShownReason | null {
  const tried = outcome?.notification
  return tried === undefined || tried === 'shown' ? (status?.blocked ?? null) : tried
}

/** The key of the advice; null: there is nothing to do. */
export function adviceKey(reason: NotShownReason, platform: DeskBridge['platform']): string | null {
  const system = SYSTEMS.find((each) => each === platform)
  if (IN_SYSTEM.includes(reason)) return system ? `notices.advice.${reason}.${system}` : null
  if (reason === 'not_supported' || reason === 'timeout' || reason === 'failed')
    return 'notices.advice.ownWindow'
  return null
}
