import type { Notify } from '../rules/action.contract.ts'
import type { ReminderView } from './contract.ts'
import type { ReminderRow } from './entities.ts'

/** A reminder as clients see it. */
export const toReminderView = (
  row: ReminderRow,
  ticket: { number: string; subject: string },
  viewer: { agentId: string },
  agentName: (agentId: string) => string | null,
): ReminderView => ({
  id: row.id,
  ticketId: row.ticketId,
  ticket: { number: ticket.number, subject: ticket.subject },
  kind: row.kind,
  dueAt: new Date(row.dueAt).toISOString(),
  to: JSON.parse(row.recipients) as Notify[],
  text: row.text,
  createdBy: {
    type: row.createdByType,
    id: row.createdById,
    name: row.createdById === null ? null : agentName(row.createdById),
  },
  createdAt: new Date(row.createdAt).toISOString(),
  mine: row.createdByType === 'agent' && row.createdById === viewer.agentId,
})
