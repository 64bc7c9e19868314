import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewRule } from '../../server/rules/contract.ts'
import { newId } from '../../server/ids.ts'
import { startPromiseOffice, type PromiseOffice } from '../support/promise-office.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer } from '../support/server.ts'
import type { Client } from '../support/server.ts'

let office: PromiseOffice
let rules: Client['rules']
beforeAll(async () => {
  office = await startPromiseOffice()
  rules = office.bruno.api.rules
  const { fields } = office.ana.api
  await fields.create.mutate({ key: 'serial', name: 'Número de série', kind: 'text' })
  await fields.create.mutate({ key: 'cost', name: 'Custo', kind: 'number' })
  const { id } = await fields.create.mutate({
    ...{ key: 'sector', name: 'Setor', kind: 'select' },
    options: [
      { key: 'shop', name: 'Loja' },
      { key: 'depot', name: 'Depósito' },
    ],
  })
  await fields.update.mutate({ id, changes: { options: [{ key: 'shop', name: 'Loja' }] } })
})
afterAll(() => office[Symbol.asyncDispose]())

type Draft = Omit<Partial<NewRule>, 'after'> & {
  after?: Partial<NonNullable<NewRule['after']>> & { minutes: number }
}
const draft = (parts: Draft = {}) => ({
  name: 'Regra',
  on: ['ticket.created'] as NewRule['on'],
  then: [{ do: 'setPriority', value: 'high' }] as NewRule['then'],
  ...parts,
})
const setField = (key: string, value: string | null) => ({ do: 'setField', value: { key, value } }) as const
const create = (parts: Draft = {}) => rules.create.mutate(draft(parts))

describe('a rule that can’t be kept is refused at the field that is wrong', () => {
  const high = { do: 'setPriority', value: 'high' } as const
  const late = { on: ['time'], after: { minutes: 60 } } satisfies Draft
  it.each<[string, Draft, string, string]>([
    ['time with others', { ...late, on: ['time', 'ticket.created'] }, 'on', 'rule.time_alone'],
    ['time without a wait', { on: ['time'] }, 'after', 'rule.after_missing'],
    ['a wait without time', { after: { minutes: 5 } }, 'after', 'rule.after_unfit'],
    [
      'a state that moves with the clock',
      { ...late, when: { field: 'age', op: 'gt', value: '60' } },
      'when.field',
      'rule.condition_moves_with_time',
    ],
    [
      'a state that asks for a change',
      { ...late, when: { all: [{ field: 'status', op: 'changed' }] } },
      'when.all.0.field',
      'rule.condition_moves_with_time',
    ],
    [
      'a state that asks for a message',
      { ...late, when: { field: 'message', op: 'contains', value: 'x' } },
      'when.field',
      'rule.condition_moves_with_time',
    ],
    [
      'what nobody can match',
      {
        when: {
          all: [
            { field: 'priority', op: 'is', value: 'high' },
            { field: 'priority', op: 'is', value: 'low' },
          ],
        },
      },
      'when',
      'filter.matches_nothing',
    ],
    ['an empty group', { when: { any: [] } }, 'when', 'filter.matches_nothing'],
    [
      'a condition on a row that is not there',
      { when: { field: 'team', op: 'is', value: 'ninguém' } },
      'when.value',
      'filter.value_unknown',
    ],
    [
      'an action with a row that is not there',
      { then: [high, { do: 'setTeam', value: newId() }] },
      'then.1.value',
      'rule.unknown_choice',
    ],
    [
      'a custom field that is not there',
      { then: [setField('shoe_size', '38')] },
      'then.0.value.key',
      'rule.unknown_choice',
    ],
    [
      'a value that is not of the field’s kind',
      { then: [setField('cost', 'barato')] },
      'then.0.value.value',
      'fields.value_unfit',
    ],
    [
      'an option that is not there',
      { then: [setField('sector', 'roof')] },
      'then.0.value.value',
      'rule.unknown_choice',
    ],
    [
      'a retired option',
      { then: [high, setField('sector', 'depot')] },
      'then.1.value.value',
      'rule.retired_choice',
    ],
    [
      'a date by a calendar that is not there',
      { then: [{ do: 'setDue', value: { after: { minutes: 5, business: true, calendarId: newId() } } }] },
      'then.0.value.after.calendarId',
      'calendar.not_found',
    ],
    [
      'a webhook that is not there',
      { then: [{ do: 'webhook', value: newId() }] },
      'then.0.value',
      'rule.unknown_choice',
    ],
    [
      'somebody to tell who is not there',
      { then: [{ do: 'notify', value: { to: ['team', newId()], text: 'Oi' } }] },
      'then.0.value.to.1',
      'rule.unknown_choice',
    ],
    [
      'a calendar that is not there',
      { ...late, after: { minutes: 5, business: true, calendarId: newId() } },
      'after.calendarId',
      'calendar.not_found',
    ],
    [
      'a text with an unknown variable',
      { then: [{ do: 'reply', value: 'Olá {{ customer.shoeSize }}' }] },
      'then.0.value',
      'rule.template_unknown_variable',
    ],
    [
      'a text that can’t be read',
      { then: [{ do: 'addNote', value: '{% if %}' }] },
      'then.0.value',
      'template.syntax',
    ],
  ])('%s', async (_, parts, field, reason) => {
    const data = await refusal(create(parts))
    expect(data).toMatchObject({ code: 'BAD_REQUEST', reason, fieldErrors: { [field]: [reason] } })
  })

  it('and says which variable is meant', async () => {
    const then: NewRule['then'] = [{ do: 'reply', value: '{{ customer.shoeSize }}' }]
    expect(await refusal(create({ then }))).toMatchObject({ name: 'customer.shoeSize' })
  })

  it('counting open hours takes a calendar', async () => {
    await using bare = await startTestServer()
    const api = bare.client(await bare.setup())
    for (const { id } of await api.calendars.list.query()) await api.calendars.archive.mutate({ id })
    const due = draft({ then: [{ do: 'setDue', value: { after: { minutes: 5, business: true } } }] })
    expect(await refusal(api.rules.create.mutate(due))).toMatchObject({
      fieldErrors: { 'then.0.value.after.business': ['rule.calendar_missing'] },
    })
    const wait = draft({ on: ['time'], after: { minutes: 5, business: true } })
    expect(await refusal(api.rules.create.mutate(wait))).toMatchObject({
      fieldErrors: { 'after.business': ['rule.calendar_missing'] },
    })
  })
})

describe('a rule', () => {
  it('is a draft until it is switched on, and the same id makes it once', async () => {
    const id = newId()
    const first = await create({ id } as Draft)
    const again = await create({ id } as Draft)
    expect(again).toEqual(first)
    expect(first).toMatchObject({
      id,
      enabled: false,
      version: 1,
      archived: false,
      firedCount: 0,
      waiting: 0,
    })
    expect(await rules.setEnabled.mutate({ id, enabled: true })).toMatchObject({ enabled: true, version: 2 })
  })

  it('stands by rows’ ids, whatever they were named by', async () => {
    const { priorities } = await office.ana.api.catalog.get.query()
    const high = priorities.find(({ key }) => key === 'high')?.id
    const kept = await create({ when: { field: 'priority', op: 'in', value: ['high'] } })
    expect(kept).toMatchObject({
      when: { field: 'priority', op: 'in', value: [high] },
      then: [{ do: 'setPriority', value: high }],
    })
  })

  it('that somebody else changed meanwhile is refused with how it is now', async () => {
    const { id, version } = await create()
    const current = await rules.update.mutate({ id, version, changes: { name: 'Bruno foi antes' } })
    const refused = await refusal(
      office.ana.api.rules.update.mutate({ id, version, changes: { name: 'Ana' } }),
    )
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'rule.changed_meanwhile', current })
  })

  it('says what it names that is gone, may be kept with what is retired, but not switched on', async () => {
    const { id: teamId } = await office.ana.api.teams.create.mutate({ name: 'Temporária' })
    const { id } = await create({ then: [{ do: 'setTeam', value: teamId }] })
    await office.ana.api.teams.archive.mutate({ id: teamId })
    const listed = (await rules.list.query()).find((each) => each.id === id)
    expect(listed?.problems).toEqual({ 'then.0.value': ['rule.retired_choice'] })
    expect(await rules.update.mutate({ id, changes: { name: 'Ainda' } })).toMatchObject({ name: 'Ainda' })
    expect(await refusal(rules.setEnabled.mutate({ id, enabled: true }))).toMatchObject({
      reason: 'rule.retired_choice',
    })
  })

  it('is retired and comes back as it was, in its place', async () => {
    const before = await create({ enabled: true, position: 2 } as Draft)
    await rules.archive.mutate({ id: before.id })
    expect((await rules.list.query()).at(-1)).toMatchObject({ id: before.id, archived: true })
    expect(await rules.restore.mutate({ id: before.id })).toMatchObject({
      ...{ archived: false, enabled: true, position: 2 },
    })
  })

  it('is doubled as a draft with a name of its own, right behind', async () => {
    const { id, position } = await create({ name: 'Única', enabled: true } as Draft)
    await create({ name: 'Depois' })
    expect(await rules.duplicate.mutate({ id })).toMatchObject({
      ...{ name: 'Única (2)', enabled: false, position: position + 1 },
    })
    expect(await rules.duplicate.mutate({ id })).toMatchObject({ name: 'Única (3)', position: position + 1 })
    const positions = (await rules.list.query())
      .filter(({ archived }) => !archived)
      .map((each) => each.position)
    expect(new Set(positions).size).toBe(positions.length)
  })
})

it('the order is changed by those who configure the desk, and every agent may read it', async () => {
  const inUse = async () => (await rules.list.query()).filter(({ archived }) => !archived).map(({ id }) => id)
  const ids = (await inUse()).toReversed()
  await rules.reorder.mutate({ ids })
  expect(await inUse()).toEqual(ids)
  expect((await office.carla.api.rules.list.query()).length).toBeGreaterThan(0)
  expect(await refusal(office.carla.api.rules.create.mutate(draft()))).toMatchObject({
    reason: 'auth.forbidden',
  })
  const twice = { ids: [ids[0] ?? '', ids[0] ?? ''] }
  expect(await refusal(rules.reorder.mutate(twice))).toMatchObject({ reason: 'rule.order_repeats' })
})

describe('rules on their way to another desk', () => {
  it('find its rows by key and name, come behind its own, and are switched off', async () => {
    await using there = await startTestServer()
    const api = there.client(await there.setup())
    const { id: team } = await office.ana.api.teams.create.mutate({ name: 'Financeiro' })
    const { id: theirs } = await api.teams.create.mutate({ name: 'financeiro' })
    await api.fields.create.mutate({ key: 'serial', name: 'Série', kind: 'text' })
    const mine = await create({
      name: 'Leva',
      when: {
        all: [
          { field: 'priority', op: 'is', value: 'urgent' },
          { field: 'customer.tier', op: 'in', value: ['vip'] },
          { none: [{ field: 'tags', op: 'in', value: ['já visto'] }] },
        ],
      },
      then: [
        { do: 'setTeam', value: team },
        { do: 'setStatus', value: 'open' },
        { do: 'addTags', value: ['já visto'] },
        setField('serial', 'A1'),
        { do: 'assign', value: { teamId: team } as never },
      ],
    })
    const file = await rules.export.query({ ids: [mine.id] })
    expect(file).toMatchObject({ format: 'balcao.rules', version: 1, rules: [{ name: 'Leva' }] })
    await api.rules.create.mutate(draft({ name: 'Leva' }))
    const [taken] = await api.rules.import.mutate(JSON.parse(JSON.stringify(file)) as typeof file)
    const { priorities, statuses } = await api.catalog.get.query()
    const tiers = await api.tiers.list.query()
    expect(taken).toMatchObject({
      ...{ name: 'Leva (2)', enabled: false, position: 2, problems: {} },
      when: {
        all: [
          { value: priorities.find(({ key }) => key === 'urgent')?.id },
          { value: [tiers.find(({ key }) => key === 'vip')?.id] },
          {},
        ],
      },
      then: [
        { value: theirs },
        { value: statuses.find(({ key }) => key === 'open')?.id },
        {},
        { value: { key: 'serial', value: 'A1' } },
        { value: { teamId: theirs } },
      ],
    })
    const back = await api.rules.export.query({ ids: [taken?.id ?? ''] })
    expect(back.rules[0]).toMatchObject({ on: file.rules[0]?.on, stop: file.rules[0]?.stop })
  })

  it('that name what the desk does not have stay drafts with a problem', async () => {
    const file = {
      ...({ format: 'balcao.rules', version: 1 } as const),
      rules: [draft({ name: 'Longe', then: [{ do: 'setTeam', value: newId() }] })],
    }
    const [taken] = await rules.import.mutate(file)
    expect(taken).toMatchObject({ enabled: false, problems: { 'then.0.value': ['rule.unknown_choice'] } })
    const switched = rules.setEnabled.mutate({ id: taken?.id ?? '', enabled: true })
    expect(await refusal(switched)).toMatchObject({ reason: 'rule.unknown_choice' })
  })

  it('are taken in all or not at all', async () => {
    const before = await rules.list.query()
    const file = {
      ...({ format: 'balcao.rules', version: 1 } as const),
      rules: [draft({ name: 'Boa' }), draft({ name: 'Ruim', on: ['time'] })],
    }
    expect(await refusal(rules.import.mutate(file))).toMatchObject({
      fieldErrors: { 'rules.1.after': ['rule.after_missing'] },
    })
    expect(await rules.list.query()).toEqual(before)
  })
})
