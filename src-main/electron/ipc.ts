import { ipcMain } from 'electron'
import type { IpcInlet } from '../ports.ts'

export const ipc: IpcInlet = {
  handle(channel, listener) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      const frame = event.senderFrame
      return listener(
        { frameUrl: frame?.url ?? null, isTopFrame: frame !== null && frame.parent === null },
        args,
      )
    })
  },
}
