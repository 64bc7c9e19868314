/** The alerts of one computer as the desktop's main process runs them, on a system that only takes note of what it is to show. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { createAlertsRoom } from '../../src-main/alerts/room.ts'
import type {
  DesktopPorts,
  DesktopWindow,
  NotificationListener,
  NotificationSpec,
} from '../../src-main/ports.ts'
import { openSettings } from '../../src-main/settings/settings.ts'
import type { AppWindows } from '../../src-main/windows/windows.ts'

export interface AlertClient {
  isLive(): boolean
  stop(): void
}

interface AlertClientOptions {
  serverUrl: string
  token: string
  /** An existing folder; it gets a folder of its own in it. */
  folder: string
  /** `id` is the notification's: `ticket:` and the ticket's id for one alert, `many` for several at once. UTC milliseconds. */
  onShow(id: string, at: number): void
}

const nothing = (): void => undefined

export async function startAlertClient(options: AlertClientOptions): Promise<AlertClient> {
  const { serverUrl, token, onShow } = options
  const folder = mkdtempSync(join(options.folder, 'client-'))
  const settings = openSettings(folder, () => undefined)
  settings.update({ serverUrl })
  const window = { showInactive: nothing, hide: nothing, send: nothing } as unknown as DesktopWindow
  // Only what alerts need of a desktop.
  const ports = {
    clock: {
      now: () => Date.now(),
      after(ms: number, act: () => void) {
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
    },
    env: { platform: 'windows', computerName: 'PC-PROVA', version: '1.0.0', userDataDir: folder },
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    power: { onResume: nothing, onUnlock: nothing },
    badge: { show: nothing, bounce: nothing },
    attention: { state: () => Promise.resolve('free'), permission: () => Promise.resolve('granted') },
    notifier: {
      isSupported: () => true,
      show({ id }: NotificationSpec, listener: NotificationListener) {
        onShow(id, Date.now())
        listener.onShown()
      },
      remove: nothing,
    },
    log: nothing,
  } as unknown as DesktopPorts
  const room = createAlertsRoom({
    ...{ ports, settings },
    secrets: { get: () => Promise.resolve(token) },
    windows: {
      openMain: nothing,
      main: () => null,
      alertWindow: () => window,
      focused: () => null,
      focusedTicketWindow: () => null,
      onFocusChanged: nothing,
      onClosed: nothing,
    } as unknown as AppWindows,
    language: () => 'pt-BR',
    onChange: nothing,
    onServerNews: nothing,
    onSignedOut: nothing,
    onUnkept: nothing,
    onEvent: nothing,
  })
  await room.office.reconsider()
  return { isLive: () => room.office.state().link === 'live', stop: () => room.stop() }
}
