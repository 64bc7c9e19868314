import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIfStale } from '../../build/build-if-stale.ts'
import { findElectron } from '../../build/electron-binary.ts'

const root = join(import.meta.dirname, '..', '..')
const electron = findElectron()
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
const missing =
  electron === null ? 'its binary was not downloaded' : hasScreen ? null : 'there is no screen to open it on'

test('the real Electron is tried as well', (context) => {
  if (missing !== null) context.skip(`skipped: ${missing}`)
})

describe.runIf(missing === null)('on the real Electron', () => {
  let folder: string

  beforeAll(async () => {
    await buildIfStale()
    folder = await mkdtemp(join(tmpdir(), 'balcao-real-'))
  }, 120_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function start(): Promise<{ client: ElectronApplication; page: Page }> {
    const client = await _electron.launch({
      executablePath: electron ?? '',
      args: process.getuid?.() === 0 ? ['--no-sandbox', root] : [root],
      env: { ...process.env, BALCAO_DESKTOP_DIR: folder } as Record<string, string>,
    })
    return { client, page: await client.firstWindow() }
  }

  test('the client opens its page, isolated from Node, and keeps what it is told over a restart', async () => {
    const first = await start()
    expect(first.page.url()).toMatch(/^app:\/\/balcao\//)
    expect(await first.page.evaluate(() => window.isSecureContext && !('require' in window))).toBe(true)
    const kept = await first.page.evaluate(() => window.balcao?.secrets.set('token', 'abc'))
    await first.client.close()

    const again = await start()
    const token = await again.page.evaluate(() => window.balcao?.secrets.get('token'))
    await again.client.close()
    expect(token).toBe(kept === 'encrypted' ? 'abc' : null)
    expect(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'))).toHaveProperty('window.bounds')
  }, 60_000)
})
