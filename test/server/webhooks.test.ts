import { createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { keepHouse } from '../../server/housekeeping.ts'
import type { DeliveryPage, WebhookSecret } from '../../server/webhooks/contract.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { startReceiver, type Received, type Receiver } from '../support/receiver.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const MINUTE = 60_000
const RULE = { id: '018f0000-0000-7000-8000-000000000001', name: 'VIP parado' }

interface Office extends AsyncDisposable {
  clock: TestClock
  server: TestServer
  admin: Client
  supervisor: Client
  ticket: { id: string; number: string }
  webhook(receiver: Pick<Receiver, 'url'>, name?: string): Promise<WebhookSecret>
  /** As a rule does, in its transaction. */
  send(webhookId: string, key: string): Promise<void>
  /** Moves the clock and waits until all that then falls due is started. */
  pass(minutes: number): Promise<void>
}

async function startOffice(): Promise<Office> {
  const clock = aClock()
  const server = await startTestServer({ clock })
  const token = await server.setup()
  const admin = server.client(token)
  const boss = await server.join(token, { name: 'Sílvia', email: 'silvia@ipe.example', role: 'supervisor' })
  const ticket = await admin.tickets.create.mutate({
    subject: 'Caixa parado',
    body: 'O caixa 2 parou.',
    requester: { name: 'José Almeida' },
    channel: 'phone',
    tags: ['caixa', 'urgência'],
  })
  return {
    ...{ clock, server, admin, ticket },
    supervisor: server.client(boss.token),
    webhook: ({ url }, name = 'Painel') => admin.webhooks.create.mutate({ name, url }),
    send: (webhookId, key) => send(server, webhookId, key, ticket.id),
    async pass(minutes) {
      clock.advance({ minutes })
      await server.services.schedule.settled()
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const send = ({ services }: TestServer, webhookId: string, key: string, ticketId: string) =>
  services.store.write((tx) =>
    services.webhooks.send(tx, {
      webhookId,
      key,
      payload: { ticketId, trigger: 'ticket.created', rule: RULE },
    }),
  )

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 15_000, interval: 10 })
const idsOf = (received: readonly Received[]) =>
  received.map(({ body }) => (JSON.parse(body) as { id: string }).id)
const deliveries = async (api: Client, id: string) => (await api.webhooks.deliveries.query({ id })).items
/** The oldest first. */
const statesOf = async (api: Client, id: string) =>
  (await deliveries(api, id)).map(({ state }) => state).toReversed()

describe('a delivery', () => {
  it('tells of ticket and rule, and whoever holds the secret can tell that it is genuine', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver({ status: 200, body: '{"ok":true}' })
    const { admin, clock, ticket } = office
    const { webhook, secret } = await office.webhook(receiver)
    await office.send(webhook.id, 'regra:1')
    const [delivery] = await soon(async () => {
      const items = await deliveries(admin, webhook.id)
      expect(items[0]?.state).toBe('done')
      return items
    })
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    expect(JSON.parse(body)).toEqual({
      id: delivery?.id,
      type: 'rule.fired',
      at: '2026-03-09T12:00:00.000Z',
      trigger: 'ticket.created',
      rule: RULE,
      ticket: {
        id: ticket.id,
        number: ticket.number,
        subject: 'Caixa parado',
        status: { id: expect.any(String), key: 'new', name: 'Novo', class: 'new' },
        priority: { id: expect.any(String), key: 'normal', name: 'Normal' },
        team: null,
        agent: null,
        requester: { id: expect.any(String), name: 'José Almeida' },
        tags: ['caixa', 'urgência'],
      },
    })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^Balcao\/\d/),
      'balcao-delivery': delivery?.id,
      'balcao-event': 'rule.fired',
    })
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['balcao-signature'])) ?? []
    expect(Number(t)).toBe(clock.now() / 1_000)
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'))
    expect(delivery).toMatchObject({
      ...{ trigger: 'ticket.created', rule: RULE, ticket: { id: ticket.id, number: ticket.number } },
      attempts: 1,
      tries: [{ ok: true, status: 200, problem: null, message: '{"ok":true}' }],
    })
    expect(await admin.webhooks.list.query()).toMatchObject([{ state: 'ok', lastStatus: 200, waiting: 0 }])
  })

  it('tells of a ticket without tags as well, and a webhook without deliveries has an empty list', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { admin, server } = office
    const { webhook } = await office.webhook(receiver)
    expect(await admin.webhooks.deliveries.query({ id: webhook.id })).toEqual({ items: [], nextCursor: null })
    const plain = await admin.tickets.create.mutate({
      ...{ subject: 'Sem etiqueta', body: 'x', requester: { name: 'Rui' }, channel: 'phone' },
    })
    await send(server, webhook.id, 'um', plain.id)
    await soon(() => expect(receiver.received).toHaveLength(1))
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ ticket: { id: plain.id, tags: [] } })
  })

  it('pages through what there was, the newest first', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { webhook } = await office.webhook(receiver)
    const { id } = webhook
    for (const key of ['um', 'dois', 'três', 'quatro', 'cinco']) await office.send(id, key)
    await soon(() => expect(receiver.received).toHaveLength(5))
    const seen: string[] = []
    let cursor: number | null = null
    do {
      const page: DeliveryPage = await office.admin.webhooks.deliveries.query({ id, cursor, limit: 2 })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(idsOf(receiver.received).toReversed())
  })

  it('under the same key is made once', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { webhook } = await office.webhook(receiver)
    for (const key of ['um', 'um', 'dois']) await office.send(webhook.id, key)
    await soon(async () => expect(await statesOf(office.admin, webhook.id)).toEqual(['done', 'done']))
    expect(receiver.received).toHaveLength(2)
  })

  it('while the other side is down for an hour waits, and then comes once, in order, every try noted', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { admin } = office
    const { webhook } = await office.webhook(receiver)
    await receiver.down()
    const now = () => new Date(office.clock.now()).toISOString()
    const triesSoFar = async () => (await deliveries(admin, webhook.id)).flatMap(({ tries }) => tries)
    for (const key of ['um', 'dois', 'três']) await office.send(webhook.id, key)
    await soon(async () => expect(await triesSoFar()).toHaveLength(1))
    for (const [index, minutes] of [1.1, 5.5, 16.5, 33].entries()) {
      await office.pass(minutes)
      await soon(async () => expect(await triesSoFar()).toHaveLength(index + 2))
    }
    expect(await admin.webhooks.list.query()).toMatchObject([
      { state: 'failing', lastStatus: null, lastProblem: 'refused', waiting: 3, nextAt: expect.any(String) },
    ])
    const [failing] = await admin.webhooks.list.query()
    expect(failing?.nextAt && failing.nextAt > now()).toBe(true)
    expect(receiver.received).toEqual([])
    await receiver.up()
    await office.pass(66)
    await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['done', 'done', 'done']))
    const made = (await deliveries(admin, webhook.id)).toReversed()
    expect(idsOf(receiver.received)).toEqual(made.map(({ id }) => id))
    expect(made.map(({ attempts }) => attempts)).toEqual([6, 1, 1])
    expect(made[0]?.tries.map(({ ok, problem }) => [ok, problem])).toEqual([
      ...Array<unknown>(5).fill([false, 'refused']),
      [true, null],
    ])
    const instants = made[0]?.tries.map(({ at }) => Date.parse(at)) ?? []
    const distances = instants.slice(1).map((at, index) => (at - (instants[index] ?? 0)) / MINUTE)
    expect(distances.map((distance) => Math.round(distance))).toEqual([1, 6, 17, 33, 66])
  })

  it('after a day without success is given up with one alert to administrators, and can be sent by hand', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver({ status: 503, body: 'Em manutenção' })
    const { admin, supervisor } = office
    const { webhook } = await office.webhook(receiver)
    for (const key of ['um', 'dois']) await office.send(webhook.id, key)
    for (let tried = 1; tried <= 17; tried++) {
      await soon(() => expect(receiver.received.length).toBeGreaterThanOrEqual(tried))
      await soon(async () => expect((await deliveries(admin, webhook.id))[1]?.attempts).toBe(tried))
      if (tried < 17) await office.pass(133)
    }
    await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['dead', 'dead']))
    expect(await admin.webhooks.list.query()).toMatchObject([
      { state: 'dead', dead: 2, waiting: 0, lastStatus: 503 },
    ])
    const { items } = await admin.alerts.list.query({})
    expect(items).toMatchObject([
      {
        reason: 'job.dead',
        level: 1,
        data: { kind: 'webhook', name: 'Painel' },
        recipients: [{ name: 'Ana Souza' }],
      },
    ])
    expect((await supervisor.alerts.list.query({})).items).toEqual([])

    const [newest, oldest] = await deliveries(admin, webhook.id)
    expect(newest?.tries).toMatchObject([{ status: 503, problem: 'status', message: 'Em manutenção' }])
    receiver.reply = { status: 200 }
    const revived = await admin.webhooks.retry.mutate({ id: oldest?.id ?? '' })
    expect(revived).toMatchObject({ state: 'waiting', attempts: 17 })
    await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['done', 'dead']))
    expect(idsOf(receiver.received).at(-1)).toBe(oldest?.id)
    expect((await admin.alerts.list.query({})).items).toEqual([])
    expect((await refusal(admin.webhooks.retry.mutate({ id: oldest?.id ?? '' }))).reason).toBe('job.not_dead')

    expect(await admin.webhooks.retryAll.mutate({ id: webhook.id })).toEqual({ count: 1 })
    await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['done', 'done']))
  })

  it('answered with 410 is given up at once, and nothing more goes there until somebody sees to it', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver({ status: 410 })
    const { admin } = office
    const { webhook } = await office.webhook(receiver)
    for (const key of ['um', 'dois']) await office.send(webhook.id, key)
    await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['dead', 'dead']))
    expect(receiver.received).toHaveLength(1)
    expect(await admin.webhooks.list.query()).toMatchObject([{ state: 'gone', dead: 2 }])
    expect((await admin.alerts.list.query({})).items).toHaveLength(1)

    await using other = await startReceiver()
    await admin.webhooks.update.mutate({ id: webhook.id, version: 1, changes: { url: other.url } })
    await admin.webhooks.retryAll.mutate({ id: webhook.id })
    await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['done', 'done']))
    expect(other.received).toHaveLength(2)
    expect(await admin.webhooks.list.query()).toMatchObject([{ state: 'ok' }])
  })

  it('to somebody who never answers holds up no one else, and ends after ten seconds', async () => {
    await using office = await startOffice()
    await using silent = await startReceiver('silence')
    await using quick = await startReceiver()
    const { admin, clock } = office
    const slow = await office.webhook(silent, 'Lento')
    const fast = await office.webhook(quick, 'Rápido')
    await office.send(slow.webhook.id, 'lento')
    await soon(() => expect(silent.received).toHaveLength(1))
    for (const key of ['um', 'dois', 'três']) await office.send(fast.webhook.id, key)
    await soon(async () => expect(await statesOf(admin, fast.webhook.id)).toEqual(['done', 'done', 'done']))
    expect(await statesOf(admin, slow.webhook.id)).toEqual(['running'])
    clock.advance({ ms: 9_999 })
    expect(await statesOf(admin, slow.webhook.id)).toEqual(['running'])
    clock.advance({ ms: 1 })
    await soon(async () => expect(await statesOf(admin, slow.webhook.id)).toEqual(['waiting']))
    const [delivery] = await deliveries(admin, slow.webhook.id)
    expect(delivery?.tries).toMatchObject([{ ok: false, ms: 10_000, status: null, problem: 'timeout' }])
  })

  it('follows no redirect', async () => {
    await using office = await startOffice()
    await using elsewhere = await startReceiver()
    await using receiver = await startReceiver({ status: 307, headers: { location: elsewhere.url } })
    const { webhook } = await office.webhook(receiver)
    await office.send(webhook.id, 'um')
    const [delivery] = await soon(async () => {
      const items = await deliveries(office.admin, webhook.id)
      expect(items[0]?.attempts).toBe(1)
      return items
    })
    expect(delivery?.tries).toMatchObject([{ ok: false, status: 307, problem: 'redirect' }])
    expect(elsewhere.received).toEqual([])
  })

  it('whose answer is endless or broken off is one all the same', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver({ status: 200, body: Buffer.alloc(5_000_000, 'a') })
    const { webhook } = await office.webhook(receiver)
    await office.send(webhook.id, 'um')
    await soon(async () => expect(await statesOf(office.admin, webhook.id)).toEqual(['done']))
    const [delivery] = await deliveries(office.admin, webhook.id)
    expect(delivery?.tries[0]?.message).toBe('a'.repeat(500))
    receiver.reply = 'hang-up'
    await office.send(webhook.id, 'dois')
    await soon(async () => expect(await statesOf(office.admin, webhook.id)).toEqual(['done', 'waiting']))
    const [cut] = await deliveries(office.admin, webhook.id)
    expect(cut?.tries).toMatchObject([{ ok: false, status: null, problem: 'unreachable' }])
  })

  it('that was committed is made by the next start of the server, under the id that the first try had', async () => {
    await using receiver = await startReceiver('silence')
    const clock = aClock()
    const office = await startOffice()
    const { webhook } = await office.webhook(receiver)
    for (const key of ['um', 'dois']) await office.send(webhook.id, key)
    await soon(() => expect(receiver.received).toHaveLength(1))
    await office.server.stop()
    receiver.reply = { status: 200 }
    await using again = await startTestServer({ clock, dataDir: office.server.dataDir })
    await soon(() => expect(receiver.received).toHaveLength(3))
    const [first, retried, second] = idsOf(receiver.received)
    expect(retried).toBe(first)
    expect(second).not.toBe(first)
    await soon(async () => {
      const rows = await again.services.store.read.sql`SELECT state, attempts FROM job ORDER BY seq`
      expect(rows).toEqual([
        { state: 'done', attempts: 1 },
        { state: 'done', attempts: 1 },
      ])
    })
    await again.stop()
    await office[Symbol.asyncDispose]()
  })

  it('that ended a month ago is cleared away by housekeeping', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { webhook } = await office.webhook(receiver)
    await office.send(webhook.id, 'um')
    await soon(async () => expect(await statesOf(office.admin, webhook.id)).toEqual(['done']))
    await office.pass(31 * 24 * 60)
    await keepHouse(office.server.services)
    const { read } = office.server.services.store
    expect(await read.sql`SELECT 1 FROM job`).toEqual([])
    expect(await read.sql`SELECT 1 FROM job_try`).toEqual([])
  })
})

describe('a webhook', () => {
  it('shows its secret once when it is made and once when it is renewed, and then to nobody', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { admin, supervisor, server } = office
    const made = await office.webhook(receiver)
    const { id } = made.webhook
    const renewed = await admin.webhooks.rotateSecret.mutate({ id })
    expect(renewed.secret).not.toBe(made.secret)
    await office.send(id, 'um')
    await soon(async () => expect(await statesOf(admin, id)).toEqual(['done']))
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['balcao-signature'])) ?? []
    expect(v1).toBe(createHmac('sha256', renewed.secret).update(`${t}.${body}`).digest('hex'))

    const { read } = server.services.store
    const said = JSON.stringify([
      await admin.webhooks.list.query(),
      await supervisor.webhooks.list.query(),
      await deliveries(admin, id),
      await admin.webhooks.update.mutate({ id, changes: { name: 'Outro' } }),
      await admin.webhooks.archive.mutate({ id }),
      await read.sql`SELECT data FROM event`,
      await read.sql`SELECT response FROM command`,
      await read.sql`SELECT payload FROM job`,
    ])
    for (const { secret } of [made, renewed]) expect(said).not.toContain(secret)
  })

  it('is managed by administrators; a supervisor sees its name, to choose it in a rule, and not its address', async () => {
    await using office = await startOffice()
    const { supervisor } = office
    const { webhook } = await office.webhook({ url: 'https://exemplo.com/chave-secreta' })
    expect(await supervisor.webhooks.list.query()).toMatchObject([
      { id: webhook.id, name: 'Painel', url: null },
    ])
    const { id } = webhook
    for (const call of [
      () => supervisor.webhooks.create.mutate({ name: 'Meu', url: 'https://exemplo.com/' }),
      () => supervisor.webhooks.test.mutate({ id }),
      () => supervisor.webhooks.deliveries.query({ id }),
      () => supervisor.webhooks.rotateSecret.mutate({ id }),
    ])
      expect((await refusal(call())).reason).toBe('auth.forbidden')
  })

  it('has a name of its own, a web address, and edits that know what they were made on', async () => {
    await using office = await startOffice()
    const { admin } = office
    const url = 'https://exemplo.com/'
    const { webhook } = await office.webhook({ url })
    const { id } = webhook
    const refused = await refusal(admin.webhooks.create.mutate({ name: 'PAINEL', url }))
    expect(refused).toMatchObject({
      reason: 'webhooks.name_taken',
      fieldErrors: { name: ['webhooks.name_taken'] },
    })
    expect(
      await refusal(admin.webhooks.create.mutate({ name: 'Outro', url: 'ftp://exemplo.com' })),
    ).toMatchObject({
      fieldErrors: { url: ['webhooks.url_invalid'] },
    })
    expect(
      await refusal(admin.webhooks.create.mutate({ name: 'Outro', url: 'https://a:b@exemplo.com' })),
    ).toMatchObject({
      fieldErrors: { url: ['webhooks.url_credentials'] },
    })
    expect(
      await admin.webhooks.update.mutate({ id, version: 1, changes: { name: 'Painel novo' } }),
    ).toMatchObject({
      version: 2,
      name: 'Painel novo',
    })
    const late = await refusal(admin.webhooks.update.mutate({ id, version: 1, changes: { name: 'Outro' } }))
    expect(late).toMatchObject({ reason: 'webhook.changed_meanwhile', current: { name: 'Painel novo' } })
  })

  it('that is archived gets nothing, without an alarm, and its name is free', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver()
    const { admin } = office
    const { webhook } = await office.webhook(receiver)
    const { id } = webhook
    expect(await admin.webhooks.archive.mutate({ id })).toMatchObject({ archived: true })
    await office.send(id, 'um')
    await soon(async () => expect(await statesOf(admin, id)).toEqual(['dead']))
    expect(receiver.received).toEqual([])
    expect((await admin.alerts.list.query({})).items).toEqual([])
    expect((await refusal(admin.webhooks.retryAll.mutate({ id }))).reason).toBe('webhooks.archived')
    await office.webhook(receiver)
    expect((await refusal(admin.webhooks.restore.mutate({ id }))).reason).toBe('webhooks.name_taken')
  })

  it('is tested with a ping that is answered for at once, and that sets going what waits', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver({ status: 500, body: 'Erro' })
    const { admin } = office
    const { webhook, secret } = await office.webhook(receiver)
    const { id } = webhook
    expect(await admin.webhooks.test.mutate({ id })).toEqual({
      ...{ ok: false, status: 500, ms: 0, problem: 'status', message: 'Erro' },
    })
    await office.send(id, 'um')
    await soon(async () => expect((await deliveries(admin, id))[0]?.attempts).toBe(1))
    receiver.reply = { status: 200, body: 'pong' }
    expect(await admin.webhooks.test.mutate({ id })).toMatchObject({ ok: true, status: 200, message: 'pong' })
    await soon(async () => expect(await statesOf(admin, id)).toEqual(['done']))
    const ping = receiver.received[0]
    expect(ping?.headers['balcao-event']).toBe('ping')
    expect(JSON.parse(ping?.body ?? '')).toMatchObject({ type: 'ping', webhook: { id, name: 'Painel' } })
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(ping?.headers['balcao-signature'])) ?? []
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${ping?.body}`).digest('hex'))
  })

  it('whose test nobody answers says so after ten seconds; while several wait no more are begun', async () => {
    await using office = await startOffice()
    await using receiver = await startReceiver('silence')
    const { admin, clock } = office
    const { webhook } = await office.webhook(receiver)
    const { id } = webhook
    const tests = Array.from({ length: 4 }, () => admin.webhooks.test.mutate({ id }))
    await soon(() => expect(receiver.received).toHaveLength(4))
    expect((await refusal(admin.webhooks.test.mutate({ id }))).reason).toBe('webhooks.busy')
    clock.advance({ ms: 10_000 })
    for (const test of tests)
      expect(await test).toEqual({ ok: false, status: null, ms: 10_000, problem: 'timeout', message: null })
  })
})

it('a rule that fires tells its webhook, once, of the ticket as the rule left it', async () => {
  await using office = await startOffice()
  await using receiver = await startReceiver()
  const { admin } = office
  const { webhook } = await office.webhook(receiver)
  const rule = await admin.rules.create.mutate({
    name: 'Parado é urgente',
    on: ['ticket.created'],
    when: { all: [{ field: 'subject', op: 'contains', value: 'parado' }] },
    then: [
      { do: 'setPriority', value: 'urgent' },
      { do: 'addTags', value: ['nunca vista'] },
      { do: 'webhook', value: webhook.id },
    ],
    enabled: true,
  })
  const requester = { name: 'José Almeida' }
  for (const subject of ['Caixa parado', 'Toner acabou'])
    await admin.tickets.create.mutate({ subject, body: 'x', requester, channel: 'phone' })
  await soon(async () => expect(await statesOf(admin, webhook.id)).toEqual(['done']))
  expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    {
      type: 'rule.fired',
      trigger: 'ticket.created',
      rule: { id: rule.id, name: 'Parado é urgente' },
      ticket: { subject: 'Caixa parado', priority: { key: 'urgent' }, tags: ['nunca vista'] },
    },
  ])
})
