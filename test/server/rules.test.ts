import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewRule } from '../../server/rules/contract.ts'
import { RuleEntity } from '../../server/rules/entities.ts'
import { startPromiseOffice, type PromiseOffice } from '../support/promise-office.ts'
import { at } from '../support/promise-story.ts'
import { refusal } from '../support/refusal.ts'
import type { Client } from '../support/server.ts'

let office: PromiseOffice
beforeEach(async () => {
  office = await startPromiseOffice()
})
afterEach(() => office[Symbol.asyncDispose]())

type Draft = Omit<Partial<NewRule>, 'after' | 'then'> & {
  then: Parameters<Client['rules']['create']['mutate']>[0]['then']
  after?: Parameters<Client['rules']['create']['mutate']>[0]['after']
}

/** Makes a rule and switches it on; answers its id. */
async function rule({ name = 'Regra', on = ['ticket.created'], ...draft }: Draft): Promise<string> {
  const { id } = await office.bruno.api.rules.create.mutate({ enabled: true, name, on, ...draft })
  return id
}
const detail = (id: string, api: Client = office.ana.api) => api.tickets.get.query({ id })
const trace = (ticketId: string, api: Client = office.ana.api) => api.rules.trace.query({ ticketId })
const ruleAlerts = async () => {
  const { items } = await office.ana.api.alerts.list.query({ scope: 'all' })
  return items.filter(({ reason }) => reason.startsWith('rule.'))
}
async function change(
  ticketId: string,
  changes: Parameters<Client['tickets']['update']['mutate']>[0]['changes'],
) {
  const { version } = await detail(ticketId)
  return office.carla.api.tickets.update.mutate({ ticketId, version, changes })
}
/** Breaks a rule where no check sees it, as another program might. */
const breakActions = (id: string, then: unknown[]) =>
  office.server.services.store.write(async (tx) => {
    await tx.db.update(RuleEntity, { id }, { actions: JSON.stringify(then) })
    office.server.services.ruleBook.changedIn(tx)
  })

describe('what a rule does', () => {
  it('is done when the ticket is first seen, and history names the rule', async () => {
    const id = await rule({
      name: 'Fiscal é urgente',
      when: { field: 'subject', op: 'contains', value: 'fiscal' },
      then: [
        { do: 'setPriority', value: 'urgent' },
        { do: 'addTags', value: ['Fiscal'] },
        { do: 'addNote', value: 'Nota da regra {{ rule.name }}.' },
      ],
    })
    const seen = await office.carla.api.tickets.create.mutate({
      ...{
        subject: 'Nota fiscal errada',
        body: 'Veio errada.',
        requester: { name: 'Rui' },
        channel: 'email',
      },
    })
    expect(seen).toMatchObject({ priority: { key: 'urgent' }, tags: [{ name: 'Fiscal' }] })
    const { timeline, messages } = await detail(seen.id)
    const actor = { type: 'rule', id, name: 'Fiscal é urgente' }
    expect(timeline.filter((event) => event.actor.type === 'rule')).toMatchObject([
      { type: 'ticket.updated', actor },
      { type: 'message.created', actor },
    ])
    expect(messages[1]).toMatchObject({
      kind: 'note',
      author: actor,
      text: 'Nota da regra Fiscal é urgente.',
    })
    expect((await office.ana.api.rules.list.query())[0]).toMatchObject({ id, firedCount: 1 })
  })

  it('fills fields of the office’s own, and sets a date in open hours for which history names the rule', async () => {
    await office.ana.api.fields.create.mutate({
      ...{ key: 'sector', name: 'Setor', kind: 'select' },
      options: [{ key: 'shop', name: 'Loja' }],
    })
    const id = await rule({
      name: 'Toner em um dia',
      when: { field: 'subject', op: 'contains', value: 'toner' },
      then: [
        { do: 'setField', value: { key: 'sector', value: 'shop' } },
        { do: 'setDue', value: { after: { minutes: 300, business: true } } },
      ],
    })
    const back = await rule({
      ...{ name: 'Resolvido não vence', on: ['ticket.updated'] },
      when: { field: 'status', op: 'changedTo', value: 'waiting' },
      then: [
        { do: 'setDue', value: null },
        { do: 'setField', value: { key: 'sector', value: null } },
      ],
    })
    const ticketId = await office.ticket()
    // Four hours until noon, and one after lunch.
    const dueAt = new Date(at('mon 14:30')).toISOString()
    const seen = await detail(ticketId)
    expect(seen).toMatchObject({ fields: { sector: 'shop' }, manualDueAt: dueAt })
    expect(seen.dueReason).toBe('Toner em um dia')
    expect(seen.timeline.find((event) => event.actor.type === 'rule')).toMatchObject({
      actor: { id, name: 'Toner em um dia' },
      data: {
        changes: {
          'fields.sector': { from: null, to: 'shop' },
          dueReason: { from: null, to: 'Toner em um dia' },
        },
      },
    })
    const verdicts = (await trace(ticketId)).flatMap(({ rules }) => rules)
    expect(verdicts.find(({ outcome }) => outcome === 'fired')?.changes).toEqual({
      'fields.sector': { from: null, to: 'shop' },
      dueAt: { from: null, to: dueAt },
    })
    await change(ticketId, { statusId: 'waiting' })
    expect(await detail(ticketId)).toMatchObject({ fields: {}, manualDueAt: null, dueReason: null })
    const rows = await office.ana.api.rules.list.query()
    expect(rows.find((row) => row.id === back)).toMatchObject({ firedCount: 1, enabled: true })
  })

  it('is never missing from what others read meanwhile', async () => {
    await rule({ then: [{ do: 'setPriority', value: 'urgent' }] })
    const api = office.ana.api
    let done = false
    const reading = (async () => {
      const seen = new Set<string | null>()
      while (!done)
        for (const { priority } of (await api.tickets.list.query({})).items) seen.add(priority.key)
      return seen
    })()
    await Promise.all(Array.from({ length: 20 }, () => office.ticket()))
    done = true
    expect([...(await reading)].filter((key) => key !== 'urgent')).toEqual([])
  })

  it('routes those of a tier to the senior team', async () => {
    const { id: senior } = await office.ana.api.teams.create.mutate({ name: 'Sênior' })
    await rule({
      when: { field: 'customer.tier', op: 'is', value: 'vip' },
      then: [{ do: 'setTeam', value: senior }],
    })
    const { id } = await office.ana.api.customers.create.mutate({ name: 'Vera', tier: 'vip' })
    const vip = await office.ticket({ requester: { id } })
    const other = await office.ticket()
    expect((await detail(vip)).team?.id).toBe(senior)
    expect((await detail(other)).team?.id).toBe(office.teamId)
  })

  it('is heard by rules that listen to changes, and answered in the same breath', async () => {
    await rule({ on: ['message.received'], then: [{ do: 'setStatus', value: 'open' }] })
    await rule({
      on: ['ticket.updated'],
      when: { field: 'status', op: 'changedTo', value: 'open' },
      then: [{ do: 'addTags', value: ['voltou'] }],
    })
    const id = await office.ticket()
    await office.customerWrites(id)
    expect(await detail(id)).toMatchObject({ status: { key: 'open' }, tags: [{ name: 'voltou' }] })
  })

  it('counts open hours and clocks along with it: what it changes moves promises', async () => {
    await rule({ then: [{ do: 'setStatus', value: 'resolved' }] })
    const id = await office.ticket()
    expect((await detail(id)).sla.map(({ status }) => status)).not.toContain('running')
  })

  it('is heard of by those whom it tells', async () => {
    await rule({
      name: 'VIP parado',
      then: [
        { do: 'notify', value: { to: ['agent'], text: 'Olhe {{ ticket.number }}' } },
        { do: 'raiseAlert', value: { severity: 'urgent', to: ['supervisors'], text: 'Urgente!' } },
      ],
    })
    const id = await office.ticket()
    const { number } = await detail(id)
    expect(await ruleAlerts()).toMatchObject([
      { reason: 'rule.raised', severity: 'urgent', data: { text: 'Urgente!', rule: 'VIP parado' } },
      { reason: 'rule.notified', severity: 'info', data: { text: `Olhe ${number}` } },
    ])
  })
})

it('other rooms do their part in the same breath: hands, reports, reminders, merges', async () => {
  const { webhook } = await office.ana.api.webhooks.create.mutate({
    name: 'ERP',
    url: 'https://erp.example/gancho',
  })
  const id = await rule({
    then: [
      { do: 'webhook', value: webhook.id },
      { do: 'remind', value: { after: { minutes: 30 }, to: ['agent'], text: 'Veja {{ ticket.number }}' } },
      { do: 'followUp', value: { after: { minutes: 60, business: true }, text: 'Alguma novidade?' } },
      { do: 'assign', value: { teamId: office.teamId } },
      { do: 'applySuggestion', value: { field: 'type', minConfidence: 0.9 } },
      { do: 'mergeInto', value: 'oldestOpenSameSubject' },
    ],
  })
  const first = await office.ticket({ agentId: null })
  const { requester } = await detail(first)
  const second = await office.ticket({ agentId: null, requester: { id: requester.id } })
  const { read } = office.server.services.store
  const jobs = await read.sql<unknown[]>`SELECT id FROM job`
  const reminders = await read.sql<{ kind: string; dueAt: number; createdById: string }[]>`
    SELECT kind, dueAt, createdById FROM reminder WHERE ticketId = ${first} ORDER BY kind`
  const start = office.clock.now()
  expect(jobs).toHaveLength(2)
  expect(reminders).toEqual([
    { kind: 'followUp', dueAt: start + 60 * 60_000, createdById: id },
    { kind: 'remind', dueAt: start + 30 * 60_000, createdById: id },
  ])
  const merged = (await trace(second))[0]?.rules[0]?.effects.map(({ type }) => type)
  expect(merged).toEqual(['webhook', 'remind', 'followUp', 'assign', 'mergeInto'])
  const [row] = await read.sql<{ mergedIntoId: string }[]>`
    SELECT mergedIntoId FROM ticket WHERE id = ${second}`
  expect(row?.mergedIntoId).toBe(first)
  expect(await ruleAlerts()).toEqual([])
})

describe('an automatic answer', () => {
  it('answers nobody: the customer still waits, and no promise is kept by it', async () => {
    await rule({ then: [{ do: 'reply', value: 'Recebemos, {{ customer.firstName }}.' }] })
    const id = await office.ticket()
    const { messages, waitingSince, sla } = await detail(id)
    expect(messages.at(-1)).toMatchObject({
      kind: 'public',
      author: { type: 'rule', name: 'Regra' },
      text: 'Recebemos, José.',
    })
    expect(waitingSince).not.toBeNull()
    expect(sla.find(({ metric }) => metric === 'firstResponse')?.status).toBe('running')
  })

  it('is nothing that rules listen to', async () => {
    await rule({ then: [{ do: 'reply', value: 'Recebemos.' }] })
    await rule({ on: ['message.sent'], then: [{ do: 'addTags', value: ['respondido'] }] })
    const id = await office.ticket()
    expect((await detail(id)).tags).toEqual([])
  })

  it('stops at ten in ten minutes, and those who look after the desk are told once', async () => {
    await rule({ on: ['message.received'], then: [{ do: 'reply', value: 'Recebemos.' }] })
    const id = await office.ticket()
    for (let n = 0; n < 13; n++) await office.customerWrites(id)
    const { messages, timeline } = await detail(id)
    expect(messages.filter(({ author }) => author.type === 'rule')).toHaveLength(10)
    expect(timeline.filter(({ type }) => type === 'rule.replies_capped')).toHaveLength(3)
    expect(await ruleAlerts()).toMatchObject([{ reason: 'rule.replies_capped', level: 1 }])
    office.clock.advance({ minutes: 11 })
    await office.customerWrites(id)
    expect((await detail(id)).messages.filter(({ author }) => author.type === 'rule')).toHaveLength(11)
  })

  it('stops at thirty for one customer, whatever their tickets', async () => {
    const { id } = await office.ana.api.customers.create.mutate({ name: 'Robô' })
    await rule({ then: [{ do: 'reply', value: 'Recebemos.' }] })
    const ids: string[] = []
    for (let n = 0; n < 32; n++) ids.push(await office.ticket({ requester: { id } }))
    expect(await ruleAlerts()).toMatchObject([{ reason: 'rule.replies_capped' }])
    const [last = '', first = ''] = [ids.at(-1), ids[29]]
    expect((await detail(first)).messages).toHaveLength(2)
    expect((await detail(last)).messages).toHaveLength(1)
  })
})

describe('a rule that fails', () => {
  it('undoes nothing that a person did, is switched off, and is told of', async () => {
    const sound = await rule({ name: 'Sã', then: [{ do: 'addTags', value: ['visto'] }] })
    const id = await rule({ name: 'Quebrada', then: [{ do: 'addNote', value: 'Não fica' }] })
    await breakActions(id, [
      { do: 'addNote', value: 'Não fica' },
      { do: 'setTeam', value: office.calendarId },
    ])
    const ticketId = await office.ticket()
    const { tags, messages, timeline } = await detail(ticketId)
    expect(tags.map(({ name }) => name)).toEqual(['visto'])
    expect(messages).toHaveLength(1)
    expect(timeline.find(({ type }) => type === 'rule.failed')?.data).toMatchObject({
      ruleId: id,
      reason: 'ticket.unknown_choice',
    })
    expect(
      (await office.ana.api.rules.list.query()).map((one) => [one.id, one.enabled, one.fault?.reason]),
    ).toEqual([
      [sound, true, undefined],
      [id, false, 'ticket.unknown_choice'],
    ])
    expect(await ruleAlerts()).toMatchObject([{ reason: 'rule.failed', data: { rule: 'Quebrada' } }])
    const [look] = await trace(ticketId)
    expect(look?.rules.map(({ outcome }) => outcome)).toEqual(['fired', 'failed'])
    await office.ticket()
    expect(await ruleAlerts()).toHaveLength(1)
  })

  it('takes with it what it had begun: a text that can’t be filled in leaves no half of its work', async () => {
    const id = await rule({ name: 'Texto', then: [{ do: 'setPriority', value: 'urgent' }] })
    await breakActions(id, [
      { do: 'setPriority', value: 'urgent' },
      { do: 'reply', value: '{{ nada.disso }}' },
    ])
    const ticket = await detail(await office.ticket())
    expect(ticket.priority.key).toBe('normal')
    expect(ticket.messages).toHaveLength(1)
    expect(await ruleAlerts()).toMatchObject([{ data: { reason: 'template.unknown_variable' } }])
  })

  it('is one that can’t be read: it does nothing, and the others run', async () => {
    const id = await rule({ then: [{ do: 'setPriority', value: 'urgent' }] })
    await rule({ then: [{ do: 'addTags', value: ['visto'] }] })
    await breakActions(id, [{ do: 'dance' }])
    expect((await office.server.services.ruleBook.current()).unreadable).toEqual([id])
    expect(await detail(await office.ticket())).toMatchObject({
      priority: { key: 'normal' },
      tags: [{ name: 'visto' }],
    })
  })
})

it('two rules that fight are stopped, and told of once a day', async () => {
  const up = await rule({
    name: 'Sobe',
    on: ['ticket.updated'],
    when: { field: 'priority', op: 'is', value: 'normal' },
    then: [{ do: 'setPriority', value: 'high' }],
  })
  const down = await rule({
    name: 'Desce',
    on: ['ticket.updated'],
    when: { field: 'priority', op: 'is', value: 'high' },
    then: [{ do: 'setPriority', value: 'normal' }],
  })
  const id = await office.ticket()
  await change(id, { subject: 'Outro assunto' })
  await change(id, { subject: 'Mais um' })
  expect(await ruleAlerts()).toMatchObject([{ reason: 'rule.loop', data: { rules: ['Sobe', 'Desce'] } }])
  expect((await trace(id))[0]?.loops).toEqual([up, down])
  expect((await detail(id)).timeline.filter(({ type }) => type === 'rule.loop')).toHaveLength(1)
  office.clock.advance({ days: 1 })
  await change(id, { subject: 'No outro dia' })
  expect(await ruleAlerts()).toHaveLength(2)
})

describe('rules hear of promises', () => {
  it('of a missed one, while nobody touches the ticket, and once', async () => {
    await rule({
      on: ['sla.breached'],
      then: [
        { do: 'addTags', value: ['vencido'] },
        { do: 'addNote', value: 'Venceu.' },
      ],
    })
    const id = await office.ticket()
    await office.until('mon 09:30')
    const { tags, messages } = await detail(id)
    expect(tags.map(({ name }) => name)).toEqual(['vencido'])
    expect(messages.filter(({ kind }) => kind === 'note')).toHaveLength(1)
    expect((await trace(id))[0]).toMatchObject({ trigger: 'sla.breached', actor: { type: 'system' } })
  })

  it('of one that whoever touches the ticket finds missed', async () => {
    await rule({ on: ['sla.breached'], then: [{ do: 'addTags', value: ['vencido'] }] })
    const id = await office.ticket()
    await office.server.services.schedule.stop()
    office.clock.advance({ minutes: 90 })
    await office.customerWrites(id)
    expect((await detail(id)).tags.map(({ name }) => name)).toEqual(['vencido'])
  })

  it('of what an escalation changes', async () => {
    const [policy] = await office.ana.api.sla.policies.list.query()
    await office.ana.api.sla.policies.update.mutate({
      id: policy?.id ?? '',
      changes: {
        escalations: [
          {
            ...{ metric: 'firstResponse', atPercent: 50, notify: [] },
            actions: [{ do: 'setPriority', value: 'high' }],
          },
        ],
      },
    })
    await office.server.services.recompute.settled()
    await rule({
      on: ['ticket.updated'],
      when: { field: 'priority', op: 'changedTo', value: 'high' },
      then: [{ do: 'addTags', value: ['subiu'] }],
    })
    await rule({ on: ['sla.warning'], then: [{ do: 'addTags', value: ['aviso'] }] })
    const id = await office.ticket()
    await office.until('mon 08:31')
    expect(await detail(id)).toMatchObject({ priority: { key: 'high' } })
    expect((await detail(id)).tags.map(({ name }) => name).sort()).toEqual(['aviso', 'subiu'])
  })
})

describe('why', () => {
  it('is told of each rule, with what the ticket held then', async () => {
    const fired = await rule({
      name: 'Toner',
      when: { all: [{ field: 'subject', op: 'contains', value: 'toner' }] },
      then: [{ do: 'setPriority', value: 'high' }],
    })
    const after = await rule({
      name: 'Depois',
      when: { field: 'priority', op: 'is', value: 'normal' },
      then: [{ do: 'addTags', value: ['x'] }],
    })
    const deaf = await rule({ on: ['note.added'], then: [{ do: 'addTags', value: ['y'] }] })
    const words = await rule({
      when: { field: 'message', op: 'contains', value: 'boleto' },
      then: [{ do: 'addTags', value: ['z'] }],
    })
    const id = await office.ticket()
    await office.ana.api.rules.archive.mutate({ id: fired })
    await change(id, { subject: 'Já não diz nada' })
    const looks = await trace(id)
    const { priorities } = await office.ana.api.catalog.get.query()
    const high = priorities.find(({ key }) => key === 'high')?.id
    expect(looks).toHaveLength(1)
    expect(looks[0]).toMatchObject({
      trigger: 'ticket.created',
      actor: { type: 'agent', name: 'Carla Dias' },
      rules: [
        {
          ...{ ruleId: fired, name: 'Toner', outcome: 'fired' },
          conditions: [{ path: 'all.0', field: 'subject', held: 'Toner não chegou', ok: true }],
          changes: { priorityId: { to: high } },
        },
        { ruleId: after, outcome: 'unmatched', conditions: [{ held: high, ok: false }] },
        { ruleId: deaf, outcome: 'unheard', conditions: [] },
        { ruleId: words, outcome: 'unmatched', conditions: [{ held: 'Pedi na segunda e nada.', ok: false }] },
      ],
    })
  })

  it('is told of rules that still wait, and of what they did once their time has come', async () => {
    const id = await rule({
      name: 'Parado',
      on: ['time'],
      when: { field: 'status', op: 'is', value: 'new' },
      after: { minutes: 30 },
      then: [{ do: 'setPriority', value: 'high' }],
    })
    await rule({ then: [{ do: 'addTags', value: ['visto'] }] })
    await rule({
      on: ['ticket.updated'],
      when: { field: 'priority', op: 'changedTo', value: 'high' },
      then: [{ do: 'addTags', value: ['subiu'] }],
    })
    await office.server.services.timeRules.scan.settled()
    const ticketId = await office.ticket()
    expect((await trace(ticketId))[0]?.rules[0]).toMatchObject({ ruleId: id, outcome: 'waiting' })
    await office.until('mon 08:31')
    const [look] = await trace(ticketId)
    expect(look).toMatchObject({ trigger: 'time', actor: { type: 'system' } })
    expect(look?.rules.map(({ outcome }) => outcome)).toEqual(['fired', 'unheard', 'fired'])
    expect((await detail(ticketId)).tags.map(({ name }) => name).sort()).toEqual(['subiu', 'visto'])
  })

  it('copies no message, and is nobody’s who may not see the ticket', async () => {
    await rule({
      when: { field: 'message', op: 'contains', value: 'segunda' },
      then: [{ do: 'addTags', value: ['x'] }],
    })
    const id = await office.ticket()
    const rows = await office.server.services.store.read.sql<{ facts: string }[]>`SELECT facts FROM rule_run`
    expect(JSON.stringify(rows)).not.toContain('segunda')
    const dora = await office.server.join(office.ana.token, { name: 'Dora', email: 'dora@ipe.example' })
    expect(await refusal(trace(id, office.server.client(dora.token)))).toMatchObject({
      reason: 'ticket.not_found',
    })
  })

  it('shows nobody what is gathered from tickets that they may not see', async () => {
    await rule({
      when: { field: 'customer.openTickets', op: 'gt', value: '0' },
      then: [{ do: 'addTags', value: ['x'] }],
    })
    const id = await office.ticket()
    const heldBy = async (api: Client) => (await trace(id, api))[0]?.rules[0]?.conditions[0]?.held
    expect(await heldBy(office.bruno.api)).toBe(0)
    expect(await heldBy(office.carla.api)).toBeNull()
  })

  it('can be asked for ninety days', async () => {
    await rule({ then: [{ do: 'addTags', value: ['x'] }] })
    const id = await office.ticket()
    const { ruleTraces } = office.server.services
    await ruleTraces.sweep(office.clock.now() + 89 * 86_400_000)
    expect(await trace(id)).toHaveLength(1)
    await ruleTraces.sweep(office.clock.now() + 91 * 86_400_000)
    expect(await trace(id)).toEqual([])
    await office.ticket()
  })
})

it('what an act gave rise to is done once, also when the act is asked for again', async () => {
  await rule({ on: ['message.sent'], then: [{ do: 'addNote', value: 'Respondido.' }] })
  const ticketId = await office.ticket()
  const id = crypto.randomUUID()
  const reply = () => office.carla.api.tickets.reply.mutate({ ticketId, id, kind: 'public', body: 'Já vai.' })
  await reply()
  await reply()
  expect((await detail(ticketId)).messages.filter(({ kind }) => kind === 'note')).toHaveLength(1)
})
