/** The few things that this program says by itself in the system's notifications. */
import type { Language } from '../ipc/contract.ts'
import type { DesktopPorts, NotificationSpec } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { AppWindows } from './windows.ts'
import { windowWords } from './words.ts'

export interface NoticesDeps {
  readonly ports: Pick<DesktopPorts, 'notifier' | 'log' | 'env'>
  readonly settings: SettingsFile
  language(): Language
  windows(): AppWindows
}

export interface Notices {
  /** The main window was closed: says, once, that the program goes on and how it is ended. */
  stillHere(): void
  /** The shortcut of calls, as Electron writes it, belongs to another program. */
  shortcutTaken(keys: string): void
  /** The session has ended: who has the program out of sight would wait for alerts in vain. */
  signedOut(): void
  /** The disk takes nothing: what was done waits in memory alone. */
  diskFull(): void
}

export function createNotices({ ports, settings, language, windows }: NoticesDeps): Notices {
  const quiet = { group: 'balcao', isSilent: true, isSticky: false, actions: [] } as const

  function show(spec: NotificationSpec, onClicked: () => void, onFailed: () => void): void {
    if (!ports.notifier.isSupported()) return onFailed()
    ports.notifier.show(spec, {
      onShown: () => undefined,
      onFailed: (error) => {
        ports.log(`a notice could not be shown: ${error}`)
        onFailed()
      },
      onClicked,
      onAction: () => undefined,
      onClosed: () => undefined,
    })
  }

  return {
    stillHere() {
      if (settings.read().hasToldOfTray) return
      settings.note({ hasToldOfTray: true })
      const { stillHereTitle: title, stillHereText: body } = windowWords[language()]
      show(
        { ...quiet, id: 'still-here', title, body, urgency: 'low' },
        () => void windows().openMain(),
        // Where the system shows none, the page says it when it is seen next.
        () => windows().main()?.send({ kind: 'still-here' }),
      )
    },
    shortcutTaken(keys) {
      const { shortcutTakenTitle: title, shortcutTakenText } = windowWords[language()]
      const body = shortcutTakenText.replace('{keys}', spokenKeys(keys, ports.env.platform === 'macos'))
      show(
        { ...quiet, id: 'shortcut-taken', title, body, urgency: 'low' },
        () => void windows().openMain('/settings/computer'),
        // It stands in the settings too.
        () => undefined,
      )
    },
    diskFull() {
      const { diskFullTitle: title, diskFullText: body } = windowWords[language()]
      const page = (): void => windows().main()?.send({ kind: 'disk-full' })
      show(
        { ...quiet, id: 'disk-full', title, body, isSticky: true, urgency: 'critical' },
        () => void windows().openMain(),
        page,
      )
    },
    signedOut() {
      // Who has the window before their eyes sees the log-in, and has perhaps logged out themselves.
      if (windows().main()?.isVisible()) return
      const { signedOutTitle: title, signedOutText: body } = windowWords[language()]
      const toLogIn = (): void => void windows().openMain()
      show({ ...quiet, id: 'signed-out', title, body, isSticky: true, urgency: 'critical' }, toLogIn, toLogIn)
    },
  }
}

/** `CommandOrControl+Shift+L` as it stands on the keys. */
function spokenKeys(keys: string, isMac: boolean): string {
  return keys.replace('CommandOrControl', isMac ? '⌘' : 'Ctrl').replace('Control', 'Ctrl')
}
