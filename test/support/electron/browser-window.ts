import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import type { Computer } from './computer.ts'
import type { AskingFrame, IpcMainStandIn } from './ipc-main.ts'
import type { PictureStandIn } from './native-image.ts'
import { toReal, toSubstitute } from './origins.ts'
import { invokeBinding, preloadScript, sendBinding } from './preload-script.ts'
import { strict, StrictEmitter } from './strict.ts'
import { WebContentsStandIn } from './web-contents.ts'

/** What the windows of one client share. */
export interface WindowHost {
  readonly computer: Computer
  readonly context: BrowserContext
  readonly ipcMain: IpcMainStandIn
  readonly platform: NodeJS.Platform
  readonly windows: Set<BrowserWindowStandIn>
  onWindowCreated(window: BrowserWindowStandIn): void
  onContentsCreated(contents: WebContentsStandIn): void
  onWindowClosed(): void
}

type Methods =
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'moveTop'
  | 'close'
  | 'maximize'
  | 'unmaximize'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'isMaximized'
  | 'isVisible'
  | 'isFocused'
  | 'getNormalBounds'
  | 'setBounds'
  | 'flashFrame'
  | 'setAlwaysOnTop'
  | 'setVisibleOnAllWorkspaces'

const events = [
  'blur',
  'close',
  'closed',
  'focus',
  'hide',
  'ready-to-show',
  'session-end',
  'show',
  'unresponsive',
]

/** A window whose inside is a page of a real Chromium, and whose outside is a few numbers. */
export class BrowserWindowStandIn extends StrictEmitter implements Pick<BrowserWindow, Methods> {
  readonly id: number
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: WebContentsStandIn
  /** The page, once it exists. */
  readonly page: Promise<Page>
  /** The address it was first given. */
  firstUrl = ''
  /** Its taskbar button (or, on a Mac, its icon in the dock) calls for attention. */
  isFlashing = false
  /** The little picture on its taskbar button, and what it says to a screen reader. */
  overlay: { readonly picture: PictureStandIn; readonly description: string } | null = null
  /** How far above other windows it lies; null: among them. */
  onTop: string | null
  isOnAllWorkspaces = false
  readonly #host: WindowHost
  #bounds: Rectangle
  #isMaximised = false
  #isMinimised = false
  #isVisible: boolean
  #isFocused = false
  #isClosed = false

  constructor(host: WindowHost, id: number, options: BrowserWindowConstructorOptions) {
    super('BrowserWindow', events)
    this.#host = host
    this.id = id
    this.options = options
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    this.#isVisible = options.show ?? true
    this.onTop = options.alwaysOnTop ? 'floating' : null
    const contents = new WebContentsStandIn(host.computer, () => this.page)
    this.webContents = strict('webContents', contents)
    host.windows.add(this)
    host.onWindowCreated(this)
    host.onContentsCreated(this.webContents)
    this.page = this.#openPage(contents)
  }

  async #openPage(contents: WebContentsStandIn): Promise<Page> {
    const { context, ipcMain, platform } = this.#host
    const page = await context.newPage()
    // Child windows are refused; Chromium alone would open them all the same.
    page.on('popup', (popup) => void popup.close())
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    await page.exposeBinding(invokeBinding, ({ frame }, channel: string, args: unknown[]) =>
      ipcMain.deliver(asking(frame), channel, args, this.webContents),
    )
    await page.exposeBinding(sendBinding, ({ frame }, channel: string, args: unknown[]) => {
      contents.ipc.deliverSent(asking(frame), channel, args, this.webContents)
      ipcMain.deliverSent(asking(frame), channel, args, this.webContents)
    })
    const preload = this.options.webPreferences?.preload
    if (preload) await page.addInitScript(await preloadScript(preload, platform))
    await contents.watch(page)
    return page
  }

  async loadURL(url: string): Promise<void> {
    this.firstUrl ||= url
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
    this.#appear()
    this.focus()
  }

  showInactive(): void {
    this.#appear()
  }

  #appear(): void {
    if (this.#isVisible) return
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    if (!this.#isVisible) return
    this.blur()
    this.#isVisible = false
    // The taskbar button goes, and what was on it.
    if (this.#host.platform === 'win32') this.overlay = null
    this.emit('hide')
  }

  focus(): void {
    if (this.#isFocused) return
    for (const window of this.#host.windows) if (window !== this) window.blur()
    this.#isFocused = true
    this.isFlashing = false
    this.emit('focus')
  }

  /** The person turns to another window. */
  blur(): void {
    if (!this.#isFocused) return
    this.#isFocused = false
    this.emit('blur')
  }

  moveTop(): void {
    // What lies over what is not to be seen here; only who has the keyboard is.
  }

  close(): void {
    if (this.#isClosed) return
    let isKept = false
    this.emit('close', { preventDefault: () => (isKept = true) })
    if (isKept) return
    this.blur()
    this.#isClosed = true
    this.#host.windows.delete(this)
    void this.page.then((page) => page.close()).catch(() => undefined)
    this.emit('closed')
    this.#host.onWindowClosed()
  }

  maximize(): void {
    this.#isMaximised = true
    this.show()
  }

  unmaximize(): void {
    this.#isMaximised = false
  }

  minimize(): void {
    this.#isMinimised = true
    this.blur()
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

  flashFrame(on: boolean): void {
    this.isFlashing = on
  }

  setOverlayIcon(picture: PictureStandIn | null, description: string): void {
    if (this.#host.platform !== 'win32') throw new Error('Only Windows has BrowserWindow.setOverlayIcon')
    this.overlay = picture && this.#isVisible ? { picture, description } : null
  }

  setAlwaysOnTop(on: boolean, level = 'floating'): void {
    this.onTop = on ? level : null
  }

  setVisibleOnAllWorkspaces(on: boolean): void {
    this.isOnAllWorkspaces = on
  }
}

function asking(frame: Frame): AskingFrame {
  const parent = frame.parentFrame()
  return { url: toReal(frame.url()), parent: parent && { url: toReal(parent.url()) } }
}
