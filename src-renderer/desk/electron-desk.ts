import type { DesktopApi } from '../../src-main/ipc/contract.ts'
import type { DeskBridge } from './bridge.ts'
import { saveFile } from './save-file.ts'

/** The bridge inside Electron: the main process answers through the preload script. */
export function createElectronDesk(desktop: DesktopApi, page: Pick<Window, 'location'>): DeskBridge {
  return {
    home: 'electron',
    platform: desktop.platform,
    serverUrl: {
      isFixed: false,
      get: desktop.serverUrl.get,
      async set(url) {
        const outcome = await desktop.serverUrl.set(url)
        // Only a page that is loaded anew gets the policy that lets it talk to the new server.
        if (outcome.ok) page.location.assign('/')
        return outcome
      },
    },
    secrets: desktop.secrets,
    openExternal: desktop.openExternal,
    saveFile,
    setLanguage: desktop.setLanguage,
  }
}
