import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let clock: TestClock
let token: string
let ana: Client
let count: number

beforeEach(async () => {
  clock = aClock()
  server = await startTestServer({ clock })
  token = await server.setup()
  ana = server.client(token)
  count = 0
})
afterEach(async () => {
  await server.stop()
  await rm(server.dataDir, { recursive: true, force: true })
})

/** Another customer writes that the internet is down, in other words each time. */
async function call(parts: Partial<Parameters<Client['tickets']['create']['mutate']>[0]> = {}) {
  count += 1
  const wordings = [
    'A internet da loja caiu',
    'Internet caiu aqui na loja',
    'Loja com a internet caída: caiu de novo',
  ]
  const { id } = await ana.tickets.create.mutate({
    subject: 'Internet caiu na loja',
    body: `${wordings[count % wordings.length]}, o cartão não passa desde as ${count}h.`,
    requester: { name: `Cliente ${count}`, phone: `1198765${1000 + count}` },
    channel: 'phone',
    ...parts,
  })
  return id
}

async function calls(howMany: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < howMany; i += 1) {
    clock.advance({ minutes: 1 })
    ids.push(await call())
  }
  return ids
}

const floods = () => ana.floods.list.query()
const children = async (ticketId: string) =>
  (await ana.tickets.links.query({ ticketId })).children.map(({ id }) => id)
const told = async () =>
  (await ana.alerts.list.query({})).items.filter(({ reason }) => reason === 'flood.detected')

describe('a flood', () => {
  it('is found with the fifth ticket of the same within minutes, under the first of them, and told once', async () => {
    const [first, ...others] = await calls(4)
    expect(await floods()).toEqual([])
    await calls(3)
    expect(await floods()).toMatchObject([{ state: 'open', parent: { id: first }, count: 7, requesters: 7 }])
    expect(await told()).toHaveLength(1)
    expect((await told())[0]).toMatchObject({ severity: 'warning', ticketId: first })
    expect(await children(first ?? ''), 'it suggests and links nothing').toEqual([])
    expect(await ana.floods.ofTicket.query({ ticketId: others[0] ?? '' })).toMatchObject({ count: 7 })
  })

  it('takes several customers', async () => {
    const { id } = await ana.customers.create.mutate({ name: 'Insistente' })
    for (let i = 0; i < 6; i += 1) await call({ requester: { id } })
    expect(await floods()).toEqual([])
  })

  it('takes minutes, not a day', async () => {
    for (let i = 0; i < 6; i += 1) {
      await call()
      clock.advance({ minutes: 5 })
    }
    expect(await floods()).toEqual([])
  })

  it('is nothing in tickets about different matters', async () => {
    await calls(3)
    for (const subject of ['Boleto errado', 'Toner acabou', 'Senha bloqueada', 'Nota fiscal'])
      await call({ subject, body: `${subject} no setor financeiro` })
    expect(await floods()).toEqual([])
  })

  it('ends after a quiet hour, and the next one is another', async () => {
    await calls(5)
    clock.advance({ minutes: 61 })
    expect(await floods()).toEqual([])
    const [first] = await calls(5)
    expect(await floods()).toMatchObject([{ parent: { id: first }, count: 5 }])
  })

  it('survives a restart, and so do the tickets that are not one yet', async () => {
    const [first] = await calls(4)
    await server.stop()
    server = await startTestServer({ clock, dataDir: server.dataDir })
    ana = server.client(token)
    await calls(1)
    expect(await floods()).toMatchObject([{ parent: { id: first }, count: 5 }])
    await server.stop()
    server = await startTestServer({ clock, dataDir: server.dataDir })
    ana = server.client(token)
    await calls(2)
    expect(await floods()).toMatchObject([{ parent: { id: first }, count: 7 }])
    expect(await told()).toHaveLength(1)
  })
})

describe('people decide', () => {
  it('accepted, its tickets are gathered under the first, and so are those to come', async () => {
    const [first = '', ...others] = await calls(5)
    const [flood] = await floods()
    await ana.floods.accept.mutate({ id: flood?.id ?? '' })
    expect(await children(first)).toEqual(others)
    const later = await calls(2)
    expect(await children(first)).toEqual([...others, ...later])
    expect(await floods()).toMatchObject([{ state: 'accepted', count: 7 }])
    expect(await told(), 'nobody has to be told any more').toEqual([])
    await ana.floods.reopen.mutate({ id: flood?.id ?? '' })
    expect(await children(first), 'the decision can be taken back').toEqual([])
  })

  it('leaves alone what is part of another matter already', async () => {
    const [first = '', second = ''] = await calls(5)
    const other = await call({ subject: 'Reforma da rede', body: 'Projeto do anexo' })
    await ana.tickets.link.mutate({ parentId: other, childId: second })
    await ana.floods.accept.mutate({ id: (await floods())[0]?.id ?? '' })
    expect(await children(first)).toHaveLength(3)
    expect(await children(other)).toEqual([second])
  })

  it('dismissed, it is not brought up again', async () => {
    const [first = ''] = await calls(5)
    await ana.floods.dismiss.mutate({ id: (await floods())[0]?.id ?? '' })
    await calls(6)
    expect(await floods()).toEqual([])
    expect(await told()).toEqual([])
    expect(await ana.floods.ofTicket.query({ ticketId: first })).toBeNull()
  })

  it('is nothing to somebody who may not see its first ticket', async () => {
    const { id: teamId } = await ana.teams.create.mutate({ name: 'Deles' })
    const { token: other } = await server.join(token, { name: 'Bruno', email: 'bruno@ipe.example' })
    for (let i = 0; i < 5; i += 1) await call({ teamId })
    const open = await call()
    const bruno = server.client(other)
    expect(await floods()).toHaveLength(1)
    expect(await bruno.floods.list.query()).toEqual([])
    expect(await bruno.floods.ofTicket.query({ ticketId: open })).toBeNull()
  })
})
