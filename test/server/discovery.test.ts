import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverCommand } from '../../build/server-command.ts'
import { Announcer } from '../../server/discovery/announcer.ts'
import type { RawService } from '../../src-main/discovery/announcement.ts'
import { listenOn } from '../../src-main/discovery/mdns.ts'
import { layCable } from '../support/network-namespaces.ts'

const PORT = '4810'
/** A busy machine is slow to start a server, not wrong. */
const START_LIMIT_MS = 60_000
const cable = layCable()
/** Says in the report which network this was tried on. */
const network = cable
  ? 'between two networks joined by a cable'
  : 'NOT TRIED: this machine lets us make no network'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balcao-discovery-'))
})
afterAll(async () => {
  await cable?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** The JSON lines of a process, as they come. */
function linesOf(child: ChildProcess): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = []
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) =>
      lines.push(JSON.parse(line) as (typeof lines)[number]),
    )
  return lines
}

const ended = async (child: ChildProcess) => {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

describe.skipIf(!cable)(`a server on the network, ${network}`, () => {
  it('is found, healed where its address changes, never replaced by another, and gone when it says goodbye', async () => {
    if (!cable) return
    const { addresses, spawn, readdress } = cable
    const start = (name: string, port: string) =>
      spawn('there', process.execPath, [...serverCommand, '--data-dir', join(folder, name), '--port', port], {
        BALCAO_NO_DISCOVERY: '0',
      })
    const whenListening = async (child: ChildProcess) => {
      const said = linesOf(child)
      const line = () => said.find(({ msg }) => msg === 'listening')
      await expect.poll(line, { timeout: START_LIMIT_MS }).toBeDefined()
      return line()
    }
    const server = start('office', PORT)
    const listening = await whenListening(server)
    const id = (await readFile(join(folder, 'office', 'server-id'), 'utf8')).trim()

    const known = {
      serverUrl: `https://198.51.100.77:${PORT}`,
      serverPin: listening?.['fingerprint'],
      serverId: id,
    }
    const client = spawn('here', process.execPath, [
      join(import.meta.dirname, '../support/discovery-client.ts'),
      ...[folder, JSON.stringify(known)],
    ])
    const heard = linesOf(client)
    const servers = () => heard.findLast(({ kind }) => kind === 'servers-found')?.['servers']
    await expect.poll(servers).toMatchObject([{ id, address: `${addresses.there}:${PORT}`, isPaired: true }])
    await expect
      .poll(() => heard)
      .toContainEqual({ kind: 'moved', url: `https://${addresses.there}:${PORT}` })

    await ended(server)
    await expect.poll(servers).toEqual([])
    await ended(client)

    // The same data folder with another address, and a stranger beside it.
    readdress('198.51.100.3')
    const [moved, stranger] = [start('office', PORT), start('stranger', '4811')]
    await Promise.all([moved, stranger].map(whenListening))
    const again = spawn('here', process.execPath, [
      join(import.meta.dirname, '../support/discovery-client.ts'),
      ...[folder, JSON.stringify({ ...known, serverUrl: `https://${addresses.there}:${PORT}` })],
    ])
    const found = linesOf(again)
    await expect
      .poll(() => found.findLast(({ kind }) => kind === 'servers-found')?.['servers'])
      .toHaveLength(2)
    await expect
      .poll(() => found.filter(({ kind }) => kind === 'moved'))
      .toEqual([{ kind: 'moved', url: `https://198.51.100.3:${PORT}` }])
    await Promise.all([moved, stranger, again].map(ended))
  })
})

it('an announcer is heard on its network, anew when it changes, and no longer once it is hidden', async () => {
  const loopback = ['127.0.0.1']
  const lines: string[] = []
  const names: string[] = []
  const announcer = new Announcer((line) => lines.push(line))
  const id = randomUUID()
  const announced = {
    id,
    fingerprint: 'a'.repeat(64),
    version: '1',
    host: 'servidor',
    port: 4810,
    addresses: loopback,
  }
  const isOurs = ({ txt }: RawService) => (txt as { id?: string } | undefined)?.id === id
  const listening = listenOn(() => loopback)({
    heard: (service) => isOurs(service) && names.push((service.txt as { name: string }).name),
    gone: (service) => isOurs(service) && names.push('gone'),
  })
  await announcer.show({ ...announced, office: 'Papelaria Ipê' })
  listening.ask()
  await expect.poll(() => names[0]).toBe('Papelaria Ipê')
  expect([announcer.state, lines]).toEqual(['on', []])

  await announcer.show({ ...announced, office: 'Padaria São José' })
  await expect.poll(() => names.at(-1)).toBe('Padaria São José')
  await announcer.hide()
  await expect.poll(() => names.at(-1)).toBe('gone')
  listening.stop()
})

it('an announcer that gets no network says so once and lets the server live', async () => {
  const lines: string[] = []
  const announcer = new Announcer((line) => lines.push(line))
  const announced = {
    id: 'x'.repeat(36),
    fingerprint: 'a'.repeat(64),
    version: '1',
    office: 'Ipê',
    host: 'servidor',
    port: 4810,
  }
  await announcer.show({ ...announced, addresses: [] })
  await announcer.show({ ...announced, port: 4811, addresses: [] })

  expect(announcer.state).toBe('failed')
  expect(lines).toEqual(["clients can't find this server by themselves: this machine has no network"])
  await announcer.hide()
  expect(announcer.state).toBe('off')
})
