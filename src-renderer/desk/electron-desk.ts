import type { DesktopApi } from '../../src-main/ipc/contract.ts'
import type { DeskBridge } from './bridge.ts'

/** The bridge inside Electron: the main process answers through the preload script. */
export function createElectronDesk(desktop: DesktopApi, page: Pick<Window, 'location'>): DeskBridge {
  return {
    home: 'electron',
    platform: desktop.platform,
    serverUrl: {
      isFixed: false,
      get: desktop.serverUrl.get,
      dataKey: async () => (await desktop.pairing.status()).dataKey,
      async set(url) {
        const outcome = await desktop.serverUrl.set(url)
        // Only a page that is loaded anew gets the policy that lets it talk to the new server.
        if (outcome.ok) page.location.assign('/')
        return outcome
      },
    },
    secrets: desktop.secrets,
    openExternal: desktop.openExternal,
    saveFile: async (name, content) => desktop.windows.saveFile(name, await content.bytes()),
    setLanguage: desktop.setLanguage,
    onMessage: desktop.onMessage,
    alerts: desktop.alerts,
    pairing: {
      ...desktop.pairing,
      async connect(url, typedCode) {
        const outcome = await desktop.pairing.connect(url, typedCode)
        if (outcome.ok) page.location.assign('/')
        return outcome
      },
    },
    windows: desktop.windows,
    computer: desktop.computer,
    host: {
      ...desktop.host,
      async start(port) {
        const state = await desktop.host.start(port)
        if (state.step === 'running') page.location.assign('/')
        return state
      },
    },
    phoneHook: desktop.phoneHook,
    updates: desktop.updates,
  }
}
