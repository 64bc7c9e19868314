import type { DrillDown } from './contract.ts'

/** Instants are milliseconds UTC, durations milliseconds, shares of nothing are null. */
type CellKind = 'text' | 'count' | 'instant' | 'duration' | 'flag'
export type Cell = string | number | boolean | null

/** What stands in one place of every row. The key is stable; clients and files put it into words. */
export interface StreamColumn {
  key: string
  kind: CellKind
}

/** The tickets behind a figure: asked for as in `reports.tickets`, but all of them. */
export type StreamTickets = Omit<DrillDown, 'cursor' | 'limit'>

/**
 * All tickets behind a figure with what is known of each, as `reports.tickets` would page through them. Made for files: `chunks` is
 * to be read once, keeps only one chunk in memory, and reads nothing ahead. The rows' cells stand in the order of `columns`.
 *
 * `services.reports.stream(viewer, input, signal)` answers it.
 */
export interface TicketStream {
  columns: readonly StreamColumn[]
  /** How many rows there will be; a ticket that is merged while they are read still comes. */
  total: number
  /** The office's zone, in which days and hours are meant. */
  timezone: string
  /** The log's last event that is in it. */
  seq: number
  chunks: AsyncIterable<Cell[][]>
}
