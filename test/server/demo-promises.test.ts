import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type Services } from '../../server/app.ts'
import { permissionsOf, type Viewer } from '../../server/access/viewer.ts'
import type { AlertView } from '../../server/alerts/contract.ts'
import { DemoClock } from '../../server/demo/demo-clock.ts'
import { agents, demoPassword } from '../../server/demo/office.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import type { SlaClockView } from '../../server/sla/contract.ts'
import type { TicketItem } from '../../server/tickets/contract.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The office has to be of today whenever somebody looks at it. */
const moments = [
  ['a Wednesday afternoon', '2026-11-25T18:00:00Z'],
  ['a Sunday', '2026-11-22T15:00:00Z'],
  ['a night after New Year', '2027-01-03T02:00:00Z'],
] as const

describe.each(moments)('the demonstration office seen on %s', (_, seenAt) => {
  const now = Date.parse(seenAt)
  let dataDir: string
  let services: Services
  let admin: Viewer
  let tickets: TicketItem[]
  let alerts: AlertView[]

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'balcao-demo-promises-'))
    const clock = new DemoClock()
    clock.set(now)
    services = await createApp({ dataDir }, clock)
    // What is promised now doesn't hang on what was long ago.
    await seedDemo(services, clock, { isYoung: true })
    clock.set(now)
    const caller = { address: '127.0.0.1', device: 'test' }
    const { agent } = await services.auth.login({ email: agents.ana.email, password: demoPassword }, caller)
    admin = { ...agent, agentId: agent.id, permissions: permissionsOf.admin, sessionId: '' }
    const filter = { statusClass: ['new', 'open', 'waiting', 'hold'] as TicketItem['status']['class'][] }
    tickets = (await services.tickets.list.page(admin, { filter, limit: 100 })).items
    alerts = (await services.alerts.list(admin, { scope: 'all', state: 'open', limit: 200 })).items
  })
  afterAll(async () => {
    await services.store.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const clocks = (status: SlaClockView['status']) =>
    tickets.flatMap(({ id, sla }) =>
      sla.filter((clock) => clock.status === status).map((clock) => ({ id, ...clock })),
    )
  const events = (type: string) =>
    services.store.read.sql<
      { at: number; data: string }[]
    >`SELECT at, data FROM event WHERE type = ${type} ORDER BY seq`

  it('promises something to every ticket, most to those who have a contract', async () => {
    expect(tickets.filter(({ slaPolicy }) => slaPolicy === null)).toEqual([])
    const [vip, business] = (await services.book.current()).policies
    const isVip = ({ requester }: TicketItem) => requester.tier?.name === 'VIP'
    for (const ticket of tickets) expect(ticket.slaPolicy?.id).toBe((isVip(ticket) ? vip : business)?.id)
  })

  it('has promises that run, that press, that wait, and that were missed', () => {
    const leftMs = clocks('running').flatMap(({ dueAt }) => (dueAt === null ? [] : [Date.parse(dueAt) - now]))
    expect(leftMs.filter((ms) => ms < HOUR_MS).length).toBeGreaterThanOrEqual(2)
    expect(leftMs.filter((ms) => ms > 4 * HOUR_MS).length).toBeGreaterThanOrEqual(5)
    expect(clocks('paused').length).toBeGreaterThanOrEqual(5)
    const missed = clocks('breached').filter(({ metAt }) => metAt === null)
    expect(missed.length).toBeGreaterThanOrEqual(1)
    expect(missed.length).toBeLessThanOrEqual(4)
  })

  it('keeps alerts open for those whose promises press, and has climbed a ladder', () => {
    const overdue = new Set(clocks('breached').map(({ id }) => id))
    const urgent = alerts.filter(({ severity }) => severity === 'urgent')
    expect(urgent.length).toBeGreaterThanOrEqual(1)
    for (const { ticketId, recipients } of urgent) {
      expect(overdue).toContain(ticketId)
      expect(recipients.length).toBeGreaterThanOrEqual(1)
    }
    expect(urgent.some(({ level }) => level > 1)).toBe(true)
  })

  it('missed what it missed at its own time, none of it late', async () => {
    const breaches = await events('sla.breached')
    expect(breaches.length).toBeGreaterThanOrEqual(5)
    for (const { at, data } of breaches) {
      const { dueAt, lateMs } = JSON.parse(data) as { dueAt: string; lateMs: number | null }
      expect({ afterMs: at - Date.parse(dueAt), lateMs }).toEqual({ afterMs: 1, lateMs: null })
    }
    expect(alerts.filter(({ lateMs }) => lateMs !== null)).toEqual([])
    expect(await services.escalation.nextAt()).toBeGreaterThan(now)
  })

  it('has kept most of its promises, and can say how many', async () => {
    const [from, to] = [new Date(now - 60 * DAY_MS).toISOString(), seenAt]
    const rows = await services.sla.attainment({ from, to, groupBy: 'policy' })
    expect(rows.length).toBe(2)
    for (const { met, breached } of rows) expect(met).toBeGreaterThan(breached)
    expect(rows.reduce((sum, { breached }) => sum + breached, 0)).toBeGreaterThanOrEqual(5)
  })

  it('knows the holidays of this year and the next', async () => {
    const { calendars } = await services.book.current()
    const [shop] = calendars.values()
    const year = new Date(now).getUTCFullYear()
    const noon = (date: string) => Date.parse(`${date}T15:00:00Z`)
    for (const date of [`${year}-12-25`, `${year + 1}-09-07`, `${year + 1}-12-25`])
      expect(shop?.time.isOpen(noon(date)), date).toBe(false)
    expect(shop?.definition.holidays.some(({ date }) => date.startsWith(`${year + 1}-`))).toBe(true)
  })
})
