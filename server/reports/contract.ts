import { z } from 'zod'
import { ticketFilterSchema } from '../tickets/filter.contract.ts'
import type { TicketView } from '../tickets/contract.ts'

// reports.catalog             → ReportEntry[]      tickets.readAll   what there is, by name, with its figures and groupings
// reports.run     RunReport   → Report             tickets.readAll
// reports.tickets DrillDown   → ReportTickets      tickets.readAll   the tickets behind one figure
// All of it is reckoned in a thread of its own, from facts that are folded from the log; see docs/decisions.

/** The questions that can be asked. Each is a set of figures over the same tickets. */
export const reportNames = [
  'volume',
  'firstResponse',
  'nextResponse',
  'resolution',
  'attainment',
  'backlog',
  'rework',
  'handling',
  'satisfaction',
  'macros',
] as const
export type ReportName = (typeof reportNames)[number]

/** What rows can stand for. `hourOfWeek` is the heat map: 168 rows keyed `1-00` (Monday, midnight) to `7-23`. */
export const groupings = [
  'agent',
  'team',
  'channel',
  'type',
  'category',
  'tag',
  'priority',
  'customer',
  'organization',
  'tier',
  'policy',
  'macro',
  'hour',
  'weekday',
  'hourOfWeek',
  'day',
  'week',
  'month',
] as const
export type Grouping = (typeof groupings)[number]

/**
 * How a figure is to be read. Durations are milliseconds, shares between 0 and 1, scores as they were given. What is `signed` may lie
 * below zero, so a change of it is said in itself and not as a share; it is written without decimals.
 */
export type FigureKind = 'count' | 'signed' | 'duration' | 'share' | 'score'

/**
 * A figure's stable name; clients put it, and its definition, into words under the same key. Durations come as `…Median`, `…P90`
 * and `…Average`, in business time and, with `Elapsed` before that, on the wall clock.
 */
export interface FigureColumn {
  key: string
  kind: FigureKind
  /** Which way is good, where one is: what a comparison is coloured by. */
  better: 'more' | 'less' | null
}

export interface ReportEntry {
  report: ReportName
  columns: FigureColumn[]
  groupings: Grouping[]
  /** What it shows when nothing else is asked for. */
  defaultGrouping: Grouping
  /** The figure that a chart begins with. */
  leading: string
}

const period = { from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }
const asked = {
  report: z.enum(reportNames),
  ...period,
  filter: ticketFilterSchema.optional(),
}

export const runReportInput = z
  .strictObject({
    ...asked,
    groupBy: z.enum(groupings).optional(),
    /** The same over another time, row by row beside it. */
    compareTo: z.strictObject(period).optional(),
    limit: z.int().min(1).max(1_000).default(200),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'period.ends_first' })
export type RunReport = z.input<typeof runReportInput>

/** By column key; null where there is nothing to say, as with the median of nothing. */
export type Figures = Record<string, number | null>

export interface ReportRow {
  /** The group's id, or what it is for times (`2026-11-26`, `14`, `1-00`); null gathers those without one. */
  key: string | null
  /** As people call it; null where the client words it (times, channels, "without"). */
  name: string | null
  figures: Figures
  /** Of the compared time; null when nothing is compared or the group was not there. */
  before: Figures | null
}

/** How many answers took how long: up to `upTo` milliseconds (null: longer than all before). */
export interface Bucket {
  upTo: number | null
  count: number
}

export interface Report {
  report: ReportName
  groupBy: Grouping
  columns: FigureColumn[]
  rows: ReportRow[]
  /** Over all rows, those left out included: reckoned anew, for medians don't add up. */
  total: ReportRow
  /** Of the leading duration, where there is one. */
  distribution: Bucket[] | null
  /** Rows beyond the limit. */
  leftOut: number
  /** The office's zone, in which days and hours are meant. */
  timezone: string
  /** The log's last event that is in it. */
  seq: number
}

export const drillDownInput = z.strictObject({
  ...asked,
  groupBy: z.enum(groupings).optional(),
  /** The row: its key, null for those without a group; left out for all. */
  key: z.string().max(60).nullish(),
  /** The figure whose tickets are meant, as `breached`; without it all tickets of the row. */
  column: z.string().max(60).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).default(50),
})
export type DrillDown = z.input<typeof drillDownInput>

export interface ReportTickets {
  items: { ticket: TicketView; /** The ticket's own value of the figure. */ value: number | null }[]
  total: number
  nextCursor: string | null
}
