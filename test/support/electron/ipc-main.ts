import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron'

type Handler = Parameters<IpcMain['handle']>[1]
type Listener = Parameters<IpcMain['on']>[1]

/** The frame that asks: its address as Electron would give it, and its parent's when it has one. */
export interface AskingFrame {
  readonly url: string
  readonly parent: { readonly url: string } | null
}

export class IpcMainStandIn implements Pick<IpcMain, 'handle'> {
  readonly #handlers = new Map<string, Handler>()
  readonly #listeners = new Map<string, Listener[]>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  on(channel: string, listener: Listener): this {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener])
    return this
  }

  /** Delivers a message as `ipcRenderer.invoke` does, failures worded as Electron words them. */
  async deliver(
    frame: AskingFrame | null,
    channel: string,
    args: readonly unknown[],
    sender?: object,
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      // Frame and sender are all that a handler may look at here; a real event has more.
      const event = { senderFrame: frame, sender } as unknown as IpcMainInvokeEvent
      return (await handler(event, ...args)) as unknown
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
    }
  }

  /** Delivers as `ipcRenderer.send` does: nobody answers, and nobody may listen. */
  deliverSent(frame: AskingFrame | null, channel: string, args: readonly unknown[], sender?: object): void {
    const event = { senderFrame: frame, sender } as unknown as IpcMainEvent
    for (const listener of this.#listeners.get(channel) ?? []) listener(event, ...args)
  }
}
