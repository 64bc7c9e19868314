/** Runs sandboxed before the page's own scripts: it gives the page named questions, never the channel itself. */
import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopApi, IpcAnswers, IpcArguments, IpcChannel } from '../ipc/contract.ts'

function ask<Channel extends IpcChannel>(
  channel: Channel,
  ...args: IpcArguments<Channel>
): Promise<IpcAnswers[Channel]> {
  return ipcRenderer.invoke(channel, ...args) as Promise<IpcAnswers[Channel]>
}

const api: DesktopApi = {
  platform: process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux',
  serverUrl: {
    get: () => ask('server-url.get'),
    set: (url) => ask('server-url.set', url),
  },
  secrets: {
    get: (name) => ask('secret.get', name),
    set: (name, value) => ask('secret.set', name, value),
    delete: (name) => ask('secret.delete', name),
  },
  openExternal: (url) => ask('external.open', url),
  setLanguage: (language) => ask('language.set', language),
}

contextBridge.exposeInMainWorld('balcao', api)
