import { app } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { Lifecycle } from '../ports.ts'

export interface ElectronLifecycle extends Lifecycle {
  /** Windows must not keep themselves open any more. */
  isQuitting(): boolean
  /** Before an update closes the windows: on a Mac `before-quit` comes only after them. */
  beginQuitting(): void
  /** A page would not let its window close, so the program goes on. */
  abandonQuitting(): void
}

export function createLifecycle(platform: DesktopPlatform): ElectronLifecycle {
  const argv = [...process.argv]
  const listeners: (() => void)[] = []
  let isQuitting = false
  let isRelaunching = false
  let mayQuit = (): boolean => true
  const beginQuitting = (): void => {
    if (isQuitting) return
    isQuitting = true
    for (const listener of listeners) listener()
  }
  app.on('before-quit', (event) => {
    if (isQuitting || isRelaunching || mayQuit()) beginQuitting()
    else event.preventDefault()
  })
  // Windows ends a session without `before-quit`.
  app.on('browser-window-created', (_event, window) => window.on('session-end', beginQuitting))

  return {
    claimSingleInstance: () => app.requestSingleInstanceLock(),
    onSecondStart: (listener) => void app.on('second-instance', (_event, argv) => listener(argv)),
    ready: () => app.whenReady(),
    onActivate: (listener) => void app.on('activate', listener),
    onAllWindowsClosed: (listener) => void app.on('window-all-closed', listener),
    guardQuit: (guard) => void (mayQuit = guard),
    onQuitting: (listener) => void listeners.push(listener),
    get argv() {
      // A Mac passes no arguments at log-in, it only says so.
      const isOpenedAtLogin = platform === 'macos' && app.getLoginItemSettings().wasOpenedAtLogin
      return isOpenedAtLogin ? [...argv, '--hidden'] : argv
    },
    quit: () => app.quit(),
    relaunch: () => {
      isRelaunching = true
      app.relaunch()
      app.quit()
    },
    isQuitting: () => isQuitting,
    beginQuitting,
    abandonQuitting: () => {
      isQuitting = false
      isRelaunching = false
    },
  }
}
