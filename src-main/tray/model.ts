/** The tray as data: its picture, what hovering says, and its menu. */
import type { Severity } from '../../server/alerts/contract.ts'
import type { DesktopPlatform } from '../ipc/contract.ts'

/** `quiet`: nothing waits. `offline`: the server can't be reached. `signedOut`: nobody is logged in. */
export type TrayIcon = Severity | 'quiet' | 'offline' | 'signedOut'

export type TrayEntry =
  | {
      readonly id: string
      readonly label: string
      readonly isChecked?: boolean
      readonly isDisabled?: boolean
      readonly entries?: readonly TrayEntry[]
    }
  | 'separator'

export interface TrayModel {
  readonly icon: TrayIcon
  /** Unacknowledged alerts; drawn beside or on the picture where the system can. */
  readonly count: number
  readonly tooltip: string
  readonly entries: readonly TrayEntry[]
}

/** The picture's name in `resources/icons`, see `build/icons.ts`. A Mac writes the count beside it instead. */
export function trayPicture(
  { icon, count }: Pick<TrayModel, 'icon' | 'count'>,
  platform: DesktopPlatform,
): string {
  if (platform === 'macos') return `tray-${icon}Template`
  if (count === 0 || icon === 'quiet' || icon === 'signedOut') return `tray-${icon}`
  return `tray-${icon}-${count > 9 ? '9plus' : String(count)}`
}
