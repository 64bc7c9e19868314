/** The whole product in a test: the real server on a store of its own, the built client in a real Chromium. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { collectPageErrors, launchBrowser } from './browser.ts'
import type { TestServer } from './server.ts'

const DESKTOP = { width: 1366, height: 768 }
export const PHONE = { width: 390, height: 844 }

export interface DeskOptions {
  /** The session of whoever sits at the screen; without it they meet the log-in, or the first run. */
  token?: string
  path?: string
  viewport?: { width: number; height: number }
  colorScheme?: 'light' | 'dark'
  /** A screen under a finger: coarse pointer, no hover. */
  touch?: boolean
  /** Lines of the console that the test itself provokes, such as those of a pulled plug. */
  expectedErrors?: RegExp
}

/** One person's screen; declare it with `await using`, after its server, so that it closes before that. */
export interface Desk extends AsyncDisposable {
  page: Page
  context: BrowserContext
  /** Waits until the client hears the server. */
  live(): Promise<void>
}

/** For one step on a busy machine; a step that works takes a fraction of a second. */
const PATIENCE_MS = 30_000

/** What a cut connection leaves in the console. */
export const NETWORK_ERRORS = /Failed to load resource|ERR_|net::/

/** Writes into the open ticket's composer, as an answer (`r`) or a note (`n`), and sends it; all with the keyboard. */
export async function writeMessage(page: Page, key: 'r' | 'n', text: string): Promise<void> {
  await page.keyboard.press(key)
  const name = key === 'r' ? 'Resposta ao cliente' : 'Nota interna'
  await page.getByRole('textbox', { name }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
}

/**
 * Gives the tests of one file a browser. A screen that closes fails its test when the page complained: uncaught exceptions,
 * errors in the console.
 */
export function useDesks(): { open(server: Pick<TestServer, 'url'>, options?: DeskOptions): Promise<Desk> } {
  let browser: Browser
  /** Opened by the test in hand and not closed yet. */
  const left = new Set<BrowserContext>()

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  // A screen that nobody looks at any more goes on listening and drawing, and takes its time from those that follow.
  afterEach(async () => {
    await Promise.all([...left].map((context) => context.close()))
    left.clear()
  })
  afterAll(() => browser.close())

  async function open({ url }: Pick<TestServer, 'url'>, options: DeskOptions = {}): Promise<Desk> {
    const {
      token,
      path = '/',
      viewport = DESKTOP,
      colorScheme = 'light',
      touch = false,
      expectedErrors,
    } = options
    const localStorage = token ? [{ name: 'balcao.token', value: token }] : []
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale: 'pt-BR',
      timezoneId: 'America/Sao_Paulo',
      reducedMotion: 'reduce',
      hasTouch: touch,
      isMobile: touch,
      permissions: ['clipboard-read', 'clipboard-write'],
      storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
    })
    if (expect.getState().currentTestName) left.add(context)
    const page = await context.newPage()
    const errors = collectPageErrors(page)
    page.setDefaultTimeout(PATIENCE_MS)
    await page.goto(url + path)
    return {
      page,
      context,
      live: () => page.getByText('ao vivo', { exact: true }).waitFor({ state: 'attached' }),
      async [Symbol.asyncDispose]() {
        left.delete(context)
        await context.close()
        expect(errors.filter((error) => !expectedErrors?.test(error))).toEqual([])
      },
    }
  }

  return { open }
}
