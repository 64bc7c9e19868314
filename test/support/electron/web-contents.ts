import type { HandlerDetails, WebContents, WindowOpenHandlerResponse } from 'electron'
import type { CDPSession, Page } from 'playwright-core'
import type { Computer } from './computer.ts'
import { IpcMainStandIn } from './ipc-main.ts'
import { toReal } from './origins.ts'
import { deliverFunction } from './preload-script.ts'
import { strict, StrictEmitter } from './strict.ts'

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]
type Members =
  | 'setWindowOpenHandler'
  | 'replaceMisspelling'
  | 'send'
  | 'print'
  | 'printToPDF'
  | 'getZoomFactor'
  | 'setZoomFactor'
  | 'reload'

interface Navigation {
  readonly event: 'will-frame-navigate' | 'will-redirect'
  readonly url: string
  readonly isMainFrame: boolean
}

const events = [
  'context-menu',
  'did-navigate',
  'render-process-gone',
  'will-attach-webview',
  'will-frame-navigate',
  'will-prevent-unload',
  'will-redirect',
]

/** A page's contents as the main process sees them: it may veto where the page goes and what it opens. */
export class WebContentsStandIn extends StrictEmitter implements Pick<WebContents, Members> {
  /** The words that replaced misspelt ones. */
  readonly corrections: string[] = []
  /** What this page alone says, before `ipcMain` hears it. */
  readonly ipc: IpcMainStandIn = strict('webContents.ipc', new IpcMainStandIn())
  readonly #computer: Computer
  readonly #page: () => Promise<Page>
  #windowOpenHandler: WindowOpenHandler | null = null
  #addressLoadedByMain: string | null = null
  #zoomFactor = 1

  constructor(computer: Computer, page: () => Promise<Page>) {
    super('webContents', events)
    this.#computer = computer
    this.#page = page
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  replaceMisspelling(text: string): void {
    this.corrections.push(text)
  }

  /** Lost, as in Electron, when the page does not listen or is gone. */
  send(channel: string, ...args: unknown[]): void {
    const deliver = ([name, to, what]: [string, string, unknown[]]): void =>
      (window as unknown as Record<string, (to: string, what: unknown[]) => void>)[name]?.(to, what)
    void this.#page()
      .then((page) => page.evaluate(deliver, [deliverFunction, channel, args] as [string, string, unknown[]]))
      .catch(() => undefined)
  }

  print(): void {
    void this.#page().then((page) => this.#computer.printed.push(toReal(page.url())))
  }

  async printToPDF({ printBackground = false }: { printBackground?: boolean }): Promise<Buffer> {
    return (await this.#page()).pdf({ printBackground })
  }

  getZoomFactor(): number {
    return this.#zoomFactor
  }

  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor
  }

  reload(): void {
    void this.#page()
      .then((page) => {
        this.expectLoad(page.url())
        return page.reload()
      })
      .catch(() => undefined)
  }

  /** Electron announces only the navigations that the page started. */
  expectLoad(url: string): void {
    this.#addressLoadedByMain = url
  }

  async watch(page: Page): Promise<void> {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Page.enable')
    devtools.on('Page.windowOpen', ({ url }) => this.#decideWindow(toReal(url)))
    const { frameTree } = await devtools.send('Page.getFrameTree')
    const mainFrameId = frameTree.frame.id
    devtools.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === mainFrameId) this.emit('did-navigate', {}, toReal(frame.url))
    })
    devtools.on('Fetch.requestPaused', ({ requestId, request, redirectedRequestId, frameId }) => {
      const event = redirectedRequestId === undefined ? 'will-frame-navigate' : 'will-redirect'
      const isMainFrame = frameId === mainFrameId
      void this.#decideNavigation(devtools, requestId, { event, url: request.url, isMainFrame })
    })
    await devtools.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] })
  }

  async #decideNavigation(devtools: CDPSession, requestId: string, navigation: Navigation): Promise<void> {
    const { event, url, isMainFrame } = navigation
    const isLoadedByMain = event === 'will-frame-navigate' && this.#addressLoadedByMain === url
    let isPrevented = false
    if (isLoadedByMain) this.#addressLoadedByMain = null
    else this.emit(event, { url: toReal(url), isMainFrame, preventDefault: () => (isPrevented = true) })
    const answer = isPrevented
      ? devtools.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : devtools.send('Fetch.continueRequest', { requestId })
    // The page may be gone before the answer arrives.
    await answer.catch(() => undefined)
  }

  #decideWindow(url: string): void {
    if (!this.#windowOpenHandler) throw new Error(`A window on ${url} would open: no handler forbids it`)
    const response: WindowOpenHandlerResponse = this.#windowOpenHandler({ url } as HandlerDetails)
    if (response.action !== 'deny') throw new Error('The Electron stand-in opens no child windows')
  }
}
