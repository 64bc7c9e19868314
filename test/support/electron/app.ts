import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import type { BrowserWindowStandIn } from './browser-window.ts'
import type { Computer } from './computer.ts'

type Methods =
  | 'getPath'
  | 'setPath'
  | 'getPreferredSystemLanguages'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'isReady'
  | 'whenReady'
  | 'quit'

export class AppStandIn extends EventEmitter implements Pick<App, Methods> {
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>
  isSandboxEnabled = false
  readonly #computer: Computer
  readonly #windows: ReadonlySet<BrowserWindowStandIn>
  readonly #paths: Map<string, string>
  #isReady = false
  #hasEnded = false
  #becomeReady: () => void
  #end: () => void
  readonly #ready: Promise<void>

  constructor(computer: Computer, windows: ReadonlySet<BrowserWindowStandIn>) {
    super()
    this.#computer = computer
    this.#windows = windows
    this.#paths = new Map([['appData', computer.appDataDir]])
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

  getPreferredSystemLanguages(): string[] {
    return [...this.#computer.languages]
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.isSandboxEnabled = true
  }

  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData')
    const tellHolder = this.#computer.locks.get(folder)
    tellHolder?.()
    if (!tellHolder) this.#computer.locks.set(folder, () => this.emit('second-instance', {}, [], folder))
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

  quit(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    for (const window of [...this.#windows]) window.close()
    const folder = this.#paths.get('userData')
    // A second instance holds no lock; only the holder is ready when it quits.
    if (folder !== undefined && this.#isReady) this.#computer.locks.delete(folder)
    this.#end()
  }

  windowClosed(): void {
    if (this.#windows.size > 0 || this.#hasEnded) return
    if (!this.emit('window-all-closed')) this.quit()
  }
}
