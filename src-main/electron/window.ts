import { BrowserWindow } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { DesktopPorts, WindowOptions, Windows } from '../ports.ts'
import { asDesktopWindow } from './desktop-window.ts'
import type { ElectronLifecycle } from './lifecycle.ts'
import { lockedDown } from './security.ts'
import { raiseAboveAll, windowOptions } from './window-kinds.ts'

export interface ElectronWindows extends Windows {
  /** The desk's window while it is open: it wears the badge. */
  main(): BrowserWindow | null
  /** Shown, also again: Windows makes a new taskbar button each time. */
  onMainShown(listener: () => void): void
}

export interface WindowsDeps {
  readonly platform: DesktopPlatform
  readonly preload: string
  readonly lifecycle: Pick<ElectronLifecycle, 'isQuitting' | 'abandonQuitting'>
  readonly log: DesktopPorts['log']
}

export function createWindows({ platform, preload, lifecycle, log }: WindowsDeps): ElectronWindows {
  const shownListeners: (() => void)[] = []
  let main: BrowserWindow | null = null

  const build = ({ kind, place }: WindowOptions): BrowserWindow =>
    new BrowserWindow({
      ...windowOptions(kind, platform),
      ...place.bounds,
      title: 'Balcão',
      show: false,
      webPreferences: {
        ...lockedDown(preload),
        // It sounds and counts while nobody looks at it.
        ...(kind === 'alert' && {
          backgroundThrottling: false,
          autoplayPolicy: 'no-user-gesture-required' as const,
        }),
      },
    })

  return {
    open(options) {
      const window = build(options)
      raiseAboveAll(window, options.kind)
      if (options.kind === 'main') {
        main = window
        window.on('show', () => shownListeners.forEach((listener) => listener()))
        window.on('closed', () => {
          if (main === window) main = null
        })
      }
      const desktopWindow = asDesktopWindow(window, options, lifecycle)
      window.loadURL(options.url).catch((error: unknown) => log(`the window did not load: ${String(error)}`))
      return desktopWindow
    },
    main: () => main,
    onMainShown: (listener) => void shownListeners.push(listener),
  }
}
