import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { buildIfStale } from '../../../build/build-if-stale.ts'
import { launchBrowser } from '../browser.ts'
import type { Computer } from './computer.ts'
import { projectOut, startDesktop, type Desktop, type DesktopOptions } from './start-desktop.ts'

export interface Desktops {
  /** Starts the built client; the test's end quits it and removes its computer. */
  start(options?: Omit<DesktopOptions, 'browser' | 'builtDir'>): Promise<Desktop>
}

/** The client as users have it: main process, preload and renderer. */
export function useClient(): Desktops {
  return useDesktops(() => Promise.resolve(projectOut))
}

/** The built main process and preload on a page of three lines: the shell alone, whatever the client does. */
export function useShell(): Desktops {
  let staged: string | undefined
  afterAll(async () => {
    if (staged !== undefined) await rm(staged, { recursive: true, force: true })
  })
  return useDesktops(async () => (staged = await stageShell()))
}

function useDesktops(prepare: () => Promise<string>): Desktops {
  let builtDir: string
  let browser: Browser | undefined
  const started: Desktop[] = []
  const computers = new Set<Computer>()

  beforeAll(async () => {
    await buildIfStale()
    builtDir = await prepare()
    browser = await launchBrowser()
  }, 120_000)

  afterEach(async () => {
    for (const desktop of started.splice(0)) await desktop.quit()
    for (const computer of computers) await computer.remove()
    computers.clear()
  })

  afterAll(() => browser?.close())

  return {
    async start(options = {}) {
      if (!browser) throw new Error('start() is for tests: nothing is prepared while a test file loads')
      const desktop = await startDesktop({ browser, builtDir, ...options })
      started.push(desktop)
      computers.add(desktop.computer)
      return desktop
    },
  }
}

async function stageShell(): Promise<string> {
  const staged = await mkdtemp(join(tmpdir(), 'balcao-shell-'))
  await Promise.all([
    cp(join(projectOut, 'main'), join(staged, 'main'), { recursive: true }),
    cp(join(projectOut, 'preload'), join(staged, 'preload'), { recursive: true }),
    cp(join(import.meta.dirname, 'fixture-renderer'), join(staged, 'renderer'), { recursive: true }),
  ])
  return staged
}
