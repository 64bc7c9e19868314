/** The `electron` module of one client. What it lacks throws; what it has is checked against Electron's own types. */
import type {
  MenuItemConstructorOptions,
  Net,
  Protocol,
  SafeStorage,
  Screen,
  Session,
  Shell,
  BrowserWindowConstructorOptions,
} from 'electron'
import type { BrowserContext } from 'playwright-core'
import { AppStandIn } from './app.ts'
import { BrowserWindowStandIn, type WindowHost } from './browser-window.ts'
import type { Computer } from './computer.ts'
import { IpcMainStandIn } from './ipc-main.ts'
import { grantAsDecided, type CheckHandler } from './permissions.ts'
import type { AppAnswer } from './proxy.ts'
import { strict } from './strict.ts'

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type Privileges = Parameters<Protocol['registerSchemesAsPrivileged']>[0][number]

/** What a test may look at: what the client gave to Electron. */
export interface ElectronState {
  readonly app: AppStandIn
  readonly ipcMain: IpcMainStandIn
  readonly windows: ReadonlySet<BrowserWindowStandIn>
  readonly schemes: Map<string, Privileges>
  readonly answers: Map<string, AppAnswer>
  menu: MenuItemConstructorOptions[] | null
  /** The one that popped up last. */
  contextMenu: MenuItemConstructorOptions[] | null
  permissionRequestHandler: RequestHandler | null
  permissionCheckHandler: CheckHandler | null
}

export interface ElectronStandIn {
  readonly module: Readonly<Record<string, unknown>>
  readonly state: ElectronState
}

export function createElectron(computer: Computer, context: BrowserContext): ElectronStandIn {
  const windows = new Set<BrowserWindowStandIn>()
  const app = new AppStandIn(computer, windows)
  const ipcMain = new IpcMainStandIn()
  const state: ElectronState = {
    app,
    ipcMain,
    windows,
    schemes: new Map(),
    answers: new Map(),
    menu: null,
    contextMenu: null,
    permissionRequestHandler: null,
    permissionCheckHandler: null,
  }
  const host: WindowHost = {
    computer,
    context,
    ipcMain,
    windows,
    onContentsCreated: (contents) => void app.emit('web-contents-created', {}, contents),
    onWindowClosed: () => app.windowClosed(),
  }

  class BrowserWindow extends BrowserWindowStandIn {
    constructor(options: BrowserWindowConstructorOptions) {
      if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
      super(host, options)
    }
  }

  const module = {
    app: strict('app', app),
    BrowserWindow,
    ipcMain: strict('ipcMain', ipcMain),
    Menu: strict('Menu', createMenu(state)),
    net: strict('net', { fetch: (url: string, init?: RequestInit) => fetch(url, init) } satisfies Pick<
      Net,
      'fetch'
    >),
    protocol: strict('protocol', createProtocol(state)),
    safeStorage: strict('safeStorage', createSafeStorage(computer)),
    screen: strict('screen', createScreen(computer)),
    session: strict('session', createSession(state, context)),
    shell: strict('shell', createShell(computer)),
  }
  return { module, state }
}

interface MenuStandIn {
  readonly template: MenuItemConstructorOptions[]
  popup(): void
}

function createMenu(state: ElectronState): object {
  return {
    buildFromTemplate: (template: MenuItemConstructorOptions[]): MenuStandIn => ({
      template,
      popup: () => {
        state.contextMenu = template
      },
    }),
    setApplicationMenu: (menu: MenuStandIn) => {
      state.menu = menu.template
    },
  }
}

function createProtocol(state: ElectronState): Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> {
  return {
    registerSchemesAsPrivileged(schemes) {
      if (state.app.isReady())
        throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
      for (const scheme of schemes) state.schemes.set(scheme.scheme, scheme)
    },
    handle(scheme, handler) {
      if (!state.app.isReady()) throw new Error('protocol.handle can only be used after app is ready')
      state.answers.set(scheme, (request) => handler(request as Parameters<typeof handler>[0]))
    },
  }
}

function createSafeStorage(
  computer: Computer,
): Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
> {
  const { keychain } = computer
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(keychain.isAvailable),
    getSelectedStorageBackend: () => (keychain.isAvailable ? 'gnome_libsecret' : 'basic_text'),
    encryptStringAsync: async (text) => keychain.encrypt(text),
    decryptStringAsync: async (data) => ({ result: keychain.decrypt(data), shouldReEncrypt: false }),
  }
}

function createScreen(computer: Computer): Record<'getPrimaryDisplay' | 'getAllDisplays', () => unknown> {
  const displays = (): { id: number; workArea: object }[] =>
    computer.screens.map((workArea, index) => strict('display', { id: index + 1, workArea }))
  return {
    getPrimaryDisplay: () => displays()[0],
    // The primary screen need not come first.
    getAllDisplays: () => displays().reverse(),
  } satisfies Record<keyof Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>, () => unknown>
}

function createSession(state: ElectronState, context: BrowserContext): object {
  const defaultSession = strict('session.defaultSession', {
    setPermissionRequestHandler: (handler) => {
      state.permissionRequestHandler = handler
    },
    setPermissionCheckHandler: (handler) => {
      state.permissionCheckHandler = handler
      // The client may quit before it is done.
      if (handler) grantAsDecided(context, handler).catch(() => undefined)
    },
  } satisfies Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>)
  return {
    get defaultSession() {
      if (!state.app.isReady()) throw new Error('Session can only be received when app is ready')
      return defaultSession
    },
  }
}

function createShell(computer: Computer): Pick<Shell, 'openExternal'> {
  return {
    openExternal: (url) => {
      computer.openedOutside.push(url)
      return Promise.resolve()
    },
  }
}
