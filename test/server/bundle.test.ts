import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildIfStale } from '../../build/build-if-stale.ts'
import { makeServerBundle } from '../../build/server-bundle/make.ts'
import type { AppRouter } from '../../server/api/root.ts'
import { answers } from '../../server/install/machine.ts'
import { version } from '../../server/version.ts'
import type { Client } from '../support/server.ts'
import { temporaryFolder } from '../support/store.ts'

/** A machine that has nothing of ours: no `node_modules` above, no Node on the path, another folder to start from. */
const bare = { PATH: '/nowhere', BALCAO_NO_DISCOVERY: '1' }

let folder: string
let bundle: string
let buildMs: number
let server: ChildProcess | undefined

function command(...args: string[]) {
  return spawnSync(join(bundle, 'balcao-server'), args, { cwd: '/', env: bare, encoding: 'utf8' })
}

async function start(dataDir: string): Promise<string> {
  server = spawn(
    join(bundle, 'balcao-server'),
    ['--data-dir', dataDir, '--port', '0', '--log-level', 'error'],
    {
      cwd: '/',
      env: bare,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  if (!server.stdout) throw new Error('no stdout')
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /"url":"([^"]+)"/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('the bundle ended before it listened')
}

function client(url: string, token?: string): Client {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] })
}

describe.skipIf(process.platform === 'win32')('the server’s bundle', () => {
  beforeAll(async () => {
    await buildIfStale()
    folder = await mkdtemp(join(tmpdir(), 'balcao-bundle-'))
    const made = join(folder, 'made')
    const started = performance.now()
    await makeServerBundle(made)
    buildMs = performance.now() - started
    bundle = join(folder, 'um outro lugar')
    await rename(made, bundle)
  }, 120_000)

  afterAll(async () => {
    server?.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  it('is made in seconds, with the licences of all that is in it', async () => {
    expect(buildMs).toBeLessThan(30_000)
    const entries = readdirSync(bundle)
    const code = entries.filter((name) => name.endsWith('.mjs'))
    expect(code).toEqual(
      expect.arrayContaining(['balcao-server.mjs', 'serve.mjs', 'preview-worker.mjs', 'report-worker.mjs']),
    )
    expect(entries.filter((name) => !/\.mjs(\.map)?$/.test(name)).sort()).toEqual([
      'LICENSE',
      'LICENSES-THIRD-PARTY.txt',
      'balcao-server',
      'native',
      'node',
      'web',
    ])
    const licences = await readFile(join(bundle, 'LICENSES-THIRD-PARTY.txt'), 'utf8')
    // Of the web client too: minified code says nothing of whose it is.
    for (const name of [
      'vue',
      '@lucide/vue',
      'pinia',
      'fastify',
      'typeorm',
      'better-sqlite3',
      '@node-rs/argon2',
      'Node.js',
      'zod',
    ])
      expect(licences).toMatch(new RegExp(`^${name.replace('.', '\\.')}\\S* \\d`, 'm'))
  })

  it('serves an office from an empty folder, and ends calmly', async () => {
    const dataDir = join(await temporaryFolder(), 'dados')
    const url = await start(dataDir)
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok', name: 'balcao' })
    expect(await (await fetch(url)).text()).toContain('<div id="app"')

    const admin = { name: 'Ana Ribeiro', email: 'ana@ipe.example', password: 'senha-bem-comprida' }
    await client(url).setup.create.mutate({
      ...{ company: 'Papelaria Ipê', timezone: 'America/Sao_Paulo', locale: 'pt-BR', admin },
    })
    const { token } = await client(url).auth.login.mutate({ email: admin.email, password: admin.password })
    const api = client(url, token)
    await api.tickets.create.mutate({
      ...{ subject: 'Instalação parada', body: 'x', requester: { name: 'Rui' }, channel: 'phone' },
    })
    const found = await api.tickets.search.query({ text: 'instalacao' })
    expect(found.items.map(({ ticket }) => ticket.subject)).toEqual(['Instalação parada'])
    const preview = await api.rules.preview.query({
      days: 7,
      rule: {
        name: 'Telefone',
        on: ['ticket.created'],
        when: { all: [{ field: 'channel', op: 'is', value: 'phone' }] },
        then: [{ do: 'addTags', value: ['telefone'] }],
      },
    })
    expect(preview.total).toBe(1)

    const port = Number(new URL(url).port)
    expect(await answers('0.0.0.0', port)).toBe(version)
    expect(await answers('127.0.0.1', port)).toBe(version)

    const ended = once(server as ChildProcess, 'exit')
    server?.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(readdirSync(dataDir)).not.toContain('balcao.db-wal')
    expect(await answers('0.0.0.0', port)).toBeNull()
  })

  it('is found through a link, and tells its version', async () => {
    const bin = await temporaryFolder()
    await symlink(join(bundle, 'balcao-server'), join(bin, 'balcao-server'))
    const { status, stdout } = spawnSync(join(bin, 'balcao-server'), ['version'], {
      env: { PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it.runIf(process.platform === 'linux')(
    'installs itself, keeps what it was told, and goes without the data',
    async () => {
      const root = await temporaryFolder()
      const installed = join(root, 'opt/balcao')
      expect(command('install', '--print').stdout).toContain('DynamicUser=yes')
      expect(command('install', '--root', root, '--port', '8080')).toMatchObject({ status: 0, stderr: '' })
      expect(command('install', '--root', root, '--no-discovery').status).toBe(0)
      const unit = await readFile(join(root, 'etc/systemd/system/balcao.service'), 'utf8')
      expect(unit).toMatch(/^ExecStart=\/opt\/balcao\/node .* --port 8080 --no-discovery$/m)
      expect(spawnSync(join(installed, 'balcao-server'), ['version'], { env: bare }).status).toBe(0)

      const data = join(root, 'var/lib/balcao')
      await mkdir(data, { recursive: true })
      expect(command('uninstall', '--root', root, '--purge', '--yes').stderr).toContain(
        'has no store of Balcao',
      )
      expect(command('uninstall', '--root', root, '--purge').status).not.toBe(0)
      expect(command('uninstall', '--root', root).stdout).toContain('The data stay in /var/lib/balcao.')
      expect([existsSync(installed), existsSync(data)]).toEqual([false, true])
      expect(command('uninstall', '--root', root).stderr).toBe(
        'balcao: nothing is installed on this computer\n',
      )
    },
  )
})
