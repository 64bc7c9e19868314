/** The `electron` module of one client. What it lacks throws; what it has is checked against Electron's own types. */
import type {
  BrowserWindowConstructorOptions,
  Clipboard,
  Dialog,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  Protocol,
  SafeStorage,
  Screen,
  Shell,
} from 'electron'
import type { BrowserContext } from 'playwright-core'
import { AppStandIn, type AppOptions } from './app.ts'
import { BrowserWindowStandIn, type WindowHost } from './browser-window.ts'
import type { Computer } from './computer.ts'
import { GlobalShortcutStandIn } from './global-shortcut.ts'
import { IpcMainStandIn } from './ipc-main.ts'
import { createMenu } from './menu.ts'
import { nativeImage, type PictureStandIn } from './native-image.ts'
import { fetchThrough, requestThrough } from './net.ts'
import { createNotificationClass, type NotificationList } from './notification.ts'
import { grantAsDecided } from './permissions.ts'
import { PowerMonitorStandIn } from './power-monitor.ts'
import type { AppAnswer } from './proxy.ts'
import { createSession, type SessionStandIn, type SessionState } from './session.ts'
import { strict } from './strict.ts'
import { SessionAgent } from './tls.ts'
import { TrayStandIn } from './tray.ts'

type Privileges = Parameters<Protocol['registerSchemesAsPrivileged']>[0][number]

/** What a test may look at: what the client gave to Electron, and what a person would see of it. */
export interface ElectronState {
  readonly app: AppStandIn
  readonly ipcMain: IpcMainStandIn
  readonly windows: ReadonlySet<BrowserWindowStandIn>
  readonly schemes: Map<string, Privileges>
  readonly answers: Map<string, AppAnswer>
  menu: MenuItemConstructorOptions[] | null
  /** The one that popped up last. */
  contextMenu: MenuItemConstructorOptions[] | null
  /** All that were to be shown, the oldest first. */
  readonly notifications: NotificationList
  /** Null while there is none. */
  readonly tray: TrayStandIn | null
  readonly power: PowerMonitorStandIn
  readonly shortcuts: GlobalShortcutStandIn
  readonly defaultSession: SessionState
  /** Those that something made besides: electron-updater has one. */
  readonly sessions: readonly SessionState[]
  /** Makes the TLS connections of the default session. */
  readonly agent: SessionAgent
}

export interface ElectronStandIn {
  readonly module: Readonly<Record<string, unknown>>
  readonly state: ElectronState
}

export type ElectronOptions = Omit<AppOptions, 'windows'> & { readonly context: BrowserContext }

export function createElectron(options: ElectronOptions): ElectronStandIn {
  const { computer, context, platform } = options
  const windows = new Set<BrowserWindowStandIn>()
  const app = new AppStandIn({ ...options, windows })
  const ipcMain = new IpcMainStandIn()
  const notifications: NotificationList = []
  const trays: TrayStandIn[] = []
  const power = new PowerMonitorStandIn()
  const shortcuts = new GlobalShortcutStandIn(computer)
  const sessions = createSessions(app, context)
  const agent = new SessionAgent(computer, sessions.default.state)
  const state: ElectronState = {
    app,
    ipcMain,
    windows,
    schemes: new Map(),
    answers: new Map(),
    menu: null,
    contextMenu: null,
    notifications,
    get tray() {
      return trays.find(({ isDestroyed }) => !isDestroyed) ?? null
    },
    power,
    shortcuts,
    defaultSession: sessions.default.state,
    get sessions() {
      return sessions.all()
    },
    agent,
  }
  const host: WindowHost = {
    computer,
    context,
    ipcMain,
    platform,
    windows,
    onWindowCreated: (window) => void app.emit('browser-window-created', {}, window),
    onContentsCreated: (contents) => void app.emit('web-contents-created', {}, contents),
    onWindowClosed: () => app.windowClosed(),
  }

  let lastWindowId = 0
  class BrowserWindow extends BrowserWindowStandIn {
    constructor(windowOptions: BrowserWindowConstructorOptions) {
      if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
      super(host, ++lastWindowId, windowOptions)
    }

    static fromWebContents(contents: unknown): BrowserWindowStandIn | null {
      return [...windows].find((window) => window.webContents === contents) ?? null
    }

    static getFocusedWindow(): BrowserWindowStandIn | null {
      return [...windows].find((window) => window.isFocused()) ?? null
    }
  }

  class Tray extends TrayStandIn {
    constructor(picture: PictureStandIn) {
      if (!app.isReady()) throw new Error('Cannot create Tray before app is ready')
      super(picture)
      trays.push(this)
    }
  }

  const module = {
    app: strict('app', app),
    BrowserWindow: strict('BrowserWindow', BrowserWindow),
    clipboard: strict('clipboard', createClipboard(computer)),
    dialog: strict('dialog', createDialog(computer)),
    globalShortcut: strict('globalShortcut', shortcuts),
    ipcMain: strict('ipcMain', ipcMain),
    Menu: strict(
      'Menu',
      createMenu(
        (template) => (state.menu = template),
        (template) => (state.contextMenu = template),
      ),
    ),
    nativeImage: strict('nativeImage', nativeImage),
    net: strict('net', {
      fetch: (url: string, init?: RequestInit) => fetchThrough(agent, url, init),
      request: (request: { session?: object }) =>
        requestThrough(new SessionAgent(computer, sessions.stateOf(request.session)), request),
    }),
    Notification: strict(
      'Notification',
      createNotificationClass(computer, notifications, () => app.isReady()),
    ),
    powerMonitor: strict('powerMonitor', power),
    protocol: strict('protocol', createProtocol(state)),
    safeStorage: strict('safeStorage', createSafeStorage(computer)),
    screen: strict('screen', createScreen(computer)),
    session: strict('session', sessions.module),
    shell: strict('shell', createShell(computer)),
    Tray,
  }
  return { module, state }
}

interface Sessions {
  readonly default: SessionStandIn
  readonly module: object
  all(): SessionState[]
  /** The default session's without one. */
  stateOf(module: object | undefined): SessionState
}

function createSessions(app: AppStandIn, context: BrowserContext): Sessions {
  // The client may quit before it is done.
  const ofPage = createSession(
    'default',
    (handler) => void grantAsDecided(context, handler).catch(() => undefined),
  )
  const others = new Map<string, SessionStandIn>()
  return {
    default: ofPage,
    all: () => [...others.values()].map(({ state }) => state),
    stateOf: (module) => [...others.values()].find((made) => made.module === module)?.state ?? ofPage.state,
    module: {
      get defaultSession() {
        if (!app.isReady()) throw new Error('Session can only be received when app is ready')
        return ofPage.module
      },
      fromPartition(name: string) {
        const known = others.get(name)
        if (known) return known.module
        const made = createSession(name, () => undefined)
        others.set(name, made)
        app.emit('session-created', made.module)
        return made.module
      },
    },
  }
}

function createClipboard(computer: Computer): Pick<Clipboard, 'writeText'> {
  return {
    async writeText(text) {
      computer.clipboard = text
    },
  }
}

type SaveOptions = Parameters<Dialog['showSaveDialog']>[0] & { readonly defaultPath?: string }

function createDialog(computer: Computer): object {
  return {
    // With or without the window it belongs to.
    showSaveDialog: (...args: unknown[]) => {
      const { defaultPath = '' } = args.at(-1) as SaveOptions
      const filePath = computer.chooseFile(defaultPath)
      return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' })
    },
    showMessageBox: ({ message, buttons = [], cancelId = 0 }: MessageBoxOptions) => {
      const at = buttons.indexOf(computer.chooseButton(message, buttons) ?? '')
      return Promise.resolve({ response: at < 0 ? cancelId : at, checkboxChecked: false })
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

function createShell(computer: Computer): Pick<Shell, 'openExternal' | 'showItemInFolder'> {
  return {
    openExternal: (url) => {
      computer.openedOutside.push(url)
      return Promise.resolve()
    },
    showItemInFolder: (path) => void computer.revealed.push(path),
  }
}
