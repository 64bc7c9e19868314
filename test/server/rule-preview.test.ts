import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ruleDefinitionSchema, type PreviewMatch, type RuleDefinition } from '../../server/rules/contract.ts'
import { newId } from '../../server/ids.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { at } from '../support/promise-story.ts'
import { startRuleOffice, type RuleOffice } from '../support/rule-office.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

/** An office as it was before anything happened; every test goes on with a copy of its folder. */
let office: RuleOffice
let folder: string
beforeAll(async () => {
  office = await startRuleOffice()
  await office.ana.api.fields.create.mutate({
    ...{ key: 'sector', name: 'Setor', kind: 'select' },
    options: [
      { key: 'shop', name: 'Loja' },
      { key: 'stock', name: 'Estoque' },
    ],
  })
  await office.server.stop()
  folder = office.server.dataDir
})
afterAll(() => office[Symbol.asyncDispose]())

interface Desk {
  server: TestServer
  clock: TestClock
  carla: Client
  bruno: Client
  settled(): Promise<void>
}

async function aCopy(): Promise<Desk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'balcao-copy-'))
  await cp(folder, dataDir, { recursive: true })
  const clock = aClock(at('mon 08:00'))
  const server = await startTestServer({ clock, dataDir })
  onTestFinished(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    ...{ server, clock },
    carla: server.client(office.carla.token),
    bruno: server.client(office.bruno.token),
    async settled() {
      await server.services.timeRules.scan.settled()
      await server.services.schedule.settled()
    },
  }
}

const [printer, doubt, call] = [newId(), newId(), newId()]

/** A week of work with three tickets. */
async function play({ server, clock, carla, settled }: Desk): Promise<void> {
  /** In steps, so that what falls due on the way is done at its time. */
  const until = async (when: string) => {
    while (clock.time < at(when)) {
      clock.advance({ minutes: 10 })
      await settled()
    }
  }
  const open = (id: string, subject: string, body: string, more: object = {}) =>
    carla.tickets.create.mutate({
      ...{ id, subject, body, requester: { name: 'José Almeida' }, channel: 'email', teamId: office.teamId },
      ...more,
    })
  const change = async (
    ticketId: string,
    changes: Parameters<Client['tickets']['update']['mutate']>[0]['changes'],
  ) => {
    const { version } = await carla.tickets.get.query({ id: ticketId })
    await carla.tickets.update.mutate({ ticketId, version, changes })
  }
  const say = (ticketId: string, body: string, statusId?: string) =>
    carla.tickets.reply.mutate({ ticketId, kind: 'public', body, ...(statusId && { statusId }) })
  const hear = (ticketId: string, text: string) =>
    server.services.tickets.receive({ type: 'agent', id: office.carla.id }, { ticketId, text })

  await until('mon 08:30')
  await open(printer, 'Impressora fiscal', 'O caixa está PARADO desde cedo.')
  await until('mon 08:40')
  await open(doubt, 'Como troco a senha?', 'Não achei o botão.', { tags: ['senha'], urgency: 'low' })
  await until('mon 09:00')
  await change(printer, { priorityId: 'low', agentId: office.carla.id })
  await until('mon 09:10')
  await say(printer, 'Já vou olhar.', 'waiting')
  await until('mon 09:20')
  await hear(doubt, 'Agora ficou tudo parado.')
  await until('mon 09:30')
  await change(doubt, {
    ...{ tags: ['senha', 'acesso'], urgency: 'high', impact: 'high' },
    fields: { sector: 'shop' },
  })
  await until('mon 14:00')
  await open(call, 'Ligar de volta', 'Nada parado, só uma dúvida.', { bodyKind: 'note', channel: 'phone' })
  await until('mon 15:00')
  await say(doubt, 'Segue o link.', 'waiting')
  await until('tue 10:00')
  await hear(printer, 'Voltou a imprimir.')
  await until('tue 10:30')
  await say(printer, 'Que bom!', 'resolved')
  await until('tue 11:00')
  await carla.tickets.reply.mutate({ ticketId: doubt, kind: 'note', body: 'Parado? Não parece.' })
  await until('wed 12:00')
  await change(doubt, { statusId: 'open' })
  await until('fri 18:00')
}

const rules: Record<string, unknown> = {
  'a word in what customers write': {
    on: ['ticket.created', 'message.received'],
    when: { field: 'message', op: 'containsWord', value: 'parado' },
    then: [
      { do: 'setPriority', value: 'urgent' },
      { do: 'addTags', value: ['parada'] },
      { do: 'addNote', value: 'Parou: {{ ticket.subject }} ({{ customer.firstName }})' },
      {
        do: 'raiseAlert',
        value: { severity: 'urgent', to: ['supervisors'], text: '{{ ticket.number }} {{ ticket.priority }}' },
      },
    ],
  },
  'a change of priority': {
    on: ['ticket.updated'],
    when: {
      all: [
        { field: 'priority', op: 'changed' },
        { field: 'agent', op: 'notEmpty' },
      ],
    },
    then: [
      { do: 'setPriority', value: 'high' },
      {
        do: 'followUp',
        value: { after: { minutes: 600, business: true }, text: 'Deu certo, {{ customer.firstName }}?' },
      },
    ],
  },
  'an answer that leaves it to the customer': {
    on: ['message.sent'],
    when: { field: 'statusClass', op: 'is', value: 'waiting' },
    then: [
      { do: 'setType', value: 'incident' },
      { do: 'removeTags', value: ['senha'] },
      { do: 'setField', value: { key: 'sector', value: 'stock' } },
      { do: 'setDue', value: { after: { minutes: 600, business: true } } },
    ],
  },
  'a customer who keeps silent for two hours': {
    on: ['time'],
    when: { field: 'statusClass', op: 'is', value: 'waiting' },
    after: { minutes: 120, business: true, since: 'status' },
    then: [
      { do: 'reply', value: 'Conseguiu?' },
      { do: 'addTags', value: ['lembrado'] },
    ],
  },
  'a ticket that lies open for four hours': {
    on: ['time'],
    when: { field: 'statusClass', op: 'in', value: ['new', 'open'] },
    after: { minutes: 240, since: 'state' },
    then: [
      { do: 'setPriority', value: 'high' },
      { do: 'notify', value: { to: ['team'], text: 'Ainda aberto' } },
    ],
  },
}

const draft = (rule: unknown) => ({ name: 'Regra', ...(rule as object) }) as RuleDefinition

type Did = Pick<PreviewMatch, 'ticketId' | 'trigger' | 'at' | 'effects'> & { changes: object }
const inOrder = (all: Did[]) =>
  all
    .map(({ ticketId, trigger, at: when, changes, effects }) => ({
      ticketId,
      trigger,
      at: when,
      changes,
      effects,
    }))
    .sort((a, b) => a.at.localeCompare(b.at) || a.ticketId.localeCompare(b.ticketId))

/** What the rule really did, as every ticket tells it. */
async function didFor({ bruno }: Desk, ruleId: string): Promise<Did[]> {
  const all: Did[] = []
  for (const ticketId of [printer, doubt, call]) {
    const items = await bruno.rules.trace.query({ ticketId, limit: 100 })
    for (const { at: when, trigger, rules: verdicts } of items)
      for (const verdict of verdicts)
        if (verdict.ruleId === ruleId && verdict.outcome === 'fired')
          all.push({ ticketId, trigger, at: when, changes: verdict.changes, effects: verdict.effects })
  }
  return all.filter(({ changes, effects }) => Object.keys(changes).length + effects.length > 0)
}

describe('a preview of the past tells what the rule then does:', () => {
  it.each(Object.keys(rules))('%s', async (name) => {
    const rule = draft(rules[name])
    const live = await aCopy()
    const { id } = await live.bruno.rules.create.mutate({ ...rule, enabled: true })
    await play(live)
    const did = inOrder(await didFor(live, id))
    expect(did.length).toBeGreaterThan(0)

    const past = await aCopy()
    await play(past)
    const preview = await past.bruno.rules.preview.query({ rule, days: 30 })
    expect(inOrder(preview.matched)).toEqual(did)
    expect(preview.total).toBe(did.length)
  })
})

describe('a preview', () => {
  it('changes nothing at all, and counts what it would have done', async () => {
    const desk = await aCopy()
    await play(desk)
    const { read } = desk.server.services.store
    const everything = async () => {
      const tables = await read.sql<{ name: string }[]>`
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      const counts = tables.map(async ({ name }) => {
        const [row] = await read.sql<{ count: number }[]>`SELECT count(*) AS count FROM ${() => name}`
        return [name, row?.count ?? 0] as const
      })
      const [head] = await read.sql<{ seq: number }[]>`SELECT max(seq) AS seq FROM event`
      return { head, counts: await Promise.all(counts) }
    }
    const before = await everything()
    const preview = await desk.bruno.rules.preview.query({
      rule: draft(rules['a word in what customers write']),
      days: 30,
      limit: 1,
    })
    expect(preview).toMatchObject({ total: 3, tickets: 3, counts: { changed: 3, note: 3, alert: 3 } })
    expect(preview.matched).toHaveLength(1)
    expect(await everything()).toEqual(before)
  })

  it('knows nothing of what was before its days', async () => {
    const desk = await aCopy()
    await play(desk)
    desk.clock.advance({ days: 3 })
    const rule = draft(rules['a word in what customers write'])
    expect(await desk.bruno.rules.preview.query({ rule, days: 3 })).toMatchObject({ total: 0, events: 0 })
  })

  it('names tickets on which the rule would go on and on', async () => {
    const desk = await aCopy()
    await play(desk)
    const rule = draft({
      on: ['ticket.created', 'message.received', 'message.sent', 'note.added', 'ticket.updated'],
      when: null,
      then: [{ do: 'addNote', value: 'De novo' }],
    })
    await desk.carla.tickets.reply.mutate({ ticketId: doubt, kind: 'note', body: 'Um' })
    await desk.carla.tickets.reply.mutate({ ticketId: doubt, kind: 'note', body: 'Dois' })
    const { loops } = await desk.bruno.rules.preview.query({ rule, days: 30 })
    expect(loops).toMatchObject([{ ticketId: doubt, times: 2 }])
  })

  it('that is called off ends its thread', async () => {
    const desk = await aCopy()
    await play(desk)
    const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length
    const before = threads()
    const stop = new AbortController()
    const running = desk.server.services.rulePreviews.preview(
      { agentId: office.bruno.id } as never,
      {
        rule: ruleDefinitionSchema.parse(draft(rules['a word in what customers write'])),
        ...{ days: 30, limit: 10, runId: newId() },
      },
      stop.signal,
    )
    await expect.poll(threads).toBeGreaterThan(before)
    stop.abort()
    await expect(running).rejects.toMatchObject({ reason: 'rule.preview_stopped' })
    await expect.poll(threads).toBe(before)
  })

  it('is one at a time for each who asks: another ends the last', async () => {
    const desk = await aCopy()
    const ask = () =>
      desk.bruno.rules.preview.query({ rule: draft(rules['a change of priority']), days: 30 }).then(
        () => 'answered',
        ({ data }: { data: { reason: string } }) => data.reason,
      )
    const answers = await Promise.all([ask(), ask()])
    expect(answers.toSorted()).toEqual(['answered', 'rule.preview_stopped'])
  })
})
