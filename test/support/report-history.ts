/** Three weeks of an office in which anything may happen, and its tickets as a slow count of the log tells them. */
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Report, ReportName } from '../../server/reports/contract.ts'
import { compileCalendar } from '../../server/sla/calendar.ts'
import { startPromiseOffice, type PromiseOffice } from './promise-office.ts'
import { recount, sure, type Line, type Recounted } from './report-recount.ts'
import type { Client } from './server.ts'

const MINUTE = 60_000

interface RetoldTicket {
  id: string
  teamId: string | null
  agentId: string | null
  channel: string
  typeId: string | null
  categoryId: string | null
  tags: string[]
  life: Recounted
}

/** Asks the store itself. */
type Stored = <T>(sql: string, ...values: unknown[]) => T[]

export interface ReportHistory extends AsyncDisposable {
  office: PromiseOffice
  tickets: RetoldTicket[]
  /** The first is above the second. */
  categoryIds: [string, string]
  /** All of it lies between. */
  from: string
  to: string
  stored: Stored
  /** Those that reports count: not the ones merged into others. */
  counted(): RetoldTicket[]
  ask(report: ReportName, more?: object): Promise<Report>
}

export async function startReportHistory(): Promise<ReportHistory> {
  const office = await startPromiseOffice({ pauseOn: ['waiting'], pauseNextResponseOn: ['hold'] })
  const from = new Date(office.clock.time - 60 * MINUTE).toISOString()
  const categoryIds = await play(office)
  const to = new Date(office.clock.time + MINUTE).toISOString()
  const stored = storedIn(office.server.dataDir)
  const tickets = retold(stored)
  return {
    ...{ office, tickets, categoryIds, from, to, stored },
    counted: () => tickets.filter(({ life }) => !life.merged),
    ask: (report, more = {}) => office.bruno.api.reports.run.query({ report, from, to, ...more }),
    [Symbol.asyncDispose]: () => office[Symbol.asyncDispose](),
  }
}

const storedIn =
  (dataDir: string): Stored =>
  <T>(sql: string, ...values: unknown[]) => {
    const database = new Sqlite(join(dataDir, 'balcao.db'), { readonly: true })
    try {
      return database.prepare<unknown[], T>(sql).all(...values)
    } finally {
      database.close()
    }
  }

/** The same numbers every time. */
function chance(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (n: number) => Math.floor(next() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  }
}

/** Plays three weeks, and says which category is above which other. */
async function play({
  ana,
  carla,
  bruno,
  clock,
  server,
  teamId,
  ...desk
}: PromiseOffice): Promise<[string, string]> {
  const random = chance(20_260_309)
  const stock = await ana.api.teams.create.mutate({ name: 'Estoque' })
  const above = await ana.api.categories.create.mutate({ name: 'Impressoras' })
  const below = await ana.api.categories.create.mutate({ name: 'Papel preso', parentId: above.id })
  const { statuses } = await ana.api.catalog.get.query()
  const ids: string[] = []
  const merged: string[] = []
  const people = [ana, bruno, carla]
  const step = async () => {
    const id = random.pick(ids)
    const who = random.pick(people).api
    switch (random.below(9)) {
      case 0:
      case 1:
        return who.tickets.reply.mutate({
          ticketId: id,
          kind: random.below(4) === 0 ? 'note' : 'public',
          body: 'Vamos ver.',
        })
      case 2:
        return desk.customerWrites(id)
      case 3:
      case 4:
        return change(ana.api, id, { statusId: random.pick(statuses).id })
      case 5:
        return change(ana.api, id, { teamId: random.pick([teamId, stock.id, null]) })
      case 6:
        return change(ana.api, id, { agentId: random.pick([ana.id, bruno.id, carla.id, null]) })
      case 7: {
        const other = random.pick(ids)
        await ana.api.tickets.merge.mutate({ sourceId: id, targetId: other })
        return merged.push(id)
      }
      default: {
        const back = random.pick(merged)
        return back && ana.api.tickets.unmerge.mutate({ ticketId: back })
      }
    }
  }
  for (let index = 0; index < 320; index++) {
    clock.advance({ minutes: 20 + random.below(140) })
    await server.services.schedule.settled()
    if (ids.length < 3 || random.below(9) === 0)
      ids.push(
        await desk.ticket({
          channel: random.pick(['email', 'phone', 'chat']),
          requester: { name: `Cliente ${index}` },
          tags: random.pick([[], ['nf'], ['nf', 'troca']]),
          categoryId: random.pick([null, above.id, below.id]),
        }),
      )
    // Much of what is tried may be refused, as a merge into itself is.
    else await Promise.resolve(step()).catch(() => undefined)
  }
  return [above.id, below.id]
}

async function change(api: Client, id: string, fields: Record<string, string | null>) {
  const { version } = await api.tickets.get.query({ id })
  await api.tickets.update.mutate({ ticketId: id, version, changes: fields as never })
}

function retold(stored: Stored): RetoldTicket[] {
  const phases = new Map(
    stored<{ id: string; key: string | null; class: string }>('SELECT id, key, class FROM status').map(
      (row) => [row.id, (row.key === 'cancelled' ? 'cancelled' : row.class) as never],
    ),
  )
  const [hours] = stored<{ timezone: string; hours: string; holidays: string }>(
    'SELECT * FROM calendar_revision',
  )
  const time = compileCalendar({
    timezone: sure(hours).timezone,
    hours: JSON.parse(sure(hours).hours),
    holidays: [],
  })
  const rules = { phases, time, pauseOn: ['waiting'], pauseNextResponseOn: ['hold'] } as const
  return stored<{
    id: string
    teamId: string
    agentId: string
    channel: string
    typeId: string
    categoryId: string
  }>('SELECT * FROM ticket').map((row) => ({
    ...row,
    tags: stored<{ tagId: string }>('SELECT tagId FROM ticket_tag WHERE ticketId = ?', row.id).map(
      ({ tagId }) => tagId,
    ),
    life: recount(row.id, stored<Line>('SELECT * FROM event WHERE ticketId = ? ORDER BY seq', row.id), rules),
  }))
}
