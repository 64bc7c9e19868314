import type { WebContents, WebFrameMain } from 'electron'
import { isAppUrl } from '../app-url.ts'
import type { DesktopMessage } from '../ipc/contract.ts'

/** Both as in `preload/index.ts`, which is built apart and sandboxed. */
const MESSAGE_CHANNEL = 'desktop.message'
const READY_CHANNEL = 'desktop.listening'

/** Of these only the latest counts: a page that comes back after an hour is not to sound sixty times. */
const latestOnly: ReadonlySet<DesktopMessage['kind']> = new Set([
  ...(['sound', 'alert-cards', 'updates', 'host', 'servers-found', 'server-alarm'] as const),
])

/** Returns the way to say something to a page. Until the page listens, and again after it was loaded anew, messages wait in order. */
export function messagesTo(contents: WebContents): (message: DesktopMessage) => void {
  const waiting: DesktopMessage[] = []
  let isListening = false
  const rearm = (): void => {
    isListening = false
  }

  contents.ipc.on(READY_CHANNEL, ({ senderFrame }) => {
    if (!isOurTopFrame(senderFrame)) return
    isListening = true
    for (const message of waiting.splice(0)) contents.send(MESSAGE_CHANNEL, message)
  })
  // Not `did-start-navigation`: a link that we refuse to follow starts too, and its page goes on listening.
  contents.on('did-navigate', rearm)
  contents.on('render-process-gone', rearm)

  return (message) => {
    if (isListening) contents.send(MESSAGE_CHANNEL, message)
    else {
      const former = latestOnly.has(message.kind)
        ? waiting.findIndex(({ kind }) => kind === message.kind)
        : -1
      if (former >= 0) waiting.splice(former, 1)
      waiting.push(message)
    }
  }
}

function isOurTopFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}
