import { EventEmitter } from 'node:events'
import type { HandlerDetails, WebContents, WindowOpenHandlerResponse } from 'electron'
import type { CDPSession, Page } from 'playwright-core'
import { toReal } from './origins.ts'

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

interface Navigation {
  readonly event: 'will-frame-navigate' | 'will-redirect'
  readonly url: string
  readonly isMainFrame: boolean
}

/** A page's contents as the main process sees them: it may veto where the page goes and what it opens. */
export class WebContentsStandIn
  extends EventEmitter
  implements Pick<WebContents, 'setWindowOpenHandler' | 'replaceMisspelling'>
{
  /** The words that replaced misspelt ones. */
  readonly corrections: string[] = []
  #windowOpenHandler: WindowOpenHandler | null = null
  #addressLoadedByMain: string | null = null

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  replaceMisspelling(text: string): void {
    this.corrections.push(text)
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
    devtools.on('Fetch.requestPaused', ({ requestId, request, redirectedRequestId, frameId }) => {
      const event = redirectedRequestId === undefined ? 'will-frame-navigate' : 'will-redirect'
      const isMainFrame = frameId === frameTree.frame.id
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
