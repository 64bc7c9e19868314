/** A page that died is started again, once; a page that keeps dying is left in peace, with a word to whoever wonders. */
import type { Language } from '../ipc/contract.ts'
import type { DesktopPorts, DesktopWindow } from '../ports.ts'
import { windowWords } from './words.ts'

/** Two deaths within this time are not an accident. */
const QUIET_MS = 10 * 60_000

const noticeOf = ({ id }: DesktopWindow): string => `crash-${String(id)}`

export interface CrashWatch {
  follow(window: DesktopWindow): void
}

type CrashPorts = Pick<DesktopPorts, 'clock' | 'notifier' | 'log'>

export function createCrashWatch(ports: CrashPorts, language: () => Language): CrashWatch {
  return {
    follow(window) {
      let restartedAt = -Infinity
      // A click on it would reach for a window that is no more.
      window.onClosed(() => ports.notifier.remove(noticeOf(window)))
      window.onGone((reason) => {
        ports.log(`the page of the ${window.kind} window is gone: ${reason}`)
        const now = ports.clock.now()
        if (now - restartedAt > QUIET_MS) {
          restartedAt = now
          window.reload()
        } else sayIt(window)
      })
    },
  }

  /** By the system: the page itself can't say anything any more. A click tries once more. */
  function sayIt(window: DesktopWindow): void {
    const { crashTitle, crashText } = windowWords[language()]
    const spec = {
      id: noticeOf(window),
      group: 'balcao',
      title: crashTitle,
      body: crashText,
      isSilent: true,
      urgency: 'normal',
      isSticky: true,
      actions: [],
    } as const
    ports.notifier.show(spec, {
      onShown: () => undefined,
      onFailed: (error) => ports.log(`the notice of it could not be shown: ${error}`),
      onClicked: () => {
        window.reload()
        window.focus()
      },
      onAction: () => undefined,
      onClosed: () => undefined,
    })
  }
}
