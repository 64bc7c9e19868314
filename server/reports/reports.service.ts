import { In } from 'typeorm'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { invalid } from '../errors.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store } from '../store/store.ts'
import { decodeCursor, encodeCursor } from '../tickets/cursor.ts'
import { ticketFilterSchema } from '../tickets/filter.contract.ts'
import { compileFilter, type SqlCondition } from '../tickets/filter-sql.ts'
import type { NamesSource } from '../tickets/names.ts'
import { TicketEntity } from '../tickets/ticket.entity.ts'
import { readTicketView } from '../tickets/ticket-view.ts'
import {
  reportNames,
  type DrillDown,
  type Report,
  type ReportEntry,
  type ReportName,
  type ReportTickets,
  type RunReport,
} from './contract.ts'
import { definitions } from './definitions.ts'
import type { Projector } from './projector.ts'
import type { AnsweredRow, Period, Selected, Selection } from './question.ts'
import { rowNames } from './row-names.ts'
import type { Threads } from './threads.ts'
import { cellColumns } from './ticket-cells.ts'
import type { Cell, StreamTickets, TicketStream } from './ticket-stream.contract.ts'
import { isTime } from './wall-clock.ts'

export interface ReportsDeps {
  store: Store
  clock: Clock
  names: NamesSource
  settings: Settings
  projector: Projector
  threads: Threads
}

const DAY_MS = 86_400_000
/** Ten years of days are more rows than anybody looks at. */
const LONGEST_MS = 3_660 * DAY_MS
/** Tickets that a file is written from at a time. */
const CHUNK = 1_000

/** Answers what can be asked about the office's work, from facts that are brought up to date first. */
export class Reports {
  readonly #deps: ReportsDeps

  constructor(deps: ReportsDeps) {
    this.#deps = deps
  }

  catalog(): ReportEntry[] {
    return reportNames.map((report) => {
      const { columns, groupings, defaultGrouping, leading } = definitions[report]
      return { report, columns: columnsOf(columns), groupings: [...groupings], defaultGrouping, leading }
    })
  }

  /**
   * @throws VALIDATION `report.not_grouped_so`, `report.period_too_long`, `period.ends_first`; LIMIT `report.too_many`, `report.too_long`
   */
  async run(viewer: Viewer, input: RunReport, signal?: AbortSignal): Promise<Report> {
    const { report, compareTo, limit = 200 } = input
    const asked = await this.#question(viewer, input)
    const answer = await this.#deps.threads.ask(
      viewer.agentId,
      'answer',
      { ...asked, limit, compareTo: compareTo ? periodOf(compareTo, 'compareTo') : null },
      signal,
    )
    const ids = answer.rows.flatMap(({ key }) => key ?? [])
    const names = isTime(asked.groupBy)
      ? new Map<string, { name: string }>()
      : await rowNames(this.#deps.store.read, asked.groupBy, ids, await this.#deps.names.current())
    const named = (row: AnsweredRow) => ({
      ...row,
      name: row.key === null ? null : (names.get(row.key)?.name ?? null),
    })
    return {
      ...{ report, groupBy: asked.groupBy, timezone: asked.timezone },
      columns: columnsOf(definitions[report].columns),
      rows: answer.rows.map(named),
      total: named(answer.total),
      ...{ distribution: answer.distribution, leftOut: answer.leftOut, seq: answer.seq },
    }
  }

  /**
   * The tickets behind a figure, a page of them; without a column those of the whole row.
   * @throws as {@link run}, and VALIDATION `report.column_unknown`, `input.cursor_unreadable`
   */
  async tickets(viewer: Viewer, input: DrillDown, signal?: AbortSignal): Promise<ReportTickets> {
    const { limit = 50, cursor } = input
    const after = cursor === undefined ? null : decodeCursor(cursor)
    const selected = await this.#select(viewer, input, signal)
    const begin = after === null ? 0 : placeAfter(selected, after)
    const seqs = [...selected.seqs.subarray(begin, begin + limit)]
    const rows = await this.#deps.store.read.find(TicketEntity, { where: { seq: In(seqs) } })
    const names = await this.#deps.names.current()
    const bySeq = new Map(rows.map((row) => [row.seq, row]))
    const items: ReportTickets['items'] = []
    for (const [index, seq] of seqs.entries()) {
      const row = bySeq.get(seq)
      if (row)
        items.push({
          ticket: await readTicketView(this.#deps.store.read, row, names),
          value: toValue(selected.values[begin + index]),
        })
    }
    const end = begin + seqs.length
    const [lastSeq, lastValue] = [selected.seqs[end - 1], selected.values[end - 1]]
    const isMore = end < selected.seqs.length && lastSeq !== undefined
    return {
      items,
      total: selected.seqs.length,
      nextCursor: isMore ? encodeCursor([orderOf(lastValue), lastSeq]) : null,
    }
  }

  /** As {@link tickets}, all of them with what is known of each, for files. */
  async stream(viewer: Viewer, input: StreamTickets, signal?: AbortSignal): Promise<TicketStream> {
    const selected = await this.#select(viewer, input, signal)
    const { timezone } = await this.#deps.settings.get()
    const value = this.#valueColumn(input)
    return {
      columns: [...cellColumns, ...(value ? [value] : [])],
      total: selected.seqs.length,
      ...{ timezone, seq: selected.seq },
      chunks: this.#chunks(viewer, selected, value !== null, signal),
    }
  }

  /** What the tickets were chosen by, where that says something of each. */
  #valueColumn({ report, column }: StreamTickets): TicketStream['columns'][number] | null {
    const found = definitions[report].columns.find(({ key }) => key === column)
    if (!found || found.kind === 'share' || !('added' in found.of) || found.of.reduce === 'distinct')
      return null
    return { key: 'value', kind: found.kind === 'duration' ? 'duration' : 'count' }
  }

  async *#chunks(
    viewer: Viewer,
    { seqs, values }: Selected,
    withValue: boolean,
    signal?: AbortSignal,
  ): AsyncGenerator<Cell[][]> {
    for (let begin = 0; begin < seqs.length; begin += CHUNK) {
      const chunk = [...seqs.subarray(begin, begin + CHUNK)]
      const cells = await this.#deps.threads.ask(viewer.agentId, 'cells', chunk, signal)
      yield cells.flatMap((row, index) => {
        if (!row) return []
        return [withValue ? [...row, toValue(values[begin + index])] : row]
      })
    }
  }

  async #select(viewer: Viewer, input: StreamTickets, signal?: AbortSignal): Promise<Selected> {
    const { report, key, column } = input
    if (column !== undefined && !definitions[report].columns.some((each) => each.key === column))
      throw invalid('column', 'report.column_unknown')
    const selection: Selection = { question: await this.#question(viewer, input), key, column }
    return this.#deps.threads.ask(viewer.agentId, 'select', selection, signal)
  }

  /** Ready to be asked, once the facts know all that has happened so far. */
  async #question(viewer: Viewer, input: StreamTickets): Promise<Selection['question']> {
    const { report, groupBy = definitions[report].defaultGrouping, filter } = input
    if (!definitions[report].groupings.includes(groupBy)) throw invalid('groupBy', 'report.not_grouped_so')
    const period = periodOf(input, 'to')
    const { clock, names, settings, projector } = this.#deps
    const { timezone } = await settings.get()
    const { catalog, tiers } = await names.current()
    const now = clock.now()
    const condition: SqlCondition | null =
      filter === undefined
        ? null
        : compileFilter(ticketFilterSchema.parse(filter), { viewer, catalog, tiers, now })
    await projector.caughtUp()
    return { ...{ report, groupBy, period, timezone, now }, filter: condition }
  }
}

const columnsOf = (columns: (typeof definitions)[ReportName]['columns']) =>
  columns.map(({ key, kind, better }) => ({ key, kind, better }))

/** @throws VALIDATION `period.ends_first`, `report.period_too_long` */
function periodOf({ from, to }: { from: string; to: string }, field: string): Period {
  const period = { from: Date.parse(from), to: Date.parse(to) }
  if (period.from >= period.to) throw invalid(field, 'period.ends_first')
  if (period.to - period.from > LONGEST_MS) throw invalid(field, 'report.period_too_long')
  return period
}

/** Without a value last, as the thread has them. */
const orderOf = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? -Number.MAX_VALUE : value

const toValue = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)

/** Where a page goes on that ended with this ticket, whatever has come before it since. */
function placeAfter({ seqs, values }: Selected, [value, seq]: readonly [number, number]): number {
  const index = seqs.findIndex((each, at) => {
    const own = orderOf(values[at])
    return own < value || (own === value && each < seq)
  })
  return index < 0 ? seqs.length : index
}
