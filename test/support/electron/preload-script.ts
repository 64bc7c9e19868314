import { readFile } from 'node:fs/promises'

/** The page's way to `ipcMain`, under a name that only the stand-in knows. */
export const ipcBinding = 'electronStandInInvoke'

/** The built preload as a script for the page: its own function scope, a `require` that knows `electron` alone, top frame only. */
export async function preloadScript(path: string): Promise<string> {
  const code = await readFile(path, 'utf8')
  return `(() => {
    if (window.parent !== window) return
    const unknown = (name) => { throw new Error('The Electron stand-in has no ' + name + ' for preload scripts') }
    const electron = {
      contextBridge: { exposeInMainWorld: (key, api) => Object.defineProperty(window, key, { value: Object.freeze(api) }) },
      ipcRenderer: { invoke: (channel, ...args) => window.${ipcBinding}(channel, args) },
    }
    const require = (name) => name === 'electron' ? electron : unknown(name)
    const module = { exports: {} }
    const run = (require, module, exports, process) => {
      ${code}
    }
    run(require, module, module.exports, { platform: ${JSON.stringify(process.platform)} })
  })()`
}
