import { afterEach, describe, expect, it } from 'vitest'
import { at } from '../support/promise-story.ts'
import { startRuleOffice, type RuleOffice } from '../support/rule-office.ts'

let office: RuleOffice
afterEach(() => office[Symbol.asyncDispose]())

/** A shop day has 8½ hours. */
const SHOP_DAY = 510
const waitingForCustomer = { field: 'statusClass', op: 'is', value: 'waiting' } as const
const unassigned = {
  all: [
    { field: 'agent', op: 'empty' },
    { field: 'statusClass', op: 'in', value: ['new', 'open'] },
  ],
} as const satisfies { all: unknown[] }

const reminding = {
  name: 'Lembrete gentil',
  when: waitingForCustomer,
  after: { minutes: 3 * SHOP_DAY, business: true, since: 'status' },
  then: [{ do: 'reply', value: 'Ainda precisa de ajuda?' }],
} as const
const closing = {
  name: 'Encerrar',
  when: { field: 'statusClass', op: 'is', value: 'resolved' },
  after: { minutes: 5 * 1440, since: 'status' },
  then: [{ do: 'close', value: null }],
} as const
const calling = {
  name: 'Sem dono',
  when: { all: [...unassigned.all] },
  after: { minutes: 10 },
  then: [{ do: 'notify', value: { to: ['supervisors'], text: 'Ninguém pegou' } }],
} as const

const waits = async (ticketId: string, statusId = 'waiting') => {
  await office.carla.api.tickets.reply.mutate({ ticketId, kind: 'public', body: 'Qual pedido?', statusId })
}
const copy = <Rule>(rule: Rule) => structuredClone(rule) as never as Parameters<RuleOffice['rule']>[0]
const statusOf = async (id: string) => (await office.ana.api.tickets.get.query({ id })).status.class

describe('a customer who keeps silent', () => {
  it('is reminded once after three working days, a weekend not counted, and no more while nothing changes', async () => {
    office = await startRuleOffice()
    await office.rule(copy(reminding))
    await office.until('fri 10:00')
    const id = await office.ticket()
    await waits(id)
    await office.until('wed+1 09:59')
    expect(await office.messages(id)).toHaveLength(2)
    await office.until('wed+1 10:00')
    expect((await office.messages(id)).at(-1)).toEqual({ text: 'Ainda precisa de ajuda?', by: 'rule' })
    await office.until('fri+3 10:00')
    expect(await office.messages(id)).toHaveLength(3)
  })

  it('who answers in time is not; and when the ticket waits again, the days count anew', async () => {
    office = await startRuleOffice()
    await office.rule(copy(reminding))
    await office.until('fri 10:00')
    const id = await office.ticket()
    await waits(id)
    await office.until('mon+1 11:00')
    await office.customerWrites(id)
    await waits(id)
    await office.until('thu+1 10:59')
    expect(await office.messages(id)).toHaveLength(4)
    await office.until('thu+1 11:00')
    expect(await office.messages(id)).toHaveLength(5)
  })
})

describe('a resolved ticket', () => {
  it('is closed by the desk after five days, and not when it was reopened meanwhile', async () => {
    office = await startRuleOffice()
    await office.rule(copy(closing))
    const [left, reopened] = [await office.ticket(), await office.ticket()]
    await office.change(left, { statusId: 'resolved' })
    await office.change(reopened, { statusId: 'resolved' })
    await office.until('tue 08:00')
    await office.change(reopened, { statusId: 'open' })
    await office.until('sat 08:00')
    expect(await statusOf(left)).toBe('closed')
    expect(await statusOf(reopened)).toBe('open')
  })
})

describe('a ticket that nobody takes', () => {
  it('is reported after ten minutes, once for each time that it is left', async () => {
    office = await startRuleOffice()
    await office.rule(copy(calling))
    const id = await office.ticket({ agentId: null })
    await office.until('mon 08:09')
    expect(await office.told()).toEqual([])
    await office.until('mon 08:10')
    await office.until('mon 09:00')
    expect(await office.told()).toEqual(['Ninguém pegou'])
    await office.change(id, { agentId: office.carla.id })
    await office.change(id, { agentId: null })
    await office.until('mon 09:10')
    expect(await office.told()).toEqual(['Ninguém pegou', 'Ninguém pegou'])
  })

  it('is not when somebody takes it in time', async () => {
    office = await startRuleOffice()
    await office.rule(copy(calling))
    const id = await office.ticket({ agentId: null })
    await office.until('mon 08:05')
    await office.change(id, { agentId: office.carla.id })
    await office.until('mon 09:00')
    expect(await office.told()).toEqual([])
  })

  it('is reported once when the server comes back, if it was off at the time', async () => {
    office = await startRuleOffice()
    await office.rule(copy(calling))
    await office.ticket({ agentId: null })
    await office.server.stop()
    office.clock.time = at('mon 11:00')
    await office.restart()
    await office.restart()
    expect(await office.told()).toEqual(['Ninguém pegou'])
  })
})

describe('switching a time rule on', () => {
  it('passes over tickets whose time is already over, and waits for the others', async () => {
    office = await startRuleOffice()
    await office.ticket({ agentId: null, subject: 'Antigo' })
    await office.until('mon 08:55')
    await office.ticket({ agentId: null, subject: 'Novo' })
    await office.until('mon 09:00')
    const id = await office.rule(copy(calling))
    expect(await office.told()).toEqual([])
    const waiting = (await office.bruno.api.rules.list.query()).find((rule) => rule.id === id)?.waiting
    expect(waiting).toBe(1)
    await office.until('mon 10:00')
    expect(await office.told()).toHaveLength(1)
  })

  it('acts on all of them when it is told to', async () => {
    office = await startRuleOffice()
    await office.ticket({ agentId: null })
    await office.until('mon 09:00')
    await office.rule(copy(calling), 'act')
    expect(await office.told()).toHaveLength(1)
  })

  it('off again, nothing waits any more', async () => {
    office = await startRuleOffice()
    const id = await office.rule(copy(calling))
    await office.ticket({ agentId: null })
    await office.toggle(id, false)
    await office.until('mon 09:00')
    expect(await office.told()).toEqual([])
  })

  it('a look that was broken off goes on at the next start', async () => {
    office = await startRuleOffice()
    await office.ticket({ agentId: null })
    const { id } = await office.bruno.api.rules.create.mutate(copy({ on: ['time'], ...calling }) as never)
    await office.server.services.timeRules.scan.stop()
    await office.bruno.api.rules.setEnabled.mutate({ id, enabled: true })
    await office.until('mon 08:05')
    await office.restart()
    await office.until('mon 08:10')
    expect(await office.told()).toHaveLength(1)
  })
})

describe('what a wait is reckoned by', () => {
  const holidays = async (...dates: string[]) => {
    await office.ana.api.calendars.update.mutate({
      id: office.calendarId,
      changes: { holidays: dates.map((date) => ({ date, name: 'Aniversário da cidade' })) },
    })
    await office.server.services.timeRules.scan.settled()
  }

  it('may change: a day that turns out to be a holiday puts it off, and one that turns out to be none brings it on', async () => {
    office = await startRuleOffice()
    await office.rule(copy({ ...reminding, after: { ...reminding.after, minutes: SHOP_DAY } }))
    await office.until('mon 10:00')
    const id = await office.ticket()
    await waits(id)
    await holidays('2026-03-10', '2026-03-11')
    await office.until('tue 18:00')
    expect(await office.messages(id)).toHaveLength(2)
    await holidays('2026-03-10')
    await office.until('wed 09:59')
    expect(await office.messages(id)).toHaveLength(2)
    await office.until('wed 10:00')
    expect(await office.messages(id)).toHaveLength(3)
  })

  it('may change with the team’s hours', async () => {
    office = await startRuleOffice()
    await office.rule(copy({ ...calling, after: { minutes: 60, business: true } }))
    await office.until('mon 12:30')
    await office.ticket({ agentId: null })
    const shift = await office.ana.api.calendars.create.mutate({
      ...{
        name: 'Plantão',
        timezone: 'America/Sao_Paulo',
        hours: { mon: [['08:00', '20:00']] },
        holidays: [],
      },
    })
    await office.ana.api.teams.update.mutate({ id: office.teamId, changes: { calendarId: shift.id } })
    await office.server.services.timeRules.scan.settled()
    await office.until('mon 13:30')
    expect(await office.told()).toHaveLength(1)
  })

  it('may change to an earlier time, also by the rule’s own word', async () => {
    office = await startRuleOffice()
    const rule = await office.rule(copy(calling))
    await office.ticket({ agentId: null })
    await office.bruno.api.rules.update.mutate({ id: rule, changes: { after: { minutes: 5 } } } as never)
    await office.until('mon 08:05')
    expect(await office.told()).toHaveLength(1)
  })
})

it('a ticket whose turn fails keeps no other waiting', async () => {
  office = await startRuleOffice()
  await office.rule(copy(calling))
  const [broken] = [await office.ticket({ agentId: null }), await office.ticket({ agentId: null })]
  await office.server.services.store.write(async (tx) => {
    await tx.db.sql`
      CREATE TRIGGER broken BEFORE UPDATE ON rule_wait WHEN NEW.ticketId = ${() => `'${broken}'`} AND NEW.firedAt IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'broken'); END`
  })
  await office.until('mon 08:10')
  expect(await office.told()).toHaveLength(1)
})
