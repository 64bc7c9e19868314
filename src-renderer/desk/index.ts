import type { DesktopApi } from '../../src-main/ipc/contract.ts'
import type { DeskBridge } from './bridge.ts'
import { createBrowserDesk } from './browser-desk.ts'
import { createElectronDesk } from './electron-desk.ts'

export type { DeskBridge } from './bridge.ts'

declare global {
  interface Window {
    /** Present inside Electron only. */
    readonly balcao?: DesktopApi
  }
}

/** The home this page runs in. */
export const desk: DeskBridge = window.balcao
  ? createElectronDesk(window.balcao, window)
  : createBrowserDesk(window)
