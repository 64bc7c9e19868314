import type { TicketChanges, TicketView, UpdateTicket } from '../../../server/tickets/contract.ts'
import type { Command } from '../../outbox/command.ts'

/** An edit that met somebody else's of the same fields: both stand, and the author chooses. */
export interface EditConflict {
  command: Command
  input: UpdateTicket
  /** The ticket as it is now. */
  current: TicketView
  /** The change's keys that collide, as {@link TicketChanges} names them; custom fields stand under `fields.<key>`. */
  fields: string[]
}

/** What the server calls the columns whose change goes by another name. */
const changeKeys: Record<string, string> = { tagIds: 'tags' }

/** A reason is one with its date: whoever chooses the one gets the other. */
const hasDate = (fields: readonly string[]) => fields.includes('dueAt')

/** Reads a refused command; null when it was refused for another reason. */
export function conflictOf(command: Command): EditConflict | null {
  const { failure } = command
  if (command.procedure !== 'tickets.update' || failure?.reason !== 'ticket.changed_meanwhile') return null
  const { current, fields } = failure.details
  if (!isTicket(current) || !Array.isArray(fields)) return null
  const input = command.input as UpdateTicket
  const named = fields.map((field) => changeKeys[String(field)] ?? String(field))
  const asked = named.filter((field) => field !== 'dueReason' || !hasDate(named))
  return { command, input, current, fields: asked }
}

const isTicket = (value: unknown): value is TicketView =>
  typeof value === 'object' && value !== null && 'version' in value && 'id' in value

/**
 * The edit made again on the ticket as it is now, with only the colliding fields that `mine` names; fields that never collided stay
 * in. Null when nothing is left of it.
 */
export function resolveConflict(
  { input, current, fields }: EditConflict,
  mine: ReadonlySet<string>,
): UpdateTicket | null {
  const dropped = new Set(fields.filter((field) => !mine.has(field)))
  if (dropped.has('dueAt')) dropped.add('dueReason')
  const kept = Object.entries(input.changes).filter(([key]) => key !== 'fields' && !dropped.has(key))
  const custom = Object.entries(input.changes.fields ?? {}).filter(([key]) => !dropped.has(`fields.${key}`))
  const changes: TicketChanges = {
    ...Object.fromEntries(kept),
    ...(custom.length > 0 ? { fields: Object.fromEntries(custom) } : {}),
  }
  if (Object.keys(changes).length === 0) return null
  return { ...input, version: current.version, changes }
}

/** What the edit wanted for a colliding field. */
export function wantedValue({ input }: EditConflict, field: string): unknown {
  if (field.startsWith('fields.')) return input.changes.fields?.[field.slice('fields.'.length)] ?? null
  return input.changes[field as keyof TicketChanges] ?? null
}

/** What the ticket has for it now. */
export function currentValue({ current }: EditConflict, field: string): unknown {
  if (field.startsWith('fields.')) return current.fields[field.slice('fields.'.length)] ?? null
  const values: Record<string, unknown> = {
    subject: current.subject,
    requesterId: current.requester.id,
    typeId: current.type?.id ?? null,
    categoryId: current.category?.id ?? null,
    priorityId: current.priority.id,
    statusId: current.status.id,
    teamId: current.team?.id ?? null,
    agentId: current.agent?.id ?? null,
    urgency: current.urgency,
    impact: current.impact,
    dueAt: current.manualDueAt,
    dueReason: current.dueReason,
    tags: current.tags.map(({ name }) => name),
  }
  return values[field] ?? null
}
