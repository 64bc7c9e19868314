/** Opening hours and promises in the data layer, against the real server over HTTP. */
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { systemClock, type Clock } from '../../server/clock.ts'
import type { Hours } from '../../server/sla/calendar.contract.ts'
import { useBusinessTimeStore } from '../../src-renderer/stores/business-time.ts'
import { useTicketList } from '../../src-renderer/stores/use-ticket-list.ts'
import { useTicket } from '../../src-renderer/stores/use-ticket.ts'
import { aClock } from '../support/desk-clock.ts'
import { ADMIN, startTestServer } from '../support/server.ts'
import { aDesk, openPage, standInForBrowser } from './stores-desk.ts'

beforeEach(standInForBrowser)

const soon = { timeout: 15_000, interval: 25 }
const HOUR = 3_600_000
const mondays: Hours = { mon: [['08:00', '18:00']] }

async function openOffice(clock: Clock = systemClock) {
  const server = await startTestServer({ clock })
  const token = await server.setup()
  const api = server.client(token)
  const page = await openPage(aDesk(server.url))
  await page.session.login(ADMIN.email, ADMIN.password)
  await vi.waitFor(() => expect(page.connection.state).toBe('live'), soon)
  const calendar = (hours: Hours) =>
    api.calendars.create.mutate({ name: 'Plantão', timezone: 'America/Sao_Paulo', hours })
  const policy = (calendarId: string | null) =>
    api.sla.policies.create.mutate({
      name: 'Comercial',
      calendarId,
      targets: [{ priority: 'normal', resolutionMinutes: 60 }],
    })
  const ticket = () =>
    api.tickets.create.mutate({
      subject: 'Impressora não imprime',
      body: 'Parou.',
      requester: { name: 'José' },
      channel: 'phone',
    })
  return {
    ...{ server, api, page, calendar, policy, ticket },
    async [Symbol.asyncDispose]() {
      await page.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('hours are known as soon as a policy counts by them, and follow their calendar', async () => {
  await using office = await openOffice()
  const business = office.page.use(() => useBusinessTimeStore())
  await vi.waitFor(() => expect(business.stretches).not.toBeNull(), soon)
  const { id } = await office.calendar(mondays)
  await office.policy(id)
  const open = () => business.stretches?.calendars[id] ?? []
  await vi.waitFor(() => expect(open().length).toBeGreaterThan(4), soon)
  // The first and the last stretch may be cut off by what the server looks back and ahead, if today is a Monday.
  const hoursOfASecondMonday = () => ((open()[1]?.[1] ?? 0) - (open()[1]?.[0] ?? 0)) / HOUR
  expect(hoursOfASecondMonday()).toBe(10)

  await office.api.calendars.update.mutate({ id, changes: { hours: { mon: [['08:00', '12:00']] } } })
  await vi.waitFor(() => expect(hoursOfASecondMonday()).toBe(4), soon)
})

test('after a cut the hours are read again', async () => {
  await using office = await openOffice()
  const business = office.page.use(() => useBusinessTimeStore())
  await vi.waitFor(() => expect(business.stretches).not.toBeNull(), soon)
  const before = business.stretches
  office.server.destroyConnections()
  await vi.waitFor(() => expect(business.stretches).not.toBe(before), soon)
})

test('a deadline that passes freshens the row and the open ticket, whose version stays', async () => {
  const clock = aClock(Date.now())
  await using office = await openOffice(clock)
  await office.policy(null)
  const { id, version } = await office.ticket()
  const list = office.page.use(() => useTicketList({}))
  const { ticket } = office.page.use(() => useTicket(id))
  await vi.waitFor(() => expect(list.items.value[0]?.sla[0]?.status).toBe('running'), soon)
  await vi.waitFor(() => expect(ticket.value?.sla[0]?.status).toBe('running'), soon)

  clock.advance({ minutes: 61 })
  await vi.waitFor(() => expect(list.items.value[0]?.sla[0]?.status).toBe('breached'), soon)
  await vi.waitFor(() => expect(ticket.value?.sla[0]?.status).toBe('breached'), soon)
  expect(ticket.value?.version).toBe(version)
  expect(ticket.value?.timeline.map(({ type }) => type)).toContain('sla.breached')
})

test('a new policy shows on rows and the open ticket once it has been reckoned', async () => {
  await using office = await openOffice()
  const { id } = await office.ticket()
  const list = office.page.use(() => useTicketList({}))
  const { ticket } = office.page.use(() => useTicket(id))
  await vi.waitFor(() => expect(list.items.value).toHaveLength(1), soon)
  await vi.waitFor(() => expect(ticket.value?.sla).toEqual([]), soon)

  await office.policy(null)
  await vi.waitFor(() => expect(list.items.value[0]?.slaPolicy?.name).toBe('Comercial'), soon)
  await vi.waitFor(() => expect(ticket.value?.sla[0]?.metric).toBe('resolution'), soon)
})
