/** The one door from the page into the main process: who asks, and with what. */
import { isAppUrl } from '../app-url.ts'
import type { IpcInlet } from '../ports.ts'
import { ipcArguments, type IpcAnswers, type IpcArguments, type IpcChannel } from './contract.ts'

export interface IpcSender {
  /** The asking frame's address; null when it is already gone. */
  readonly frameUrl: string | null
  readonly isTopFrame: boolean
  /** The window it is in, as {@link DesktopWindow.id}. */
  readonly windowId: number
}

/** Each gets the arguments of its channel, and then who asked. */
export type IpcHandlers = {
  readonly [Channel in IpcChannel]: (
    ...args: [...IpcArguments<Channel>, IpcSender]
  ) => IpcAnswers[Channel] | Promise<IpcAnswers[Channel]>
}

/** Refuses frames that are not our own page and arguments that do not fit, before any handler sees them. */
export function serveIpc(inlet: IpcInlet, handlers: IpcHandlers): void {
  const serve = <Channel extends IpcChannel>(channel: Channel): void => {
    inlet.handle(channel, async (sender, args) => {
      if (sender.frameUrl === null || !sender.isTopFrame || !isAppUrl(sender.frameUrl)) {
        throw new Error(`ipc.forbidden: ${channel} is not for this frame`)
      }
      const parsed = ipcArguments[channel].safeParse(args)
      if (!parsed.success) throw new Error(`ipc.invalid: ${channel} was called with the wrong arguments`)
      return handlers[channel](...(parsed.data as IpcArguments<Channel>), sender)
    })
  }
  for (const channel of Object.keys(ipcArguments) as IpcChannel[]) serve(channel)
}
