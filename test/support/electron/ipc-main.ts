import type { IpcMain, IpcMainInvokeEvent } from 'electron'

type Listener = Parameters<IpcMain['handle']>[1]

/** The frame that asks: its address as Electron would give it, and its parent's when it has one. */
export interface AskingFrame {
  readonly url: string
  readonly parent: { readonly url: string } | null
}

export class IpcMainStandIn implements Pick<IpcMain, 'handle'> {
  readonly #listeners = new Map<string, Listener>()

  handle(channel: string, listener: Listener): void {
    if (this.#listeners.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#listeners.set(channel, listener)
  }

  /** Delivers a message as `ipcRenderer.invoke` does, failures worded as Electron words them. */
  async deliver(frame: AskingFrame | null, channel: string, args: readonly unknown[]): Promise<unknown> {
    const listener = this.#listeners.get(channel)
    try {
      if (!listener) throw new Error(`No handler registered for '${channel}'`)
      // The frame is all that a handler may look at here; a real event has more.
      const event = { senderFrame: frame } as unknown as IpcMainInvokeEvent
      return (await listener(event, ...args)) as unknown
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
    }
  }
}
