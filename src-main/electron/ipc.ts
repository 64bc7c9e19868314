import { BrowserWindow, ipcMain } from 'electron'
import type { IpcInlet } from '../ports.ts'

export const ipc: IpcInlet = {
  handle(channel, listener) {
    ipcMain.handle(channel, ({ senderFrame: frame, sender }, ...args: unknown[]) =>
      listener(
        {
          frameUrl: frame?.url ?? null,
          isTopFrame: frame !== null && frame.parent === null,
          // Windows count from 1: a page that is in none of them is in window 0.
          windowId: BrowserWindow.fromWebContents(sender)?.id ?? 0,
        },
        args,
      ),
    )
  },
}
