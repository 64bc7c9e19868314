import { expect, test } from 'vitest'
import {
  midnightOf,
  planBehind,
  type TicketFigure,
} from '../../src-renderer/features/dashboard/tile-links.ts'
import { openTicket } from '../support/dashboard-office.ts'
import { aClock } from '../support/desk-clock.ts'
import { startTestServer } from '../support/server.ts'

test('behind every number of a dashboard stand exactly as many tickets as it counts', async () => {
  const clock = aClock()
  await using server = await startTestServer({ clock })
  const token = await server.setup()
  const client = server.client(token)
  const { agent } = await client.auth.me.query()
  const { statuses } = await client.catalog.get.query()
  const statusId = (wanted: string) => statuses.find((status) => status.class === wanted)?.id ?? ''
  const dueIn = (minutes: number) => new Date(clock.time + minutes * 60_000).toISOString()
  // Of yesterday, of today and late in somebody's hands, late and parked, resolved, and waiting for anybody.
  await openTicket(client)
  const old = await openTicket(client)
  await client.tickets.update.mutate({
    ...{ ticketId: old.id, version: old.version },
    changes: { statusId: statusId('resolved') },
  })
  clock.advance({ days: 1 })
  const changes = [
    { agentId: agent.id, dueAt: dueIn(20) },
    { statusId: statusId('waiting'), dueAt: dueIn(10) },
    { statusId: statusId('resolved') },
    {},
  ]
  for (const each of changes) {
    const { id: ticketId, version } = await openTicket(client)
    if (Object.keys(each).length > 0) await client.tickets.update.mutate({ ticketId, version, changes: each })
  }
  // What went on in another ticket is not resolved; what was resolved yesterday and written to today was not resolved today.
  const [gone, kept] = [await openTicket(client), await openTicket(client)]
  await client.tickets.merge.mutate({ sourceId: gone.id, targetId: kept.id })
  await client.tickets.reply.mutate({ ticketId: old.id, kind: 'note', body: 'Nota fiscal arquivada.' })
  clock.advance({ minutes: 30 })

  const { total, today, timezone } = await client.dashboard.live.query({})
  const behind = async (figure: TicketFigure) => {
    const plan = planBehind(figure, null, midnightOf(today.day, timezone))
    return (await client.tickets.list.query({ ...plan, limit: 50 })).items.length
  }
  expect([total.waiting, total.inWork, total.parked, total.breached]).toEqual([3, 1, 1, 2])
  expect(await behind('waiting')).toBe(total.waiting)
  expect(await behind('inWork')).toBe(total.inWork)
  expect(await behind('parked')).toBe(total.parked)
  expect(await behind('breached')).toBe(total.breached)
  expect([today.arrived, today.resolved]).toEqual([6, 1])
  expect(await behind('arrivedToday')).toBe(today.arrived)
  expect(await behind('resolvedToday')).toBe(today.resolved)
})
