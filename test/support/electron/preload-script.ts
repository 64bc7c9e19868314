import { readFile } from 'node:fs/promises'

/** The page's ways to `ipcMain`, and the main process's to the page, under names that only the stand-in knows. */
export const invokeBinding = 'electronStandInInvoke'
export const sendBinding = 'electronStandInSend'
export const deliverFunction = 'electronStandInDeliver'

/** The built preload as a script for the page: its own function scope, a `require` that knows `electron` alone, top frame only. */
export async function preloadScript(path: string, platform: NodeJS.Platform): Promise<string> {
  const code = await readFile(path, 'utf8')
  return `(() => {
    if (window.parent !== window) return
    const unknown = (name) => { throw new Error('The Electron stand-in has no ' + name + ' for preload scripts') }
    const listeners = new Map()
    Object.defineProperty(window, '${deliverFunction}', {
      value: (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args) },
    })
    const electron = {
      contextBridge: { exposeInMainWorld: (key, api) => Object.defineProperty(window, key, { value: Object.freeze(api) }) },
      ipcRenderer: {
        invoke: (channel, ...args) => window.${invokeBinding}(channel, args),
        send: (channel, ...args) => void window.${sendBinding}(channel, args),
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
        removeListener: (channel, gone) =>
          listeners.set(channel, (listeners.get(channel) ?? []).filter((listener) => listener !== gone)),
      },
    }
    const require = (name) => name === 'electron' ? electron : unknown(name)
    const module = { exports: {} }
    const run = (require, module, exports, process) => {
      ${code}
    }
    run(require, module, module.exports, { platform: ${JSON.stringify(platform)} })
  })()`
}
