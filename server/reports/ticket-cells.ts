import type { Reader } from '../store/reader.ts'
import type { Cell, StreamColumn } from './ticket-stream.contract.ts'

interface CellColumn extends StreamColumn {
  sql: string
}

const name = (key: string, table: string, id: string): CellColumn => ({
  key,
  kind: 'text',
  sql: `(SELECT name FROM ${table} WHERE id = ${id})`,
})
const cell = (key: string, kind: StreamColumn['kind'], sql: string): CellColumn => ({ key, kind, sql })

/** What is told of a ticket in a file; names as they are now. The figure's own value comes last, from who asks. */
const told: readonly CellColumn[] = [
  cell('number', 'text', 't.number'),
  cell('subject', 'text', 't.subject'),
  cell('customer', 'text', 'c.name'),
  name('organization', 'organization', 'c.organizationId'),
  name('tier', 'customer_tier', 'c.tierId'),
  cell('channel', 'text', 't.channel'),
  name('type', 'ticket_type', 't.typeId'),
  name('category', 'category', 't.categoryId'),
  cell(
    'tags',
    'text',
    `(SELECT group_concat(g.name, ', ' ORDER BY g.name) FROM ticket_tag tt JOIN tag g ON g.id = tt.tagId WHERE tt.ticketId = t.id)`,
  ),
  name('priority', 'priority', 't.priorityId'),
  name('status', 'status', 't.statusId'),
  name('team', 'team', 't.teamId'),
  name('agent', 'agent', 't.agentId'),
  cell('createdAt', 'instant', 'f.createdAt'),
  cell('firstAnsweredAt', 'instant', 'f.firstAnsweredAt'),
  name('firstAnsweredBy', 'agent', 'f.firstAnsweredBy'),
  cell('firstResponse', 'duration', 'f.firstResponseBusinessMs'),
  cell('firstResponseElapsed', 'duration', 'f.firstAnsweredAt - f.createdAt'),
  cell('resolvedAt', 'instant', 'f.resolvedAt'),
  name('resolvedBy', 'agent', 'f.resolvedBy'),
  cell('resolution', 'duration', 'f.resolutionBusinessMs'),
  cell('resolutionElapsed', 'duration', 'f.resolvedAt - f.createdAt'),
  cell('reopened', 'count', 'f.reopened'),
  cell('transfers', 'count', 'f.transfers'),
  cell('handovers', 'count', 'f.handovers'),
  cell('replies', 'count', 'f.replies'),
  cell('customerMessages', 'count', 'f.customerMessages'),
  cell('notes', 'count', 'f.notes'),
  cell('oneTouch', 'flag', 'f.oneTouch'),
]

export const cellColumns: readonly StreamColumn[] = told.map(({ key, kind }) => ({ key, kind }))

/** The cells of these tickets, in the order of `seqs`; a ticket that no facts are known of (yet) is left out with its place empty. */
export function ticketCells(reader: Reader, seqs: readonly number[]): (Cell[] | null)[] {
  const rows = reader.each(
    `SELECT f.seq, ${told.map(({ sql }) => sql).join(', ')}
    FROM json_each(:seqs) j CROSS JOIN ticket_fact f ON f.seq = j.value
    CROSS JOIN ticket t ON t.seq = f.seq CROSS JOIN customer c ON c.id = t.requesterId`,
    { seqs: JSON.stringify(seqs) },
  )
  const found = new Map(Array.from(rows, ([seq, ...cells]) => [seq, cells.map(toCell)]))
  return seqs.map((seq) => found.get(seq) ?? null)
}

const toCell = (value: string | number | null, index: number): Cell =>
  told[index]?.kind === 'flag' && value !== null ? value === 1 : value
