import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { isOpen } from '../sla/clock.ts'
import { readClocks } from '../sla/ticket-sla-rows.ts'
import type { Db } from '../store/store.ts'
import type { ListTickets, TicketItem, TicketPage } from './contract.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { TicketFilter, TicketSort } from './filter.contract.ts'
import { compileFilter, type SqlCondition } from './filter-sql.ts'
import type { NamesSource } from './names.ts'
import type { TicketRow } from './ticket.entity.ts'
import { toTicketItem } from './ticket-view.ts'

type ListedRow = TicketRow & {
  requesterName: string
  requesterTierId: string | null
  slaPolicyId: string | null
  slaClocks: string | null
}

/** What each order sorts by; `seq` breaks ties. The expressions are those of the indexes in the store's migrations. */
const sortColumns: Record<TicketSort['by'], string> = {
  dueAt: 'COALESCE(t.dueAt, 9007199254740991)',
  priority: 't.priorityWeight',
  createdAt: 't.seq',
  updatedAt: 't.updatedAt',
}

const sortValue: Record<TicketSort['by'], (row: TicketRow) => number> = {
  dueAt: (row) => row.dueAt ?? Number.MAX_SAFE_INTEGER,
  priority: (row) => row.priorityWeight,
  createdAt: (row) => row.seq,
  updatedAt: (row) => row.updatedAt,
}

const WHERE = ' WHERE '

/** More than this many are "many": counting on would cost more than the number says. */
const COUNT_LIMIT = 1_000

/** Questions about many tickets at once, each answered within what the viewer may see. */
export class TicketList {
  readonly #read: Db
  readonly #names: NamesSource
  readonly #clock: Clock

  constructor(read: Db, names: NamesSource, clock: Clock) {
    this.#read = read
    this.#names = names
    this.#clock = clock
  }

  /** A page of tickets; by default those due first. */
  async page(
    viewer: Viewer,
    { filter = {}, sort = { by: 'dueAt', dir: 'asc' }, limit, cursor }: ListTickets,
  ): Promise<TicketPage> {
    const rows = await this.#select(await this.#condition(viewer, filter), sort, limit + 1, cursor ?? null)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await this.#items(page),
      nextCursor: rows.length > limit && last ? encodeCursor([sortValue[sort.by](last), last.seq]) : null,
    }
  }

  /** Those of the named tickets that the viewer sees, in no particular order. */
  async byIds(viewer: Viewer, ids: readonly string[]): Promise<TicketItem[]> {
    const { sql, parameters } = await this.#condition(viewer, {})
    return this.#items(
      await this.#query({
        sql: `${sql} AND t.id IN (:...ids)`,
        parameters: { ...parameters, ids },
      }).getRawMany<ListedRow>(),
    )
  }

  /** As {@link byIds}, by the store's own numbers and in their order; tickets out of sight are left out. */
  async bySeqs(viewer: Viewer, seqs: readonly number[]): Promise<Map<number, TicketItem>> {
    if (seqs.length === 0) return new Map()
    const { sql, parameters } = await this.#condition(viewer, {})
    const rows = await this.#query({
      sql: `${sql} AND t.seq IN (:...seqs)`,
      parameters: { ...parameters, seqs },
    }).getRawMany<ListedRow>()
    const items = await this.#items(rows)
    return new Map(rows.map((row, i) => [row.seq, items[i] as TicketItem]))
  }

  /** A customer's tickets, newest first. */
  async ofRequester(viewer: Viewer, customerId: string, limit = 200): Promise<TicketItem[]> {
    const condition = await this.#condition(viewer, { requesterIds: [customerId] })
    return this.#items(await this.#select(condition, { by: 'createdAt', dir: 'desc' }, limit, null))
  }

  /** How many tickets match, at most {@link COUNT_LIMIT}. */
  async count(viewer: Viewer, filter: TicketFilter): Promise<number> {
    const { sql, parameters } = await this.#condition(viewer, filter)
    const matches = this.#read
      .createQueryBuilder()
      .select('1', 'one')
      .from('ticket', 't')
      .innerJoin('customer', 'c', 'c.id = t.requesterId')
      .where(sql, parameters)
      .limit(COUNT_LIMIT)
    const row = await this.#read
      .createQueryBuilder()
      .select('COUNT(*)', 'count')
      .from(`(${matches.getQuery()})`, 'matches')
      .setParameters(matches.getParameters())
      .getRawOne<{ count: number }>()
    return row?.count ?? 0
  }

  /** What picks out the tickets that match, for a connection of one's own: SQL over `ticket t` and its requester `customer c`. */
  async picked(
    viewer: Viewer,
    filter: TicketFilter,
  ): Promise<{ sql: string; values: (string | number | null)[] }> {
    const { sql, parameters } = await this.#condition(viewer, filter)
    const [query, values] = this.#read
      .createQueryBuilder()
      .select('1', 'one')
      .from('ticket', 't')
      .innerJoin('customer', 'c', 'c.id = t.requesterId')
      .where(sql, parameters)
      .getQueryAndParameters()
    return {
      sql: `(${query.slice(query.indexOf(WHERE) + WHERE.length)})`,
      values: values as (string | number | null)[],
    }
  }

  async #condition(viewer: Viewer, filter: TicketFilter): Promise<SqlCondition> {
    const { catalog, tiers } = await this.#names.current()
    return compileFilter(filter, { viewer, catalog, tiers, now: this.#clock.now() })
  }

  #query({ sql, parameters }: SqlCondition) {
    return this.#read
      .createQueryBuilder()
      .select('t.*, c.name AS "requesterName", c.tierId AS "requesterTierId"')
      .addSelect('s.policyId AS "slaPolicyId", s.clocks AS "slaClocks"')
      .from('ticket', 't')
      .innerJoin('customer', 'c', 'c.id = t.requesterId')
      .leftJoin('ticket_sla', 's', 's.seq = t.seq')
      .where(sql, parameters)
  }

  #select(
    condition: SqlCondition,
    sort: TicketSort,
    limit: number,
    cursor: string | null,
  ): Promise<ListedRow[]> {
    const column = sortColumns[sort.by]
    const direction = sort.dir === 'asc' ? 'ASC' : 'DESC'
    // Among equally pressing tickets the one that came first is first.
    const tieDirection = sort.by === 'priority' ? 'ASC' : direction
    const query = this.#query(condition)
      .orderBy(column, direction)
      .addOrderBy('t.seq', tieDirection)
      .limit(limit)
    if (cursor !== null) {
      const [value, seq] = decodeCursor(cursor)
      const [beyond, after] = [direction === 'ASC' ? '>' : '<', tieDirection === 'ASC' ? '>' : '<']
      query.andWhere(
        `${column} ${beyond}= :sortValue AND (${column} ${beyond} :sortValue OR t.seq ${after} :sortSeq)`,
        {
          sortValue: value,
          sortSeq: seq,
        },
      )
    }
    return query.getRawMany<ListedRow>()
  }

  async #items(rows: ListedRow[]): Promise<TicketItem[]> {
    if (rows.length === 0) return []
    const names = await this.#names.current()
    const tags = await this.#read.sql<{ ticketId: string; tagId: string }[]>`
      SELECT ticketId, tagId FROM ticket_tag WHERE ticketId IN (${() => rows.map(({ id }) => id)}) ORDER BY tagId`
    const tagIds = Map.groupBy(tags, ({ ticketId }) => ticketId)
    return rows.map((row) =>
      toTicketItem(
        row,
        {
          requester: { name: row.requesterName, tierId: row.requesterTierId },
          tagIds: (tagIds.get(row.id) ?? []).map(({ tagId }) => tagId),
          promises: {
            policyId: row.slaPolicyId,
            // A list is about what is left to do; promises that are over would only make its answers longer.
            clocks: row.slaClocks === null ? [] : readClocks(row.slaClocks).filter(isOpen),
          },
        },
        names,
      ),
    )
  }
}
