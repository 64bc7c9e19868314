import type { SqlCondition } from '../tickets/filter-sql.ts'
import type { Bucket, FigureColumn, Figures, Grouping, ReportName } from './contract.ts'

/** `[from, to)` in milliseconds UTC. */
export interface Period {
  from: number
  to: number
}

/** What a thread is asked; plain values, ready for it. */
export interface Question {
  report: ReportName
  groupBy: Grouping
  period: Period
  compareTo: Period | null
  /** On `ticket t` joined with its requester `customer c`; null for all tickets. */
  filter: SqlCondition | null
  timezone: string
  /** What is not yet can't be counted. */
  now: number
  limit: number
}

/** The tickets behind a figure. */
export interface Selection {
  question: Omit<Question, 'compareTo' | 'limit'>
  /** The row's key, null for those without a group; undefined for all. */
  key: string | null | undefined
  /** The column's key; undefined for all tickets of the row. */
  column: string | undefined
}

export interface AnsweredRow {
  key: string | null
  figures: Figures
  before: Figures | null
}

export interface Answer {
  rows: AnsweredRow[]
  total: AnsweredRow
  distribution: Bucket[] | null
  leftOut: number
  /** The log's last event that is in it. */
  seq: number
}

/** By the store's own numbers, in the order in which people see them; each with its own value of the figure (NaN for none). */
export interface Selected {
  seqs: Float64Array
  values: Float64Array
  seq: number
}

/** What happened in a period, one row for each time that it happened. */
export interface Source {
  /** What stands behind `FROM`, without ticket and requester. */
  from: string
  /** How the ticket is joined as `t`, where a filter or a grouping asks for it. */
  ticket: string
  /** The ticket's number in the store. */
  seq: string
  /** When it counts: those in the period do. */
  at: string
  /** What lies in the period instead, for what lasts; `:from` and `:to` are its ends. */
  within?: string
  where?: string
  /** Whose doing it was. */
  agent: string
  /** Groupings that it knows better than the ticket as it is now. */
  groups?: Partial<Record<Grouping, string>>
  /** What each row adds, by the name that columns know it by. Null adds nothing. */
  adds: Readonly<Record<string, string>>
}

export type Reduction = 'sum' | 'average' | 'median' | 'p90' | 'distinct'

export interface Column extends FigureColumn {
  /** What it is made of, and how; or how it follows from those before it. */
  of: { added: string; reduce: Reduction } | { figures: (figures: Figures) => number | null }
}

export interface ReportDefinition {
  columns: readonly Column[]
  groupings: readonly Grouping[]
  defaultGrouping: Grouping
  leading: string
  /** What the distribution is of, where there is one. */
  distribution: string | null
  sources: readonly Source[]
}
