import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRendererFiles, rendererFile } from '../../src-main/files/renderer-files.ts'

let folder: string

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'balcao-files-'))
  folder = join(parent, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<title>page</title>')
  await writeFile(join(folder, 'assets', 'app.js'), 'let x')
  await writeFile(join(parent, 'secrets.json'), 'not for the page')
})

afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }))

const get = (url: string): Promise<Response> => createRendererFiles(folder, () => 'the policy')(new URL(url))

test.each(['app://balcao/', 'app://balcao/index.html', 'app://balcao/tickets/2026-000123?tab=notes'])(
  '%s is the page, with its policy',
  async (url) => {
    const response = await get(url)
    expect(await response.text()).toBe('<title>page</title>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Content-Security-Policy')).toBe('the policy')
  },
)

test('an asset comes with its type and may not be taken for another', async () => {
  const response = await get('app://balcao/assets/app.js')
  expect(await response.text()).toBe('let x')
  expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
})

test.each([
  ['a missing asset', 'app://balcao/assets/gone.js'],
  ['another host', 'app://elsewhere/index.html'],
])('%s is not found', async (_what, url) => {
  expect((await get(url)).status).toBe(404)
})

test.each([
  '/../secrets.json',
  '/%2e%2e/secrets.json',
  '/assets/..%2f..%2fsecrets.json',
  '/%00.html',
  '/%zz.html',
])('the path %s reaches nothing outside the folder', (pathname) => {
  expect(rendererFile(folder, pathname)).toBeNull()
})
