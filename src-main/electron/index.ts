/** Electron as our ports. Everything that must happen before Electron is ready happens here, at once. */
import { hostname } from 'node:os'
import { join } from 'node:path'
import { app, net, screen, shell } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'
import { APP_ID } from './app-id.ts'
import { appProtocol, registerAppScheme } from './app-protocol.ts'
import { createAttention } from './attention.ts'
import { createBadge } from './badge.ts'
import { createCertificates } from './certificates.ts'
import { clock } from './clock.ts'
import { createEncryption } from './encryption.ts'
import { createIcons } from './icons.ts'
import { ipc } from './ipc.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLinks } from './links.ts'
import { createLoginItem } from './login-item.ts'
import { createMenu } from './menu.ts'
import { createNotifier } from './notifier.ts'
import { power } from './power.ts'
import { questions } from './questions.ts'
import { savedFiles } from './saved-files.ts'
import { workAreasOf } from './screens.ts'
import { guardEverything } from './security.ts'
import { createServerProcess } from './server-process.ts'
import { shortcuts } from './shortcuts.ts'
import { createTray } from './tray.ts'
import { createUpdater } from './updater.ts'
import { useOwnFolder } from './user-data.ts'
import { createWindows } from './window.ts'

const platforms: Partial<Record<NodeJS.Platform, DesktopPlatform>> = { win32: 'windows', darwin: 'macos' }

const log = (line: string): void => console.error(`balcao: ${line}`)

/** `built`: the folder that holds the built `preload`, `renderer` and `resources`. */
export function createElectronPorts(built: string): DesktopPorts {
  const platform = platforms[process.platform] ?? 'linux'
  const resourcesDir = app.isPackaged ? process.resourcesPath : join(built, 'resources')
  const userDataDir = useOwnFolder()
  // Without it Windows shows no toast, and settings of toasts are kept under another name.
  if (platform === 'windows') app.setAppUserModelId(APP_ID)
  registerAppScheme()
  guardEverything()

  const icons = createIcons(resourcesDir)
  const lifecycle = createLifecycle(platform)
  const preload = join(built, 'preload', 'index.cjs')
  const windows = createWindows({ platform, preload, lifecycle, log })
  return {
    env: {
      platform,
      version: app.getVersion(),
      computerName: hostname(),
      isInstalled: app.isPackaged,
      userDataDir,
      rendererDir: join(built, 'renderer'),
      resourcesDir,
      systemLanguages: () => app.getPreferredSystemLanguages(),
    },
    clock,
    lifecycle,
    windows,
    displays: { workAreas: () => workAreasOf(screen) },
    encryption: createEncryption(platform),
    appProtocol,
    ipc,
    menu: createMenu(),
    notifier: createNotifier(platform),
    tray: createTray(platform, icons),
    badge: createBadge(platform, icons, windows),
    attention: createAttention(platform),
    power,
    shortcuts,
    links: createLinks(process.argv),
    loginItem: createLoginItem(platform),
    certificates: createCertificates(),
    updater: createUpdater(log, lifecycle),
    serverProcess: createServerProcess(platform, {
      bundleDir: join(resourcesDir, 'server'),
      sourceDir: app.isPackaged ? null : join(built, '..'),
      onEnd: lifecycle.onEnd,
    }),
    questions,
    files: savedFiles,
    outside: { open: (url) => shell.openExternal(url) },
    // Electron's own fetch follows the system's proxy, and our decision on certificates.
    fetch: (url, init) => net.fetch(url, init),
    log,
  }
}
