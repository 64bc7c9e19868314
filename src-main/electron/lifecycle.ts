import { app, powerMonitor } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { Lifecycle } from '../ports.ts'

export interface ElectronLifecycle extends Lifecycle {
  /** Windows must not keep themselves open any more. */
  isQuitting(): boolean
  /** Before an update closes the windows: on a Mac `before-quit` comes only after them. */
  beginQuitting(): void
  /** A page would not let its window close, so the program goes on. */
  abandonQuitting(): void
  /**
   * When the windows are gone: ends what would outlive the program. What it answers is waited for, for an update is installed as
   * soon as the program is over, unless the system itself is ending.
   */
  onEnd(end: () => Promise<void> | null): void
}

/** A shutdown that another program stops is no news; so long afterwards a wish to quit is a person's again. */
const SHUTDOWN_AT_MOST_MS = 60_000
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

export function createLifecycle(platform: DesktopPlatform): ElectronLifecycle {
  const argv = [...process.argv]
  const listeners: (() => void)[] = []
  let isQuitting = false
  let isRelaunching = false
  /** Nobody is there to answer a question, and it would keep the system from ending. */
  let isSystemEnding = false
  let mayQuit = (): boolean => true
  const enders: (() => Promise<void> | null)[] = []
  const beginQuitting = (): void => {
    if (isQuitting) return
    isQuitting = true
    for (const listener of listeners) listener()
  }
  app.on('before-quit', (event) => {
    if (isQuitting || isRelaunching || isSystemEnding || mayQuit()) beginQuitting()
    else event.preventDefault()
  })
  app.on('will-quit', (event) => {
    const ends = enders.flatMap((end) => end() ?? [])
    if (ends.length === 0 || isSystemEnding) return
    event.preventDefault()
    void Promise.all(ends).finally(() => app.quit())
  })
  // Windows ends a session without `before-quit`.
  app.on('browser-window-created', (_event, window) =>
    window.on('session-end', () => {
      isSystemEnding = true
      beginQuitting()
    }),
  )
  const onSignal = (): void => {
    isSystemEnding = true
    app.quit()
  }
  // Not sooner: Chromium sets handlers of its own on the way there, which would quit like a person.
  void app.whenReady().then(() => {
    // A Mac, and a Linux session, tell of it before they ask each program to quit.
    powerMonitor.on('shutdown', () => {
      isSystemEnding = true
      setTimeout(() => (isSystemEnding = false), SHUTDOWN_AT_MOST_MS).unref()
    })
    for (const signal of SIGNALS) process.on(signal, onSignal)
    app.once('quit', () => SIGNALS.forEach((signal) => process.off(signal, onSignal)))
  })

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
      isSystemEnding = false
    },
    onEnd: (end) => void enders.push(end),
  }
}
