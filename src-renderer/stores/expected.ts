import type { FieldValue } from '../../server/catalog/contract.ts'
import type { Actor } from '../../server/events/contract.ts'
import type { SlaClockView } from '../../server/sla/contract.ts'
import type {
  Reply,
  TicketChanges,
  TicketItem,
  TicketView,
  UpdateTicket,
} from '../../server/tickets/contract.ts'
import type { Command } from '../outbox/command.ts'
import type { DeskCatalog } from './catalog.ts'
import { nearestClock } from './remaining.ts'

/**
 * What a ticket will look like when the outbox is empty: the commands that are on their way, laid over what the server said. Nothing
 * is stored, so there is nothing to undo when a command is refused or let go.
 */
export function expectedTicket<Ticket extends TicketItem | TicketView>(
  ticket: Ticket,
  commands: readonly Command[],
  catalog: DeskCatalog | null,
): Ticket {
  if (!catalog) return ticket
  return commands
    .filter((command) => command.state !== 'refused' && command.subject === ticket.id)
    .reduce(
      (expected, command) => ({ ...expected, ...patchOf(expected, changesOf(command), catalog) }),
      ticket,
    )
}

function changesOf({ procedure, input }: Command): TicketChanges {
  if (procedure === 'tickets.update') return (input as UpdateTicket).changes
  const { statusId } = input as Reply
  return procedure === 'tickets.reply' && statusId ? { statusId } : {}
}

function patchOf(
  ticket: TicketItem | TicketView,
  changes: TicketChanges,
  catalog: DeskCatalog,
): Partial<TicketView> {
  const patch: Partial<TicketView> = {}
  if (changes.subject !== undefined) patch.subject = changes.subject
  if (changes.dueAt !== undefined) Object.assign(patch, withManualDate(ticket, changes.dueAt))
  if (changes.dueReason !== undefined && 'dueReason' in ticket) patch.dueReason = changes.dueReason
  if (changes.urgency !== undefined) patch.urgency = changes.urgency
  if (changes.impact !== undefined) patch.impact = changes.impact
  if (changes.statusId !== undefined)
    patch.status = named(catalog.statuses, changes.statusId) ?? ticket.status
  if (changes.priorityId !== undefined)
    patch.priority = named(catalog.priorities, changes.priorityId) ?? ticket.priority
  if (changes.typeId !== undefined) patch.type = reference(catalog.types, changes.typeId)
  if (changes.categoryId !== undefined) patch.category = reference(catalog.categories, changes.categoryId)
  if (changes.teamId !== undefined) patch.team = reference(catalog.teams, changes.teamId)
  if (changes.agentId !== undefined) patch.agent = reference(catalog.agents, changes.agentId)
  if (changes.tags) patch.tags = changes.tags.map((name) => tagCalled(name, ticket, catalog))
  if (changes.fields && 'fields' in ticket) patch.fields = withFields(ticket.fields, changes.fields)
  return patch
}

/**
 * A date that a person sets binds at once in place of the promised end. Where the promise stands when they take it back, as after every
 * other change, only the server reckons.
 */
function withManualDate(ticket: TicketItem | TicketView, dueAt: string | null): Partial<TicketView> {
  const edited = 'manualDueAt' in ticket ? { manualDueAt: dueAt } : {}
  if (dueAt === null) return edited
  const end = ticket.sla.find(({ metric }) => metric === 'resolution')
  const others = ticket.sla.filter((clock) => clock !== end)
  const sla = [...others, { ...(end ?? bareClock(ticket)), ...running, dueAt, manual: true }]
  return { ...edited, sla, dueAt: nearestClock(sla)?.dueAt ?? null }
}

const running = {
  status: 'running',
  pausedSince: null,
  metAt: null,
  breachedAt: null,
  cancelledAt: null,
} as const

const bareClock = ({
  createdAt,
}: TicketItem): Omit<SlaClockView, 'dueAt' | 'manual' | keyof typeof running> => ({
  metric: 'resolution',
  cycle: 1,
  startedAt: createdAt,
  remainingMs: 0,
  targetMs: null,
  policyId: null,
  calendarId: null,
})

/** A row by its id or, for presets, its key. */
function named<Row extends { id: string; key?: string | null }>(
  rows: readonly Row[],
  ref: string,
): Row | undefined {
  return rows.find(({ id, key }) => id === ref || (key !== null && key === ref))
}

function reference(rows: readonly { id: string; key?: string | null; name: string }[], ref: string | null) {
  const row = ref === null ? undefined : named(rows, ref)
  return row ? { id: row.id, name: row.name } : null
}

/** A tag that doesn't exist yet will be made by the server; until then its name stands for it. */
function tagCalled(name: string, ticket: TicketItem, { tags }: DeskCatalog): TicketItem['tags'][number] {
  const same = (tag: { name: string }) =>
    tag.name.localeCompare(name, undefined, { sensitivity: 'base' }) === 0
  const {
    id,
    color,
    public: isPublic,
  } = ticket.tags.find(same) ?? tags.find(same) ?? { id: name, color: '#8a8f98', public: false }
  return { id, name, color, public: isPublic }
}

function withFields(
  fields: TicketView['fields'],
  changes: Record<string, FieldValue | null>,
): TicketView['fields'] {
  const entries = Object.entries({ ...fields, ...changes })
  return Object.fromEntries(entries.filter((entry): entry is [string, FieldValue] => entry[1] !== null))
}

/** A reply or note that the server doesn't have yet. */
export interface PendingMessage {
  /** The id that the message will have. */
  id: string
  ticketId: string
  kind: Reply['kind']
  author: Actor
  /** As it was written; shown through the same sanitiser as any message. */
  html: string
  attachmentIds: string[]
  createdAt: string
  state: Command['state']
  command: Command
}

/** The replies on their way to a ticket, refused ones included: those wait for a decision where they were written. */
export function pendingMessages(
  ticketId: string,
  commands: readonly Command[],
  arrived: readonly { id: string }[],
  author: Actor,
): PendingMessage[] {
  return commands.flatMap((command) => {
    if (command.procedure !== 'tickets.reply' || command.subject !== ticketId) return []
    const { id, kind, body, attachments } = command.input as Reply
    if (id && arrived.some((message) => message.id === id)) return []
    const createdAt = new Date(command.createdAt).toISOString()
    return {
      id: id ?? command.id,
      ticketId,
      kind,
      author,
      html: body,
      attachmentIds: attachments ?? [],
      createdAt,
      state: command.state,
      command,
    }
  })
}
