/** Starts the built desktop client on the stand-in: a page to drive, and the computer around it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
// Declares `window.balcao` for what tests evaluate in the page.
import type {} from '../../../src-renderer/desk/index.ts'
import type { DesktopPlatform } from '../../../src-main/ipc/contract.ts'
import type { WindowKind } from '../../../src-main/ports.ts'
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
  /** The module that is the program; the built client when absent. */
  readonly main?: string
  /** Arguments of this start: `--hidden`, a link. */
  readonly args?: readonly string[]
  /** The system it believes to run on; the real one when absent. */
  readonly platform?: DesktopPlatform
  /** As if it came from an installer, instead of from its source folder. */
  readonly isInstalled?: boolean
}

export interface Desktop {
  readonly computer: Computer
  readonly electron: ElectronState
  /** What the program's module exports. */
  readonly exports: unknown
  /** The window of this kind that was opened first, the desk's when no kind is given; throws when there is none. */
  window(kind?: WindowKind): BrowserWindowStandIn
  /** Those of this kind, or all. The page's first address tells the kind. */
  windows(kind?: WindowKind): BrowserWindowStandIn[]
  /** The window's page, loaded. */
  page(kind?: WindowKind): Promise<Page>
  /** Another program, or a link in the browser, opens an address of a scheme that is the client's. */
  openLink(url: string): void
  /** Quits as the user does, and waits until it is over. */
  quit(): Promise<void>
}

export const projectOut = join(import.meta.dirname, '..', '..', '..', 'out')

const nodePlatforms = { windows: 'win32', macos: 'darwin', linux: 'linux' } as const

export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const computer = options.computer ?? (await createComputer())
  if (options.serverUrl !== undefined) await rememberServer(computer, options.serverUrl)

  const proxy = await startAppProxy(
    (request) => {
      const answer = electron.state.answers.get('app')
      return answer ? answer(request) : Response.error()
    },
    () => electron.state.agent,
  )
  const context = await options.browser.newContext({
    proxy: { server: proxy.url },
    // Whom to trust is decided by the client's own verify proc, behind the proxy.
    ignoreHTTPSErrors: true,
    viewport: null,
    ...(computer.languages[0] && { locale: computer.languages[0] }),
    ...(computer.profile && { storageState: computer.profile }),
  })
  const builtDir = options.builtDir ?? projectOut
  const { isInstalled = false, args = [] } = options
  const argv = [process.execPath, ...(isInstalled ? [] : ['.']), ...args]
  const platform = options.platform ? nodePlatforms[options.platform] : process.platform
  const electron = createElectron({
    ...{ computer, context, platform, argv },
    isPackaged: isInstalled,
    version: await ownVersion(),
  })
  const { app, windows } = electron.state
  const restorePath = preferPrograms(computer.programsDir)

  const exports = await asProcess({ platform, argv, resourcesPath: join(builtDir, 'resources') }, () =>
    loadMain(options.main ?? join(builtDir, 'main', 'index.js'), electron.module),
  )
  app.becomeReady()

  const ofKind = (kind?: WindowKind): BrowserWindowStandIn[] =>
    [...windows].filter((candidate) => kind === undefined || kindOf(candidate) === kind)
  const window = (kind: WindowKind = 'main'): BrowserWindowStandIn => {
    const [first] = ofKind(kind)
    if (!first) throw new Error(`The client has no ${kind} window open`)
    return first
  }
  let hasQuit = false
  return {
    computer,
    electron: electron.state,
    exports,
    window,
    windows: ofKind,
    async page(kind) {
      const page = await window(kind).page
      await page.waitForURL(/^http:\/\/balcao\.localhost\//)
      return page
    },
    openLink(url) {
      if (platform === 'darwin') app.emit('open-url', { preventDefault: () => undefined }, url)
      else app.emit('second-instance', {}, [process.execPath, '--some-switch-of-chromium', url], '/')
    },
    async quit() {
      if (hasQuit) return
      hasQuit = true
      if (windows.size > 0) computer.profile = await context.storageState({ indexedDB: true })
      app.quit()
      await app.ended
      restorePath()
      await context.close()
      await proxy.close()
    },
  }
}

function kindOf(window: BrowserWindowStandIn): WindowKind {
  const [, room] = /^app:\/\/balcao\/window\/([a-z]+)/.exec(window.firstUrl) ?? []
  return room === 'alerts' ? 'alert' : room === 'ticket' || room === 'capture' ? room : 'main'
}

async function ownVersion(): Promise<string> {
  const text = await readFile(join(projectOut, '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** What a program reads of its process while it starts. Limit: it shares this process, so later readings are the test's own. */
async function asProcess<Result>(
  facts: { platform: NodeJS.Platform; argv: string[]; resourcesPath: string },
  load: () => Promise<Result>,
): Promise<Result> {
  const before = Object.keys(facts).map(
    (key) => [key, Object.getOwnPropertyDescriptor(process, key)] as const,
  )
  for (const [key, value] of Object.entries(facts)) {
    Object.defineProperty(process, key, { value, configurable: true, writable: true, enumerable: true })
  }
  try {
    return await load()
  } finally {
    for (const [key, descriptor] of before) {
      if (descriptor) Object.defineProperty(process, key, descriptor)
      else Reflect.deleteProperty(process, key)
    }
  }
}

/** Limit: of two clients that run at once, the one started last has its computer's programs found. */
function preferPrograms(folder: string): () => void {
  const before = process.env.PATH
  process.env.PATH = [folder, before].join(delimiter)
  return () => {
    process.env.PATH = before
  }
}

export function settingsPath(computer: Computer): string {
  return join(computer.appDataDir, 'Balcao Desktop', 'settings.json')
}

async function rememberServer(computer: Computer, serverUrl: string): Promise<void> {
  await mkdir(join(settingsPath(computer), '..'), { recursive: true })
  await writeFile(settingsPath(computer), JSON.stringify({ serverUrl }))
}
