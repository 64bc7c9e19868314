/** What became of a test, and what to do about it. Pure: keys of texts. */
import type { NotShownReason } from '../../../../server/alerts/screens.contract.ts'
import type { DeskBridge } from '../../../desk/bridge.ts'

/** Those that the person can mend in the system's own settings, which are elsewhere on each. */
const IN_SYSTEM: readonly NotShownReason[] = ['os_dnd', 'permission_denied']
const SYSTEMS = ['windows', 'macos', 'linux'] as const

/** The key of the advice; null: there is nothing to do. */
export function adviceKey(reason: NotShownReason, platform: DeskBridge['platform']): string | null {
  const system = SYSTEMS.find((each) => each === platform)
  if (IN_SYSTEM.includes(reason)) return system ? `notices.advice.${reason}.${system}` : null
  if (reason === 'not_supported' || reason === 'timeout' || reason === 'failed')
    return 'notices.advice.ownWindow'
  return null
}
