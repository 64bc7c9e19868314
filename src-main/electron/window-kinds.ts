/** What tells the kinds of windows apart for the system. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { WindowKind } from '../ports.ts'
import { smallestSizes } from '../windows/window-place.ts'

export function windowOptions(kind: WindowKind, platform: DesktopPlatform): BrowserWindowConstructorOptions {
  const { width, height } = smallestSizes[kind]
  const liesOnTop = kind === 'alert' || kind === 'capture'
  return { minWidth: width, minHeight: height, ...(liesOnTop && onTop(platform)) }
}

function onTop(platform: DesktopPlatform): BrowserWindowConstructorOptions {
  return {
    alwaysOnTop: true,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: false,
    // The first click on a window that hasn't the keyboard shall press the button, not only raise the window.
    acceptFirstMouse: true,
    // Only a panel lies above another program's full-screen space without making ours vanish from the dock.
    ...(platform === 'macos' && { type: 'panel' }),
  }
}

/** What only a living window can be told. Limit: Wayland lets no program put itself on top. */
export function raiseAboveAll(window: BrowserWindow, kind: WindowKind): void {
  if (kind !== 'alert') return
  window.setAlwaysOnTop(true, 'screen-saver')
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
}
