import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../server/ids.ts'
import type { NewReminder } from '../../server/reminders/reminders.service.ts'
import { refusal } from '../support/refusal.ts'
import { at } from '../support/promise-story.ts'
import { startPromiseOffice, type Person, type PromiseOffice } from '../support/promise-office.ts'

let office: PromiseOffice
afterEach(() => office[Symbol.asyncDispose]())

const iso = (when: string) => new Date(at(when)).toISOString()
const alertsOf = async ({ api }: Person) =>
  (await api.alerts.list.query({})).items.filter(({ reason }) => reason === 'reminder.due')

/** What a rule asks for, as the planner would. */
const asked = (ticketId: string, parts: Partial<NewReminder> = {}): Promise<void> =>
  office.server.services.store.write((tx) =>
    office.server.services.reminders.remind(tx, {
      ...{ key: 'rule:1', ticketId, kind: 'followUp', dueAt: at('tue 09:00'), to: [], text: 'Deu certo?' },
      by: { type: 'rule', id: newId() },
      ...parts,
    }),
  )
const messagesOf = async (ticketId: string) =>
  (await office.ana.api.tickets.get.query({ id: ticketId })).messages.map(({ text, author }) => ({
    text,
    by: author.type,
  }))

describe('a reminder of one’s own', () => {
  it('comes at its time, to whoever asked and to nobody else, with their words', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    const made = await office.carla.api.reminders.create.mutate({
      ...{ ticketId, at: iso('tue 09:00'), text: 'Ligar para o José' },
    })
    expect(made).toMatchObject({ kind: 'remind', dueAt: iso('tue 09:00'), mine: true })
    await office.until('tue 08:59')
    expect(await alertsOf(office.carla)).toEqual([])
    await office.until('tue 09:00')
    expect(await alertsOf(office.carla)).toMatchObject([
      { ticketId, severity: 'info', lateMs: null, data: { text: 'Ligar para o José' } },
    ])
    expect(await alertsOf(office.bruno)).toEqual([])
    expect(await office.carla.api.reminders.list.query({})).toEqual([])
  })

  it('that fell due while the server was off comes once at the start, and says how late it is', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    await office.carla.api.reminders.create.mutate({ ticketId, afterMinutes: 30 })
    await office.server.stop()
    office.clock.time = at('mon 10:30')
    await office.restart()
    await office.restart()
    expect(await alertsOf(office.carla)).toMatchObject([{ severity: 'warning', lateMs: 2 * 3_600_000 }])
  })

  it('is nobody else’s to see or to take back', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    const { id } = await office.carla.api.reminders.create.mutate({ ticketId, afterMinutes: 30 })
    expect(await office.bruno.api.reminders.list.query({ ticketId })).toEqual([])
    expect(await refusal(office.bruno.api.reminders.cancel.mutate({ id }))).toMatchObject({
      reason: 'reminder.not_found',
    })
  })

  it('can be taken back, and that can be undone', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    const { id } = await office.carla.api.reminders.create.mutate({ ticketId, afterMinutes: 30 })
    await office.carla.api.reminders.cancel.mutate({ id })
    expect(await office.carla.api.reminders.list.query({ ticketId })).toEqual([])
    await office.carla.api.reminders.restore.mutate({ id })
    expect(await office.carla.api.reminders.list.query({ ticketId })).toMatchObject([{ id }])
    await office.until('mon 09:30')
    expect(await alertsOf(office.carla)).toHaveLength(1)
    expect(await refusal(office.carla.api.reminders.restore.mutate({ id }))).toMatchObject({
      reason: 'reminder.done',
    })
  })

  it('asked for twice with the same id is one; for a time that is over it is none', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    const id = newId()
    await office.carla.api.reminders.create.mutate({ id, ticketId, afterMinutes: 30 })
    await office.carla.api.reminders.create.mutate({ id, ticketId, afterMinutes: 30 })
    expect(await office.carla.api.reminders.list.query({})).toHaveLength(1)
    const past = office.carla.api.reminders.create.mutate({ ticketId, at: iso('mon 07:00') })
    expect(await refusal(past)).toMatchObject({ reason: 'reminder.in_the_past' })
  })
})

describe('a follow-up', () => {
  it('writes to a customer who keeps silent, once, in the rule’s name', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    await asked(ticketId)
    await asked(ticketId)
    expect(await office.carla.api.reminders.list.query({ ticketId })).toMatchObject([{ kind: 'followUp' }])
    await office.until('tue 09:00')
    await office.until('wed 09:00')
    expect(await messagesOf(ticketId)).toEqual([
      { text: 'Pedi na segunda e nada.', by: 'customer' },
      { text: 'Deu certo?', by: 'rule' },
    ])
    const ticket = await office.carla.api.tickets.get.query({ id: ticketId })
    expect(ticket.waitingSince, 'a machine’s words answer nobody').toBe(iso('mon 08:00'))
  })

  it('is called off as soon as the customer writes, even in the same instant', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    await asked(ticketId)
    await office.customerWrites(ticketId)
    expect(await office.carla.api.reminders.list.query({ ticketId })).toEqual([])
    await office.until('tue 09:00')
    expect(await messagesOf(ticketId)).toHaveLength(2)
  })

  it('stays when only the office writes, and is called off when the ticket is closed', async () => {
    office = await startPromiseOffice()
    const ticketId = await office.ticket()
    await asked(ticketId)
    await office.carla.api.tickets.reply.mutate({ ticketId, kind: 'public', body: 'Já vai.' })
    expect(await office.carla.api.reminders.list.query({ ticketId })).toHaveLength(1)
    const { version } = await office.carla.api.tickets.get.query({ id: ticketId })
    await office.carla.api.tickets.update.mutate({ ticketId, version, changes: { statusId: 'closed' } })
    await office.until('tue 09:00')
    expect(await messagesOf(ticketId)).toHaveLength(2)
  })
})

it('one reminder that fails keeps no other waiting', async () => {
  office = await startPromiseOffice()
  const [broken, sound] = [await office.ticket(), await office.ticket()]
  await asked(broken, { key: 'a', kind: 'remind', dueAt: at('mon 09:00'), to: ['agent'] })
  await asked(sound, { key: 'b', kind: 'remind', dueAt: at('mon 09:00'), to: ['agent'] })
  await office.server.services.store.write(async (tx) => {
    await tx.db.sql`UPDATE reminder SET recipients = 'torn' WHERE key = 'a'`
  })
  await office.until('mon 09:00')
  expect(await alertsOf(office.carla)).toMatchObject([{ ticketId: sound }])
})
