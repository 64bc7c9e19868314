/** The whole product in a test: the real server on a store of its own, the built client in a real Chromium. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { collectPageErrors, launchBrowser } from './browser.ts'
import type { TestServer } from './server.ts'

export const DESKTOP = { width: 1366, height: 768 }
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

/** One person's screen. */
export interface Desk {
  page: Page
  context: BrowserContext
  /** Waits until the client hears the server. */
  live(): Promise<void>
}

/** What a cut connection leaves in the console. */
export const NETWORK_ERRORS = /Failed to load resource|ERR_|net::/

/**
 * Gives the tests of one file a browser. Every screen a test opens is closed when the test ends, and the test fails if the page
 * complained.
 */
export function useDesks(): { open(server: Pick<TestServer, 'url'>, options?: DeskOptions): Promise<Desk> } {
  let browser: Browser
  let closers: (() => Promise<void>)[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    const closing = closers
    closers = []
    for (const close of closing) await close()
  })

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
    const page = await context.newPage()
    const errors = collectPageErrors(page)
    closers.push(async () => {
      await context.close()
      expect(errors.filter((error) => !expectedErrors?.test(error))).toEqual([])
    })
    await page.goto(url + path)
    return {
      page,
      context,
      live: () => page.getByText('ao vivo', { exact: true }).waitFor(),
    }
  }

  return { open }
}
