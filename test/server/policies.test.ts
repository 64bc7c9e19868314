import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { newId } from '../../server/ids.ts'
import type { NewPolicy, PolicyView } from '../../server/sla/contract.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

type Input = Parameters<Client['sla']['policies']['create']['mutate']>[0]

let server: TestServer
let supervisor: Client
let agent: Client
let agentId: string
let calendarId: string
const priorityIds: Record<string, string> = {}

beforeAll(async () => {
  server = await startTestServer()
  const admin = await server.setup()
  const boss = await server.join(admin, { name: 'Sílvia', email: 'silvia@ipe.example', role: 'supervisor' })
  const bruno = await server.join(admin, { name: 'Bruno', email: 'bruno@ipe.example' })
  supervisor = server.client(boss.token)
  agent = server.client(bruno.token)
  agentId = bruno.id
  calendarId = await aCalendar('Comercial')
  for (const { key, id } of (await agent.catalog.get.query()).priorities) if (key) priorityIds[key] = id
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const { id, archived } of await list())
    if (!archived) await supervisor.sla.policies.archive.mutate({ id })
})

/** Straight into the store: what is tested here is not how calendars are made. */
async function aCalendar(name: string, archivedAt: number | null = null): Promise<string> {
  const [id, revisionId] = [newId(), newId()]
  const hours = JSON.stringify({ mon: [['08:00', '18:00']] })
  await server.services.store.write(async (tx) => {
    await tx.db.sql`
      INSERT INTO calendar (id, name, revisionId, version, createdAt, archivedAt)
      VALUES (${id}, ${name}, ${revisionId}, 1, 0, ${archivedAt})`
    await tx.db.sql`
      INSERT INTO calendar_revision (id, calendarId, timezone, hours, holidays, createdAt)
      VALUES (${revisionId}, ${id}, 'America/Sao_Paulo', ${hours}, '[]', 0)`
  })
  return id
}

let count = 0
const aPolicy = (parts: Partial<Input> = {}): Input => ({
  name: `Política ${++count}`,
  targets: [{ priority: 'normal', firstResponseMinutes: 60, resolutionMinutes: 480 }],
  ...parts,
})
const onPhone = { field: 'channel', op: 'is', value: 'phone' } as const
const onChat = { field: 'channel', op: 'is', value: 'chat' } as const
const aTicket = (channel: 'chat' | 'phone' | 'email' | 'portal') =>
  agent.tickets.create.mutate({ subject: 'Troca', body: '', requester: { name: 'Davi' }, channel })
const create = (parts: Partial<Input> = {}) => supervisor.sla.policies.create.mutate(aPolicy(parts))
const list = () => agent.sla.policies.list.query()
const inUse = async () => (await list()).filter(({ archived }) => !archived)
const places = async () => (await inUse()).map(({ name, position }) => [name, position])

/** Type, audience and data of what the log says about policies. */
async function policyEvents() {
  const rows = await server.services.store.read.sql<
    { type: string; audience: string | null; data: string }[]
  >`
    SELECT type, audience, data FROM event WHERE type LIKE 'policy.%' ORDER BY seq`
  return rows.map(({ type, audience, data }) => [type, audience, JSON.parse(data) as unknown])
}

describe('a policy', () => {
  it('comes back with everything it was made of, rows by id and levels with ids of their own', async () => {
    const input = aPolicy({
      when: { all: [onPhone, { field: 'priority', op: 'isNot', value: 'low' }] },
      calendarId,
      targets: [
        { priority: 'urgent', firstResponseMinutes: 30, nextResponseMinutes: 60, resolutionMinutes: 240 },
      ],
      pauseOn: ['waiting', 'hold'],
      pauseNextResponseOn: ['waiting'],
      escalations: [
        { metric: 'resolution', atPercent: 80, notify: ['agent', 'team'] },
        {
          metric: 'resolution',
          offsetMinutes: 30,
          notify: ['supervisors', agentId],
          actions: [{ do: 'setPriority', value: 'urgent' }],
        },
      ],
    })
    const made = await supervisor.sla.policies.create.mutate(input)
    expect(made).toEqual({
      ...input,
      id: expect.any(String) as string,
      position: 1,
      when: { all: [onPhone, { field: 'priority', op: 'isNot', value: priorityIds['low'] }] },
      targets: [{ ...input.targets[0], priority: priorityIds['urgent'] }],
      escalations: [
        {
          ...input.escalations?.[0],
          id: expect.any(String) as string,
          addedAt: expect.any(String) as string,
        },
        {
          ...input.escalations?.[1],
          id: expect.any(String) as string,
          addedAt: expect.any(String) as string,
          actions: [{ do: 'setPriority', value: priorityIds['urgent'] }],
        },
      ],
      version: 1,
      archived: false,
      openTickets: 0,
    })
    expect(await inUse()).toEqual([made])
  })

  it('without anything said is for every ticket, round the clock, and waits for the customer', async () => {
    expect(await create()).toMatchObject({
      when: null,
      calendarId: null,
      pauseOn: ['waiting'],
      pauseNextResponseOn: [],
      escalations: [],
    })
  })

  it('is made once when the same command comes twice', async () => {
    const { token } = await server.client().auth.login.mutate({
      email: 'silvia@ipe.example',
      password: 'outra-senha-comprida',
    })
    const twice = server.client(token, { commandId: newId() })
    const input = aPolicy()
    expect(await twice.sla.policies.create.mutate(input)).toEqual(
      await twice.sla.policies.create.mutate(input),
    )
    expect(await inUse()).toHaveLength(1)
  })

  it('is read by everybody and changed by those who configure the desk', async () => {
    const { id } = await create()
    expect(await inUse()).toHaveLength(1)
    for (const attempt of [
      agent.sla.policies.create.mutate(aPolicy()),
      agent.sla.policies.update.mutate({ id, changes: { name: 'Minha' } }),
      agent.sla.policies.archive.mutate({ id }),
      agent.sla.policies.restore.mutate({ id }),
      agent.sla.policies.reorder.mutate({ ids: [id] }),
    ])
      expect((await refusal(attempt)).reason).toBe('auth.forbidden')
  })

  it('tells everybody what happened to it', async () => {
    const before = await policyEvents()
    const { id } = await create({ name: 'Ouro', when: onPhone })
    await supervisor.sla.policies.update.mutate({ id, changes: { name: 'Prata' } })
    await supervisor.sla.policies.reorder.mutate({ ids: [id] })
    expect((await policyEvents()).slice(before.length)).toEqual([
      ['policy.created', null, { id, changes: { name: 'Ouro', position: 1 } }],
      ['policy.updated', null, { id, changes: { name: 'Prata' } }],
      ['policy.reordered', null, { ids: [id] }],
    ])
  })

  it('counts the tickets in work under it', async () => {
    const { id } = await create({ when: onChat })
    const first = await aTicket('chat')
    await aTicket('chat')
    await aTicket('phone')
    expect(await inUse()).toMatchObject([{ id, openTickets: 2 }])
    await agent.tickets.update.mutate({
      ticketId: first.id,
      version: first.version,
      changes: { statusId: 'closed' },
    })
    expect(await inUse()).toMatchObject([{ id, openTickets: 1 }])
  })

  it('takes the tickets that were there before it', async () => {
    await aTicket('portal')
    const { id } = await create({ when: { ...onChat, value: 'portal' } })
    await server.services.recompute.settled()
    expect(await inUse()).toMatchObject([{ id, openTickets: 1 }])
  })

  it('that is only called something else has nothing reckoned anew', async () => {
    const { id } = await create({ when: onChat })
    // One that is asked for again before it was done is another one.
    const runs = () =>
      server.services.store.read.sql<{ id: string }[]>`SELECT id FROM sla_recompute ORDER BY id`
    const before = await runs()
    await supervisor.sla.policies.update.mutate({ id, changes: { name: 'Apelido' } })
    expect(await runs()).toEqual(before)
    await supervisor.sla.policies.update.mutate({ id, changes: { pauseOn: ['hold'] } })
    expect((await runs()).at(-1)).not.toEqual(before.at(-1))
  })
})

describe('a change', () => {
  it('keeps the ids of levels that come back and gives others new ones', async () => {
    const level = (atPercent: number) => ({
      metric: 'resolution' as const,
      atPercent,
      notify: ['agent' as const],
    })
    const made = await create({ escalations: [level(50), level(100)] })
    const [first, second] = made.escalations
    const other = await create({ when: onPhone, escalations: [level(75)] })
    const changed = await supervisor.sla.policies.update.mutate({
      id: made.id,
      version: 1,
      changes: {
        escalations: [
          { ...level(110), id: other.escalations[0]?.id },
          { ...level(100), id: second?.id },
          { ...level(60), id: second?.id },
          level(120),
        ],
      },
    })
    const ids = changed.escalations.map(({ id }) => id)
    expect(ids[1]).toBe(second?.id)
    expect(new Set([...ids, first?.id, other.escalations[0]?.id]).size).toBe(6)
    expect(changed.version).toBe(2)
  })

  it('on top of somebody else’s is refused with the policy as it is', async () => {
    const { id } = await create({ name: 'Antes' })
    const current = await supervisor.sla.policies.update.mutate({
      id,
      version: 1,
      changes: { name: 'Meanwhile' },
    })
    const refused = await refusal(
      supervisor.sla.policies.update.mutate({ id, version: 1, changes: { name: 'Mine' } }),
    )
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'policy.changed_meanwhile', current })
    await supervisor.sla.policies.update.mutate({ id, changes: { name: 'Mine' } })
    expect(await inUse()).toMatchObject([{ name: 'Mine', version: 3 }])
  })

  it('that changes nothing leaves no trace', async () => {
    const { id, name } = await create()
    const before = await policyEvents()
    expect(await supervisor.sla.policies.update.mutate({ id, changes: { name } })).toMatchObject({
      version: 1,
    })
    expect(await policyEvents()).toEqual(before)
  })

  it('of a policy that is not there is refused', async () => {
    const gone = supervisor.sla.policies.update.mutate({ id: newId(), changes: {} })
    expect((await refusal(gone)).reason).toBe('policy.not_found')
  })
})

describe('the order', () => {
  it('is that of making, and a policy for every ticket stays the last', async () => {
    await create({ name: 'Todos' })
    await create({ name: 'Telefone', when: onPhone })
    await create({ name: 'Chat', when: onChat })
    expect(await places()).toEqual([
      ['Telefone', 1],
      ['Chat', 2],
      ['Todos', 3],
    ])
  })

  it('can be changed, in the places that there are', async () => {
    const first = await create({ name: 'A', when: onPhone, position: 2 })
    const second = await create({ name: 'B', when: onChat, position: 5 })
    expect(await supervisor.sla.policies.reorder.mutate({ ids: [second.id, first.id] })).toEqual({
      ids: [second.id, first.id],
    })
    expect(await places()).toEqual([
      ['B', 2],
      ['A', 5],
    ])
  })

  it('decides whose promise a ticket gets', async () => {
    const phone = await create({ when: { all: [onPhone] } })
    const more = await create({ when: { any: [onPhone, { ...onPhone, value: 'email' }] } })
    const policyOf = async (ticket: Promise<{ id: string }>) =>
      (await agent.tickets.get.query({ id: (await ticket).id })).sla[0]?.policyId
    expect(await policyOf(aTicket('phone'))).toBe(phone.id)
    expect(await policyOf(aTicket('email'))).toBe(more.id)
    await supervisor.sla.policies.reorder.mutate({ ids: [more.id, phone.id] })
    expect(await policyOf(aTicket('phone'))).toBe(more.id)
  })

  it('that would leave a policy without tickets is refused', async () => {
    const phone = await create({ when: onPhone })
    const all = await create()
    const reorder = (ids: string[]) => refusal(supervisor.sla.policies.reorder.mutate({ ids }))
    expect(await reorder([all.id, phone.id])).toMatchObject({
      reason: 'sla.policy_unreachable',
      fieldErrors: { ids: ['sla.policy_unreachable'] },
    })
    expect(await reorder([phone.id, phone.id])).toMatchObject({
      fieldErrors: { ids: ['policy.order_repeats'] },
    })
    expect(await reorder([phone.id, newId()])).toMatchObject({ reason: 'policy.not_found' })
    expect((await inUse()).map(({ id }) => id)).toEqual([phone.id, all.id])
  })
})

describe('a retired policy', () => {
  it('stays in the list behind the others, and its place and name are free', async () => {
    const { id, name } = await create({ name: 'Sazonal', when: onPhone })
    const retired = await supervisor.sla.policies.archive.mutate({ id })
    expect(retired).toMatchObject({ archived: true, version: 2 })
    expect(await supervisor.sla.policies.archive.mutate({ id })).toEqual(retired)
    const next = await create({ name, when: onChat, position: 1 })
    const ids = (await list()).map((policy) => policy.id)
    expect(ids[0]).toBe(next.id)
    expect(ids).toContain(id)
    expect((await refusal(supervisor.sla.policies.reorder.mutate({ ids: [id] }))).reason).toBe(
      'policy.not_found',
    )
  })

  it('comes back to its place, and the others make room', async () => {
    const { id } = await create({ name: 'Volta', when: onPhone })
    await create({ name: 'Todos' })
    await supervisor.sla.policies.archive.mutate({ id })
    await create({ name: 'Nova', when: onChat, position: 1 })
    expect(await supervisor.sla.policies.restore.mutate({ id })).toMatchObject({
      archived: false,
      position: 1,
    })
    expect(await places()).toEqual([
      ['Volta', 1],
      ['Nova', 2],
      ['Todos', 3],
    ])
  })

  it('for every ticket does not come back beside another such', async () => {
    const { id } = await create()
    await supervisor.sla.policies.archive.mutate({ id })
    await create()
    expect(await refusal(supervisor.sla.policies.restore.mutate({ id }))).toMatchObject({
      fieldErrors: { position: ['sla.policy_unreachable'] },
    })
  })

  it('can be mended before it comes back', async () => {
    const { id } = await create({ name: 'Mesma' })
    await supervisor.sla.policies.archive.mutate({ id })
    await create({ name: 'Mesma' })
    await supervisor.sla.policies.update.mutate({ id, changes: { name: 'Outra', when: onPhone } })
    expect(await supervisor.sla.policies.restore.mutate({ id })).toMatchObject({ name: 'Outra', position: 1 })
  })

  it('is never deleted: there is no such procedure', () => {
    expect(Object.keys(supervisor.sla.policies)).not.toContain('delete')
    expect(server.services.policies).not.toHaveProperty('delete')
  })
})

describe('bad input is refused at its field', () => {
  const normal = (parts: object) => [{ priority: 'normal', ...parts }]
  const level = (parts: object) => ({ metric: 'resolution', notify: ['agent'], ...parts })
  const GONE = '01900000-0000-7000-8000-00000000ffff'

  test.each<[string, object, Record<string, string[]>]>([
    ['no name', { name: ' ' }, { name: ['input.too_small'] }],
    ['no targets', { targets: [] }, { targets: ['sla.targets_missing'] }],
    [
      'half a minute',
      { targets: normal({ resolutionMinutes: 0.5 }) },
      { 'targets.0.resolutionMinutes': ['sla.minutes_whole'] },
    ],
    [
      'no time at all',
      { targets: normal({ resolutionMinutes: 0 }) },
      { 'targets.0.resolutionMinutes': ['input.too_small'] },
    ],
    [
      'an end before the first answer',
      { targets: normal({ firstResponseMinutes: 61, resolutionMinutes: 60 }) },
      { 'targets.0.resolutionMinutes': ['sla.resolution_before_first_response'] },
    ],
    [
      'an unknown priority',
      { targets: [{ priority: 'frantic', resolutionMinutes: 60 }] },
      { 'targets.0.priority': ['sla.unknown_choice'] },
    ],
    ['a target without a time', { targets: normal({}) }, { 'targets.0': ['sla.target_empty'] }],
    [
      'a warning before the clock starts',
      { escalations: [level({ offsetMinutes: -480 })] },
      { 'escalations.0.offsetMinutes': ['sla.escalation_in_the_past'] },
    ],
    [
      'a level for what is not promised',
      { escalations: [level({ metric: 'nextResponse', atPercent: 50 })] },
      { 'escalations.0.metric': ['sla.level_without_target'] },
    ],
    [
      'a level twice',
      { escalations: [level({ atPercent: 50 }), level({ atPercent: 50 })] },
      { 'escalations.1.atPercent': ['sla.level_repeated'] },
    ],
    [
      'a level at two moments',
      { escalations: [level({ atPercent: 50, offsetMinutes: 5 })] },
      { 'escalations.0.atPercent': ['sla.level_moment_one'] },
    ],
    [
      'a level that does nothing',
      { escalations: [level({ atPercent: 50, notify: [] })] },
      { 'escalations.0.notify': ['sla.level_does_nothing'] },
    ],
    [
      'a level for nobody known',
      { escalations: [level({ atPercent: 50, notify: [GONE] })] },
      { 'escalations.0.notify.0': ['sla.unknown_choice'] },
    ],
    ['an unknown calendar', { calendarId: GONE }, { calendarId: ['calendar.not_found'] }],
    ['an empty group', { when: { all: [] } }, { when: ['filter.matches_nothing'] }],
    [
      'a contradiction',
      { when: { all: [onPhone, { ...onPhone, value: 'chat' }] } },
      { when: ['filter.matches_nothing'] },
    ],
    [
      'a condition on the status',
      { when: { all: [{ field: 'status', op: 'is', value: 'open' }] } },
      { 'when.all.0.field': ['sla.condition_unfit'] },
    ],
    [
      'a condition on a customer who is not there',
      { when: { any: [{ field: 'requester', op: 'is', value: GONE }] } },
      { 'when.any.0.value': ['filter.value_unknown'] },
    ],
    [
      'several things at once',
      { calendarId: GONE, targets: normal({ firstResponseMinutes: 2, resolutionMinutes: 1 }) },
      {
        calendarId: ['calendar.not_found'],
        'targets.0.resolutionMinutes': ['sla.resolution_before_first_response'],
      },
    ],
  ])('%s', async (_, parts, fieldErrors) => {
    const attempt = create(parts as Partial<Input>)
    expect(await refusal(attempt)).toMatchObject({ code: 'BAD_REQUEST', httpStatus: 400, fieldErrors })
    expect(await inUse()).toEqual([])
  })

  it('a retired calendar, but not in a policy that has it', async () => {
    const retired = await aCalendar('Antigo', 5)
    expect(await refusal(create({ calendarId: retired }))).toMatchObject({
      fieldErrors: { calendarId: ['calendar.retired'] },
    })
    const seasonal = await aCalendar('Sazonal')
    const { id } = await create({ calendarId: seasonal })
    await server.services.store.write(
      (tx) => tx.db.sql`UPDATE calendar SET archivedAt = 5 WHERE id = ${seasonal}`,
    )
    expect(await supervisor.sla.policies.update.mutate({ id, changes: { name: 'Ainda' } })).toMatchObject({
      name: 'Ainda',
      calendarId: seasonal,
    })
  })

  it('a place that is taken, and a name', async () => {
    const { name } = await create({ when: onPhone, position: 1 })
    expect(await refusal(create({ when: onChat, position: 1 }))).toMatchObject({
      fieldErrors: { position: ['sla.position_taken'] },
    })
    expect(await refusal(create({ name: name.toUpperCase(), when: onChat }))).toMatchObject({
      fieldErrors: { name: ['policy.name_taken'] },
    })
  })

  it('a place where nobody would be left, on both sides', async () => {
    await create({ position: 2 })
    expect(await refusal(create({ when: onPhone, position: 3 }))).toMatchObject({
      fieldErrors: { position: ['sla.policy_unreachable'] },
    })
    expect(await refusal(create({ position: 1 }))).toMatchObject({
      fieldErrors: { position: ['sla.policy_hides_others'] },
    })
    const phone = await create({ when: onPhone, position: 1 })
    expect(
      await refusal(supervisor.sla.policies.update.mutate({ id: phone.id, changes: { when: null } })),
    ).toMatchObject({ fieldErrors: { position: ['sla.policy_hides_others'] } })
  })
})

describe('the presets', () => {
  const presets = () => agent.sla.policies.presets.query()
  const make = async (policy: NewPolicy, needsCalendar: boolean): Promise<PolicyView> => {
    const made = await supervisor.sla.policies.create.mutate({
      ...policy,
      ...(needsCalendar && { calendarId }),
    })
    await supervisor.sla.policies.archive.mutate({ id: made.id })
    return made
  }

  it('can be made as they are, in every language', async () => {
    for (const locale of ['pt-BR', 'en', 'es'] as const) {
      await server.services.store.write((tx) =>
        server.services.settings.save(
          tx,
          { company: 'Ipê', timezone: 'America/Sao_Paulo', locale },
          { type: 'system' },
        ),
      )
      for (const { policy, name, needsCalendar } of await presets())
        expect(await make(policy, needsCalendar)).toMatchObject({ name, targets: { length: 4 } })
    }
  })

  it('are for business hours, round the clock, and for Brazil’s consumer service, which is no legal advice', async () => {
    const all = await presets()
    expect(all.map(({ key, needsCalendar, notice }) => [key, needsCalendar, notice !== null])).toEqual([
      ['business', true, false],
      ['always', false, false],
      ['sac', false, true],
    ])
    const sac = all.find(({ key }) => key === 'sac')?.policy
    expect(sac).toMatchObject({ calendarId: null, pauseOn: [] })
    expect(sac?.targets.map(({ resolutionMinutes }) => resolutionMinutes)).toEqual(Array(4).fill(7 * 24 * 60))
  })

  it('promise more to what presses more, the office’s own priorities included', async () => {
    const own = await supervisor.priorities.create.mutate({ name: 'Crítica', weight: 99, color: '#000000' })
    for (const { policy } of await presets()) {
      expect(policy.targets.map(({ priority }) => priority)).toEqual([
        own.id,
        'urgent',
        'high',
        'normal',
        'low',
      ])
      const answers = policy.targets.map(({ firstResponseMinutes }) => firstResponseMinutes ?? 0)
      expect(answers).toEqual(answers.toSorted((a, b) => a - b))
    }
    await supervisor.priorities.archive.mutate({ id: own.id })
    expect((await presets())[0]?.policy.targets).toHaveLength(4)
  })
})
