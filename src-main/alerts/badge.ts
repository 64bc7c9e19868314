/** What the program's button in taskbar or dock says of alerts. Pure. */
import type { Severity } from '../../server/alerts/contract.ts'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { BadgeModel } from '../ports.ts'

const MANY = 99

export interface AlertCounts {
  readonly worst: Severity | null
  readonly count: number
  /** The server can't be reached: what is shown may be old. */
  readonly isOffline: boolean
}

/** `description` is what a screen reader says of Windows' overlay. */
export function badgeModel(
  { worst, count, isOffline }: AlertCounts,
  platform: DesktopPlatform,
  description: string,
): BadgeModel {
  const text = count > MANY ? `${String(MANY)}+` : count > 0 ? String(count) : isOffline ? '•' : ''
  const hasOverlay = platform === 'windows' && worst !== null && count > 0
  return {
    count,
    text: platform === 'macos' ? text : '',
    overlay: hasOverlay ? { icon: worst, description } : null,
  }
}
