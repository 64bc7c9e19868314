/** The desktop client: one window on the built renderer, and what the page may ask for. */
import { createRendererFiles } from './files/renderer-files.ts'
import type { Language } from './ipc/contract.ts'
import { createIpcHandlers } from './ipc/handlers.ts'
import { serveIpc } from './ipc/inlet.ts'
import { chooseLanguage } from './language.ts'
import { createMainWindow } from './main-window.ts'
import { menuModel } from './menu/model.ts'
import type { DesktopPorts } from './ports.ts'
import { contentSecurityPolicy } from './security/policy.ts'
import { openSecrets } from './settings/secrets.ts'
import { openSettings } from './settings/settings.ts'

export interface DesktopApp {
  /** Resolves when the window is open, or at once when another instance already runs. */
  start(): Promise<void>
}

export function createDesktopApp(ports: DesktopPorts): DesktopApp {
  return {
    async start() {
      if (!ports.lifecycle.claimSingleInstance()) {
        ports.lifecycle.quit()
        return
      }
      await ports.lifecycle.ready()

      const { userDataDir, rendererDir, platform } = ports.env
      const settings = openSettings(userDataDir, ports.log)
      const secrets = openSecrets(userDataDir, ports.encryption, ports.log)
      const language = (): Language => settings.read().language ?? chooseLanguage(ports.env.systemLanguages())
      const mainWindow = createMainWindow(ports, settings, language)
      const showMenu = (): void => ports.menu.show(menuModel(platform, language()))

      ports.appProtocol.serve(
        createRendererFiles(rendererDir, () => contentSecurityPolicy(settings.read().serverUrl)),
      )
      serveIpc(
        ports.ipc,
        createIpcHandlers({
          ports,
          settings,
          secrets,
          onLanguageChanged: showMenu,
        }),
      )
      showMenu()
      ports.lifecycle.onSecondStart(() => mainWindow.focus())
      ports.lifecycle.onActivate(() => mainWindow.focus())
      ports.lifecycle.onAllWindowsClosed(() => {
        // A Mac program stays in the dock without windows.
        if (platform !== 'macos') ports.lifecycle.quit()
      })
      mainWindow.focus()
    },
  }
}
