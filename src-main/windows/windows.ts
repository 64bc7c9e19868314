/** The windows that are open: one main window, one of each torn-off ticket, one for alerts, and one for calls. */
import type { DesktopMessage, Language } from '../ipc/contract.ts'
import { contextMenu } from '../menu/context-menu.ts'
import type { DesktopPorts, DesktopWindow, WindowKind, WindowOptions } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import {
  addressOf,
  ALERT_WINDOW_PATH,
  callPath,
  capturePath,
  ticketWindowPath,
  type CaptureQuery,
} from './addresses.ts'
import { closePolicy } from './close-policy.ts'
import { createCrashWatch } from './crash.ts'
import { rememberedPlace, rememberPlace } from './remembered.ts'
import { planWindowPlace, type Rectangle } from './window-place.ts'

export interface AppWindows {
  /** Shows and raises the main window, opening it when it is closed; with `path` it goes there. */
  openMain(path?: string): DesktopWindow
  /** Loads the main window without showing it, so that the first look at it is quick. */
  prepareMain(): void
  /** The ticket alone in a window of its own; the same ticket twice raises the first. */
  openTicket(ticketId: string): DesktopWindow
  /** Where a call is captured, with the keyboard: its own window, or the main one while somebody has to log in first. */
  openCapture(query: CaptureQuery): void
  /** The same for a call that came by itself: the keyboard stays where it is. */
  popCapture(query: CaptureQuery): DesktopWindow
  capture(): DesktopWindow | null
  /** The alert's own window, made out of sight when there is none. Whoever calls shows and hides it. */
  alertWindow(): DesktopWindow
  main(): DesktopWindow | null
  byId(id: number): DesktopWindow | null
  all(): readonly DesktopWindow[]
  /** The one that has the keyboard, if it is ours. */
  focused(): DesktopWindow | null
  /** The torn-off window of a ticket. */
  ticketWindow(ticketId: string): DesktopWindow | null
  /** The ticket of the torn-off window that has the keyboard. A ticket in the main window is told by its page. */
  focusedTicketWindow(): { readonly ticketId: string; readonly window: DesktopWindow } | null
  /** To every window. */
  tell(message: DesktopMessage): void
  onFocusChanged(listener: () => void): void
  onClosed(listener: (windowId: number) => void): void
}

export interface WindowsDeps {
  readonly ports: Pick<
    DesktopPorts,
    'env' | 'clock' | 'windows' | 'displays' | 'lifecycle' | 'notifier' | 'log'
  >
  readonly settings: SettingsFile
  language(): Language
  isSignedIn(): boolean
  /** The main window was closed and the program stays. */
  onHidden(): void
}

interface OpenWindow {
  readonly window: DesktopWindow
  readonly ticketId: string | null
  /** Where it stood when it opened, for the cascade. */
  readonly bounds: Rectangle
}

export function createWindows(deps: WindowsDeps): AppWindows {
  const { ports, settings, language, onHidden } = deps
  const open = new Map<number, OpenWindow>()
  const crashWatch = createCrashWatch(ports, language)
  const focusListeners: (() => void)[] = []
  const closedListeners: ((windowId: number) => void)[] = []
  let isQuitting = false

  ports.lifecycle.onQuitting(() => {
    isQuitting = true
  })

  const each = (): OpenWindow[] => [...open.values()]
  const find = (kind: WindowKind): DesktopWindow | null =>
    each().find(({ window }) => window.kind === kind)?.window ?? null

  function openWindow(
    kind: WindowKind,
    path: string,
    show: WindowOptions['show'],
    ticketId: string | null = null,
  ): DesktopWindow {
    const areas = ports.displays.workAreas()
    const taken = each().filter(({ window }) => window.kind === kind)
    const place = planWindowPlace(
      rememberedPlace(settings, kind, areas),
      areas,
      kind,
      taken.map(({ bounds }) => bounds),
    )
    const window = ports.windows.open({ kind, url: addressOf(path), place, show })
    open.set(window.id, { window, ticketId, bounds: place.bounds })
    const { zoom } = settings.read()
    if (zoom !== 1) window.setZoomFactor(zoom)
    follow(window)
    return window
  }

  function follow(window: DesktopWindow): void {
    window.onContextMenu((target) => contextMenu(target, language()))
    window.onFocusChanged(() => focusListeners.forEach((listener) => listener()))
    window.onClosing((place, keep) => {
      rememberPlace(settings, window.kind, ports.displays.workAreas(), place)
      const outcome = closePolicy({
        kind: window.kind,
        platform: ports.env.platform,
        closeToTray: settings.read().closeToTray,
        isQuitting,
      })
      if (outcome === 'hide') {
        keep()
        window.hide()
        if (window.kind === 'main') onHidden()
      }
      if (outcome === 'quit') ports.lifecycle.quit()
    })
    window.onClosed(() => {
      open.delete(window.id)
      closedListeners.forEach((listener) => listener(window.id))
    })
    crashWatch.follow(window)
  }

  const ticketWindow = (ticketId: string): DesktopWindow | null =>
    each().find((other) => other.ticketId === ticketId)?.window ?? null

  function openMain(path?: string): DesktopWindow {
    const main = find('main')
    if (!main) return openWindow('main', path ?? '/', 'active')
    if (path !== undefined) main.send({ kind: 'open', path })
    main.focus()
    return main
  }

  function showCapture(query: CaptureQuery, show: 'active' | 'inactive'): DesktopWindow {
    const former = find('capture')
    if (!former) return openWindow('capture', capturePath(query), show)
    former.send({ kind: 'open', path: capturePath(query) })
    if (show === 'active') former.focus()
    else former.showInactive()
    return former
  }

  return {
    openMain,
    prepareMain: () => {
      if (!find('main')) openWindow('main', '/', 'hidden')
    },
    openTicket(ticketId) {
      const former = ticketWindow(ticketId)
      former?.focus()
      return former ?? openWindow('ticket', ticketWindowPath(ticketId), 'active', ticketId)
    },
    openCapture: (query) =>
      void (deps.isSignedIn() ? showCapture(query, 'active') : openMain(callPath(query))),
    popCapture: (query) => showCapture(query, 'inactive'),
    capture: () => find('capture'),
    alertWindow: () => find('alert') ?? openWindow('alert', ALERT_WINDOW_PATH, 'hidden'),
    main: () => find('main'),
    byId: (id) => open.get(id)?.window ?? null,
    all: () => each().map(({ window }) => window),
    focused: () => each().find(({ window }) => window.isFocused())?.window ?? null,
    ticketWindow,
    focusedTicketWindow() {
      const focused = each().find(({ window, ticketId }) => ticketId !== null && window.isFocused())
      return focused?.ticketId ? { ticketId: focused.ticketId, window: focused.window } : null
    },
    tell: (message) => each().forEach(({ window }) => window.send(message)),
    onFocusChanged: (listener) => void focusListeners.push(listener),
    onClosed: (listener) => void closedListeners.push(listener),
  }
}
