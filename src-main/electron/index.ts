/** Electron as our ports. Everything that must happen before Electron is ready happens here, at once. */
import { join } from 'node:path'
import { app, net, screen, shell } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'
import { appProtocol, registerAppScheme } from './app-protocol.ts'
import { encryption } from './encryption.ts'
import { ipc } from './ipc.ts'
import { createLifecycle } from './lifecycle.ts'
import { menu } from './menu.ts'
import { guardEverything } from './security.ts'
import { useOwnFolder } from './user-data.ts'
import { createWindows } from './window.ts'

const platforms: Partial<Record<NodeJS.Platform, DesktopPlatform>> = { win32: 'windows', darwin: 'macos' }

const log = (line: string): void => console.error(`balcao: ${line}`)

export function createElectronPorts(): DesktopPorts {
  const userDataDir = useOwnFolder()
  registerAppScheme()
  guardEverything()
  return {
    env: {
      platform: platforms[process.platform] ?? 'linux',
      userDataDir,
      rendererDir: join(import.meta.dirname, '..', 'renderer'),
      systemLanguages: () => app.getPreferredSystemLanguages(),
    },
    lifecycle: createLifecycle(),
    windows: createWindows(join(import.meta.dirname, '..', 'preload', 'index.cjs'), log),
    displays: {
      workAreas: () => {
        const primary = screen.getPrimaryDisplay()
        const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
        return [primary, ...others].map((display) => display.workArea)
      },
    },
    encryption,
    appProtocol,
    ipc,
    menu,
    outside: { open: (url) => shell.openExternal(url) },
    // Electron's own fetch follows the system's proxy and certificates.
    fetch: (url, init) => net.fetch(url, init),
    log,
  }
}
