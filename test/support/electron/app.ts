import { resolve } from 'node:path'
import type { App } from 'electron'
import type { BrowserWindowStandIn } from './browser-window.ts'
import type { Computer } from './computer.ts'
import { DockStandIn } from './dock.ts'
import { StrictEmitter } from './strict.ts'

type Members =
  | 'getPath'
  | 'getName'
  | 'getVersion'
  | 'getAppPath'
  | 'isPackaged'
  | 'setPath'
  | 'getPreferredSystemLanguages'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'relaunch'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setAsDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
  | 'isDefaultProtocolClient'

const events = [
  'activate',
  'before-quit',
  'browser-window-created',
  'open-url',
  'quit',
  'second-instance',
  'session-created',
  'web-contents-created',
  'will-quit',
  'window-all-closed',
]

export interface AppOptions {
  readonly computer: Computer
  readonly windows: ReadonlySet<BrowserWindowStandIn>
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly version: string
  readonly argv: readonly string[]
}

export class AppStandIn extends StrictEmitter implements Pick<App, Members> {
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>
  readonly isPackaged: boolean
  /** Only a Mac has one. */
  readonly dock: DockStandIn | undefined
  isSandboxEnabled = false
  /** How often the program asked to be started again once it has ended. */
  relaunches = 0
  /** The name that Windows knows the program's notifications and taskbar buttons by. */
  appUserModelId: string | null = null
  /** The number at the launcher, where Linux has one. */
  badgeCount = 0
  readonly #options: AppOptions
  readonly #paths: Map<string, string>
  #isReady = false
  #isQuitting = false
  #hasEnded = false
  #becomeReady: () => void
  #end: () => void
  readonly #ready: Promise<void>

  constructor(options: AppOptions) {
    super('app', events)
    this.#options = options
    this.isPackaged = options.isPackaged
    this.dock = options.platform === 'darwin' ? new DockStandIn() : undefined
    const { appDataDir, downloadsDir } = options.computer
    this.#paths = new Map([
      ['appData', appDataDir],
      ['downloads', downloadsDir],
    ])
    const ready = Promise.withResolvers<void>()
    this.#ready = ready.promise
    this.#becomeReady = ready.resolve
    const ended = Promise.withResolvers<void>()
    this.ended = ended.promise
    this.#end = ended.resolve
  }

  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (path === undefined) throw new Error(`The Electron stand-in has no app.getPath('${name}')`)
    return path
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getName(): string {
    return 'Balcão'
  }

  getVersion(): string {
    return this.#options.version
  }

  getAppPath(): string {
    return resolve(import.meta.dirname, '../../..')
  }

  getPreferredSystemLanguages(): string[] {
    return [...this.#options.computer.languages]
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.isSandboxEnabled = true
  }

  setAppUserModelId(id: string): void {
    this.appUserModelId = id
  }

  setBadgeCount(count = 0): boolean {
    this.badgeCount = count
    return true
  }

  setLoginItemSettings({ openAtLogin, args = [] }: { openAtLogin?: boolean; args?: string[] }): void {
    this.#options.computer.loginItem = openAtLogin ? { args, isDisabledByPerson: false } : null
  }

  getLoginItemSettings({ args = [] }: { args?: string[] } = {}): object {
    const item = this.#options.computer.loginItem
    const isSame = item !== null && item.args.join() === args.join()
    return {
      openAtLogin: isSame,
      executableWillLaunchAtLogin: item !== null && !item.isDisabledByPerson,
      // A Mac passes no arguments: whoever starts it "at log-in" there says `--at-login`.
      wasOpenedAtLogin: this.#options.argv.includes('--at-login'),
    }
  }

  setAsDefaultProtocolClient(scheme: string, path?: string, args: string[] = []): boolean {
    const { schemes, refusedSchemes } = this.#options.computer
    if (refusedSchemes.has(scheme)) return false
    schemes.set(scheme, path === undefined ? [] : [path, ...args])
    return true
  }

  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.#options.computer.schemes.delete(scheme)
  }

  isDefaultProtocolClient(scheme: string, path?: string, args: string[] = []): boolean {
    const command = path === undefined ? [] : [path, ...args]
    return this.#options.computer.schemes.get(scheme)?.join() === command.join()
  }

  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData')
    const { locks } = this.#options.computer
    const tellHolder = locks.get(folder)
    tellHolder?.(this.#options.argv)
    if (!tellHolder) locks.set(folder, (argv) => this.emit('second-instance', {}, argv, folder))
    return !tellHolder
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    return this.#ready
  }

  /** Electron does so after the program's main module has loaded. */
  becomeReady(): void {
    if (this.#hasEnded) return
    this.#isReady = true
    this.#becomeReady()
  }

  /** Goes on running when a window keeps itself open. */
  quit(): void {
    if (this.#hasEnded || this.#isQuitting) return
    this.#isQuitting = true
    let isPrevented = false
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) })
    if (isPrevented) return void (this.#isQuitting = false)
    for (const window of [...this.#options.windows]) window.close()
    this.#isQuitting = false
    if (this.#options.windows.size > 0) return
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) })
    if (isPrevented) return
    this.#hasEnded = true
    const folder = this.#paths.get('userData')
    // A second instance holds no lock; only the holder is ready when it quits.
    if (folder !== undefined && this.#isReady) this.#options.computer.locks.delete(folder)
    this.emit('quit', {}, 0)
    this.#end()
  }

  relaunch(): void {
    this.relaunches += 1
  }

  windowClosed(): void {
    if (this.#options.windows.size > 0 || this.#hasEnded || this.#isQuitting) return
    if (!this.emit('window-all-closed')) this.quit()
  }
}
