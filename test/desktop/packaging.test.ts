/** Packs the client around a folder that stands for Electron's own files, which a machine without the internet lacks. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildIfStale } from '../../build/build-if-stale.ts'
import { configuration } from '../../build/package/electron-builder.mjs'
import { packClient } from '../../build/package/pack.ts'

/** By this Electron's fuses are found in its executable; then the wire's version, its length, and a character for each fuse. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

let folder: string
let packed: string
beforeAll(async () => {
  await buildIfStale()
  folder = await mkdtemp(join(tmpdir(), 'balcao-packed-'))
  const electronDist = join(folder, 'electron')
  await mkdir(join(electronDist, 'resources'), { recursive: true })
  await mkdir(join(electronDist, 'locales'))
  for (const locale of ['pt-BR', 'en-US', 'es', 'fr'])
    await writeFile(join(electronDist, 'locales', `${locale}.pak`), '')
  for (const file of ['LICENSE', 'version', 'chrome-sandbox', 'chrome_crashpad_handler'])
    await writeFile(join(electronDist, file), '')
  const wire = Buffer.from([1, FUSES.length])
  const executable = [Buffer.from(FUSE_SENTINEL), wire, Buffer.from('1'.repeat(FUSES.length))]
  await writeFile(join(electronDist, 'electron'), Buffer.concat(executable), { mode: 0o755 })
  packed = join(folder, 'out', process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked')
  await packClient({ systems: ['linux'], onlyFolder: true, electronDist, output: join(folder, 'out') })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('what is packed is the built program and its native parts: no source, no test, no server package', () => {
  const asar = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'))(
    '@electron/asar',
  ) as {
    listPackage(archive: string, options: object): string[]
  }
  const files = asar.listPackage(join(packed, 'resources/app.asar'), {})

  expect(files).toContain('/out/main/index.js')
  expect(files).toContain('/out/preload/index.cjs')
  expect(files).toContain('/out/renderer/index.html')
  const packages = new Set(
    files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\/./.exec(file)?.[1] ?? []),
  )
  expect([...packages].filter((name) => name !== 'koffi' && !name.startsWith('@koromix'))).toEqual([])
  expect(files.filter((file) => /^\/(src-|server|test|docs|build)|\.map$/.test(file))).toEqual([])
})

test('the finished program can be turned into nothing else: every fuse is set as configured', async () => {
  const executable = await readFile(join(packed, 'balcao'), 'latin1')
  const at = executable.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2
  const set = Object.fromEntries(FUSES.map((name, index) => [name, executable[at + index] === '1']))

  expect(set).toEqual(configuration.electronFuses)
  expect(set).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
  })
})
