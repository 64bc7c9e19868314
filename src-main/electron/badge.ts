import { app } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { Badge, BadgeModel } from '../ports.ts'
import type { Icons } from './icons.ts'
import type { ElectronWindows } from './window.ts'

export function createBadge(
  platform: DesktopPlatform,
  icons: Icons,
  windows: Pick<ElectronWindows, 'main' | 'onMainShown'>,
): Badge {
  let bouncing: number | null = null
  let current: BadgeModel = { count: 0, text: '', overlay: null }

  const calm = (): void => {
    if (bouncing !== null) app.dock?.cancelBounce(bouncing)
    bouncing = null
  }
  const show = (): void => {
    const { count, text, overlay } = current
    if (platform === 'macos') app.dock?.setBadge(text)
    else if (platform === 'linux') app.setBadgeCount(count)
    else {
      const picture = overlay && icons(`overlay-${overlay.icon}`)
      windows.main()?.setOverlayIcon(picture, overlay?.description ?? '')
    }
  }
  // The picture goes with its taskbar button, when the window is put into the tray.
  if (platform === 'windows') windows.onMainShown(show)

  return {
    show(badge) {
      current = badge
      show()
    },
    bounce(kind) {
      if (platform !== 'macos') return
      calm()
      bouncing = app.dock?.bounce(kind) ?? null
    },
    calm,
  }
}
