import { APP_URL } from './app-url.ts'
import type { Language } from './ipc/contract.ts'
import { contextMenu } from './menu/context-menu.ts'
import type { DesktopPorts, DesktopWindow } from './ports.ts'
import type { SettingsFile } from './settings/settings.ts'
import { planWindowPlace } from './window-place.ts'

export interface MainWindow {
  /** Opens it when it is closed, raises it when it is open. */
  focus(): void
}

export function createMainWindow(
  ports: Pick<DesktopPorts, 'windows' | 'displays'>,
  settings: SettingsFile,
  language: () => Language,
): MainWindow {
  let current: DesktopWindow | null = null

  const open = (): void => {
    const place = planWindowPlace(settings.read().window, ports.displays.workAreas())
    current = ports.windows.open({ url: APP_URL, place })
    current.onContextMenu((target) => contextMenu(target, language()))
    current.onClosing((window) => settings.update({ window }))
    current.onClosed(() => {
      current = null
    })
  }

  return {
    focus: () => (current ? current.focus() : open()),
  }
}
