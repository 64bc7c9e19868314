import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { headSeq } from '../events/feed.ts'
import type { Db } from '../store/store.ts'
import type { QueueCounts } from './contract.ts'
import { activeClasses, type TicketFilter } from './filter.contract.ts'
import type { NamesSource } from './names.ts'
import type { TicketList } from './ticket-list.ts'

interface Tally {
  teamId: string | null
  agentId: string | null
  statusId: string
  count: number
}

/** How many tickets stand where. Exact, from the tally kept with every change, so it costs the same with any number of tickets. */
export class TicketCounts {
  readonly #read: Db
  readonly #names: NamesSource
  readonly #list: TicketList

  constructor(read: Db, names: NamesSource, list: TicketList) {
    this.#read = read
    this.#names = names
    this.#list = list
  }

  async counts(viewer: Viewer, filters: readonly TicketFilter[]): Promise<QueueCounts> {
    const seq = await headSeq(this.#read)
    const { catalog } = await this.#names.current()
    const visible = (await this.#tallies()).filter((tally) => maySeeTicket(viewer, tally))
    const isActive = ({ statusId }: Tally) => {
      const status = catalog.statuses.get(statusId)
      return status !== undefined && activeClasses.includes(status.class)
    }
    const active = visible.filter(isActive)
    return {
      mine: sum(active.filter(({ agentId }) => agentId === viewer.agentId)),
      unassigned: sum(active.filter(({ agentId }) => agentId === null)),
      active: sum(active),
      byTeam: [...Map.groupBy(active, ({ teamId }) => teamId)].map(([teamId, rows]) => ({
        teamId,
        active: sum(rows),
        unassigned: sum(rows.filter(({ agentId }) => agentId === null)),
      })),
      byAgent: [...Map.groupBy(active, ({ agentId }) => agentId)].flatMap(([agentId, rows]) =>
        agentId === null ? [] : [{ agentId, active: sum(rows) }],
      ),
      byStatus: [...Map.groupBy(visible, ({ statusId }) => statusId)].map(([statusId, rows]) => ({
        statusId,
        count: sum(rows),
      })),
      filters: await Promise.all(filters.map((filter) => this.#list.count(viewer, filter))),
      seq,
    }
  }

  async #tallies(): Promise<Tally[]> {
    const rows = await this.#read.sql<{ teamId: string; agentId: string; statusId: string; count: number }[]>`
      SELECT teamId, agentId, statusId, count FROM ticket_tally WHERE count > 0`
    return rows.map((row) => ({ ...row, teamId: row.teamId || null, agentId: row.agentId || null }))
  }
}

const sum = (tallies: Tally[]) => tallies.reduce((total, { count }) => total + count, 0)
