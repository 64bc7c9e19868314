/** Starts the built desktop client on the stand-in: a page to drive, and the computer around it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
// Declares `window.balcao` for what tests evaluate in the page.
import type {} from '../../../src-renderer/desk/index.ts'
import type { BrowserWindowStandIn } from './browser-window.ts'
import { createComputer, type Computer } from './computer.ts'
import { createElectron, type ElectronState } from './electron-module.ts'
import { loadMain } from './load-main.ts'
import { startAppProxy } from './proxy.ts'

export interface DesktopOptions {
  readonly browser: Browser
  /** The computer to start it on; a new one when absent. */
  readonly computer?: Computer
  /** As if the user had connected to this server earlier. */
  readonly serverUrl?: string
  /** The folder that holds `main`, `preload` and `renderer`; the project's `out` when absent. */
  readonly builtDir?: string
}

export interface Desktop {
  readonly computer: Computer
  readonly electron: ElectronState
  /** The one window; throws when there is none. */
  window(): BrowserWindowStandIn
  /** The window's page, loaded. */
  page(): Promise<Page>
  /** Quits as the user does, and waits until it is over. */
  quit(): Promise<void>
}

export const projectOut = join(import.meta.dirname, '..', '..', '..', 'out')

export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const computer = options.computer ?? (await createComputer())
  if (options.serverUrl !== undefined) await rememberServer(computer, options.serverUrl)

  const proxy = await startAppProxy((request) => {
    const answer = electron.state.answers.get('app')
    return answer ? answer(request) : Response.error()
  })
  const context = await options.browser.newContext({
    proxy: { server: proxy.url },
    viewport: null,
    ...(computer.languages[0] && { locale: computer.languages[0] }),
    ...(computer.profile && { storageState: computer.profile }),
  })
  const electron = createElectron(computer, context)
  const { app, windows } = electron.state

  await loadMain(join(options.builtDir ?? projectOut, 'main', 'index.js'), electron.module)
  app.becomeReady()

  const window = (): BrowserWindowStandIn => {
    const [first] = windows
    if (!first) throw new Error('The client has no window open')
    return first
  }
  let hasQuit = false
  return {
    computer,
    electron: electron.state,
    window,
    async page() {
      const page = await window().page
      await page.waitForURL(/^http:\/\/balcao\.localhost\//)
      return page
    },
    async quit() {
      if (hasQuit) return
      hasQuit = true
      if (windows.size > 0) computer.profile = await context.storageState({ indexedDB: true })
      app.quit()
      await app.ended
      await context.close()
      await proxy.close()
    },
  }
}

export function settingsPath(computer: Computer): string {
  return join(computer.appDataDir, 'Balcao Desktop', 'settings.json')
}

async function rememberServer(computer: Computer, serverUrl: string): Promise<void> {
  await mkdir(join(settingsPath(computer), '..'), { recursive: true })
  await writeFile(settingsPath(computer), JSON.stringify({ serverUrl }))
}
