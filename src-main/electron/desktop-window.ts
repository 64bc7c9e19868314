import { screen, type BrowserWindow } from 'electron'
import type { DesktopWindow, WindowOptions } from '../ports.ts'
import { offerContextMenu } from './context-menu.ts'
import type { ElectronLifecycle } from './lifecycle.ts'
import { messagesTo } from './page-messages.ts'
import { planWindowPlace } from '../windows/window-place.ts'
import { workAreasOf } from './screens.ts'

/** `lifecycle` knows whether a window may still keep itself open. */
export function asDesktopWindow(
  window: BrowserWindow,
  { kind, place, show }: WindowOptions,
  lifecycle: Pick<ElectronLifecycle, 'isQuitting' | 'abandonQuitting'>,
): DesktopWindow {
  const { webContents } = window
  let wanted = show
  let zoom: number | null = null
  let isToMaximise = place.isMaximised
  /** Systems move windows from a screen that is unplugged, though not those that are out of sight. */
  const bringInSight = (): void => {
    if (window.isVisible()) return
    const bounds = window.getNormalBounds()
    const areas = workAreasOf(screen)
    const { bounds: reachable } = planWindowPlace({ bounds, isMaximised: false }, areas, kind)
    if (reachable.x !== bounds.x || reachable.y !== bounds.y) window.setBounds(reachable)
  }
  const showActive = (): void => {
    bringInSight()
    // Not sooner: maximising shows a window, even one that waits in the tray.
    if (isToMaximise) window.maximize()
    isToMaximise = false
    window.show()
  }
  window.once('ready-to-show', () => {
    if (wanted === 'active') showActive()
    if (wanted !== 'inactive') return
    bringInSight()
    window.showInactive()
  })
  // Chromium keeps it by site, so before the page has come it would be kept for no site.
  webContents.on('did-navigate', () => {
    if (zoom !== null) webContents.setZoomFactor(zoom)
  })
  webContents.on('will-prevent-unload', () => lifecycle.abandonQuitting())

  return {
    id: window.id,
    kind,
    focus() {
      wanted = 'active'
      if (window.isMinimized()) window.restore()
      showActive()
      window.focus()
    },
    showInactive() {
      if (wanted === 'hidden') wanted = 'inactive'
      bringInSight()
      window.showInactive()
      window.moveTop()
    },
    hide() {
      wanted = 'hidden'
      window.hide()
    },
    close: () => window.close(),
    isVisible: () => window.isVisible() && !window.isMinimized(),
    isFocused: () => window.isFocused(),
    send: messagesTo(webContents),
    flash: (on) => window.flashFrame(on),
    zoomFactor: () => webContents.getZoomFactor(),
    setZoomFactor(factor) {
      zoom = factor
      webContents.setZoomFactor(factor)
    },
    print: () => webContents.print({ silent: false }),
    pdf: () =>
      webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true }),
    onContextMenu: (plan) => offerContextMenu(window, plan),
    onClosing(listener) {
      window.on('close', (event) => {
        const keep = (): void => {
          if (!lifecycle.isQuitting()) event.preventDefault()
        }
        listener({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() }, keep)
      })
    },
    onClosed: (listener) => void window.on('closed', listener),
    onFocusChanged(listener) {
      window.on('focus', () => listener(true))
      window.on('blur', () => listener(false))
    },
    onGone(listener) {
      webContents.on('render-process-gone', (_event, { reason }) => listener(reason))
      window.on('unresponsive', () => listener('unresponsive'))
    },
    reload: () => webContents.reload(),
  }
}
