/** Runs sandboxed before the page's own scripts: it gives the page named questions, never the channel itself. */
import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopApi, DesktopMessage, IpcAnswers, IpcArguments, IpcChannel } from '../ipc/contract.ts'

function ask<Channel extends IpcChannel>(
  channel: Channel,
  ...args: IpcArguments<Channel>
): Promise<IpcAnswers[Channel]> {
  return ipcRenderer.invoke(channel, ...args) as Promise<IpcAnswers[Channel]>
}

/** Where messages from the main process come in; it asks first whether the page listens, see `electron/window.ts`. */
const MESSAGE_CHANNEL = 'desktop.message'
const READY_CHANNEL = 'desktop.listening'

function listenToMessages(listener: (message: DesktopMessage) => void): () => void {
  const onMessage = (_event: unknown, message: DesktopMessage): void => listener(message)
  ipcRenderer.on(MESSAGE_CHANNEL, onMessage)
  ipcRenderer.send(READY_CHANNEL)
  return () => void ipcRenderer.removeListener(MESSAGE_CHANNEL, onMessage)
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
  onMessage: listenToMessages,
  computer: {
    get: () => ask('computer.get'),
    set: (changes) => ask('computer.set', changes),
  },
  windows: {
    openTicket: (ticketId) => ask('windows.ticket', ticketId),
    openMain: (path) => ask('windows.main', path),
    close: () => ask('windows.close'),
    print: () => ask('windows.print'),
    savePdf: (name) => ask('windows.pdf', name),
    saveFile: (name, content) => ask('files.save', name, content),
    reveal: (path) => ask('files.reveal', path),
  },
  pairing: {
    status: () => ask('pairing.status'),
    look: (typed) => ask('pairing.look', typed),
    lookFound: (id) => ask('pairing.look-found', id),
    connect: (url, typedCode) => ask('pairing.connect', url, typedCode),
    browse: (on) => ask('pairing.browse', on),
    offline: () => ask('pairing.offline'),
    later: () => ask('pairing.later'),
  },
  host: {
    get: () => ask('host.get'),
    start: (port) => ask('host.start', port),
    stop: () => ask('host.stop'),
  },
  phoneHook: {
    get: () => ask('phone-hook.get'),
    set: (changes) => ask('phone-hook.set', changes),
    renew: () => ask('phone-hook.renew'),
  },
  updates: {
    get: () => ask('updates.get'),
    check: () => ask('updates.check'),
    install: () => ask('updates.install'),
  },
  alerts: {
    viewing: (ticketId) => ask('alerts.viewing', ticketId),
    act: (act) => ask('alerts.act', act),
    getSettings: () => ask('alerts.settings.get'),
    setSettings: (settings) => ask('alerts.settings.set', settings),
    test: (severity) => ask('alerts.test', severity),
    status: () => ask('alerts.status'),
    cards: () => ask('alerts.window.cards'),
    hideWindow: () => ask('alerts.window.hide'),
  },
}

contextBridge.exposeInMainWorld('balcao', api)
