import { EventEmitter } from 'node:events'
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { BrowserContext, Page } from 'playwright-core'
import type { Computer } from './computer.ts'
import type { IpcMainStandIn } from './ipc-main.ts'
import { toReal, toSubstitute } from './origins.ts'
import { ipcBinding, preloadScript } from './preload-script.ts'
import { strict } from './strict.ts'
import { WebContentsStandIn } from './web-contents.ts'

/** What the windows of one client share. */
export interface WindowHost {
  readonly computer: Computer
  readonly context: BrowserContext
  readonly ipcMain: IpcMainStandIn
  readonly windows: Set<BrowserWindowStandIn>
  onContentsCreated(contents: WebContentsStandIn): void
  onWindowClosed(): void
}

type Methods =
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'close'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'isMaximized'
  | 'isVisible'
  | 'isFocused'
  | 'getNormalBounds'
  | 'setBounds'

/** A window whose inside is a page of a real Chromium, and whose outside is a few numbers. */
export class BrowserWindowStandIn extends EventEmitter implements Pick<BrowserWindow, Methods> {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: WebContentsStandIn
  /** The page, once it exists. */
  readonly page: Promise<Page>
  readonly #host: WindowHost
  #bounds: Rectangle
  #isMaximised = false
  #isMinimised = false
  #isVisible: boolean
  #isFocused = false
  #isClosed = false

  constructor(host: WindowHost, options: BrowserWindowConstructorOptions) {
    super()
    this.#host = host
    this.options = options
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    this.#isVisible = options.show ?? true
    const contents = new WebContentsStandIn()
    this.webContents = strict('webContents', contents)
    host.windows.add(this)
    host.onContentsCreated(this.webContents)
    this.page = this.#openPage(contents)
  }

  async #openPage(contents: WebContentsStandIn): Promise<Page> {
    const { context, ipcMain } = this.#host
    const page = await context.newPage()
    // Child windows are refused; Chromium alone would open them all the same.
    page.on('popup', (popup) => void popup.close())
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    await page.exposeBinding(ipcBinding, ({ frame }, channel: string, args: unknown[]) => {
      const parent = frame.parentFrame()
      const asking = { url: toReal(frame.url()), parent: parent && { url: toReal(parent.url()) } }
      return ipcMain.deliver(asking, channel, args)
    })
    const preload = this.options.webPreferences?.preload
    if (preload) await page.addInitScript(await preloadScript(preload))
    await contents.watch(page)
    return page
  }

  async loadURL(url: string): Promise<void> {
    try {
      await this.#load(toSubstitute(url))
    } catch (error) {
      // A window that was closed while it loaded.
      if (!this.#isClosed) throw error
    }
  }

  async #load(address: string): Promise<void> {
    const page = await this.page
    const isFirst = page.url() === 'about:blank'
    this.webContents.expectLoad(address)
    await page.goto(address)
    if (isFirst) this.emit('ready-to-show')
  }

  show(): void {
    this.#isVisible = true
    this.focus()
  }

  focus(): void {
    for (const window of this.#host.windows) window.#isFocused = window === this
  }

  close(): void {
    if (this.#isClosed) return
    this.emit('close')
    this.#isClosed = true
    this.#host.windows.delete(this)
    void this.page.then((page) => page.close()).catch(() => undefined)
    this.emit('closed')
    this.#host.onWindowClosed()
  }

  maximize(): void {
    this.#isMaximised = true
  }

  minimize(): void {
    this.#isMinimised = true
    this.#isFocused = false
  }

  restore(): void {
    this.#isMinimised = false
  }

  isMinimized(): boolean {
    return this.#isMinimised
  }

  isMaximized(): boolean {
    return this.#isMaximised
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isFocused(): boolean {
    return this.#isFocused
  }

  getNormalBounds(): Rectangle {
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
  }
}
