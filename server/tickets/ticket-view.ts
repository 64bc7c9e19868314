import { In } from 'typeorm'
import type { PeopleSnapshot } from '../access/people.ts'
import { TagEntity } from '../catalog/catalog.entity.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { FieldValues, TagView } from '../catalog/contract.ts'
import { tagView } from '../catalog/views.ts'
import type { Actor } from '../events/contract.ts'
import type { FileView } from '../files/contract.ts'
import type { Clock } from '../sla/clock.ts'
import { toClockView } from '../sla/clock-view.ts'
import { timeOf, type Book } from '../sla/sla-book.ts'
import { findKeptByTicket } from '../sla/ticket-sla-rows.ts'
import type { Db } from '../store/store.ts'
import type { MessageView, Ref, TicketItem, TicketView } from './contract.ts'
import type { MessageRow, TicketRow } from './ticket.entity.ts'

/** Everything that gives ids their names and clocks their time. */
export interface Names {
  catalog: CatalogSnapshot
  people: PeopleSnapshot
  tiers: ReadonlyMap<string, { id: string; key: string | null; name: string }>
  book: Book
  rules: ReadonlyMap<string, { id: string; name: string }>
  /** What remaining times are true for, in milliseconds UTC. */
  now: number
}

/** What a ticket's row does not hold itself. */
export interface Surroundings {
  requester: { name: string; tierId: string | null }
  tagIds: readonly string[]
  promises: { policyId: string | null; clocks: readonly Clock[] }
}

export function toTicketItem(
  row: TicketRow,
  { requester, tagIds, promises }: Surroundings,
  names: Names,
): TicketItem {
  const { catalog, people, tiers, book, now } = names
  const status = catalog.statuses.get(row.statusId)
  const priority = catalog.priorities.get(row.priorityId)
  const tier = requester.tierId === null ? undefined : tiers.get(requester.tierId)
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    subject: row.subject,
    channel: row.channel,
    status: { id: row.statusId, key: status?.key ?? null, name: status?.name ?? '', class: row.statusClass },
    priority: {
      id: row.priorityId,
      key: priority?.key ?? null,
      name: priority?.name ?? '',
      weight: row.priorityWeight,
      color: priority?.color ?? '#808080',
    },
    type: toRef(row.typeId, catalog.types),
    category: toRef(row.categoryId, catalog.categories),
    team: toRef(row.teamId, people.teams),
    agent: toRef(row.agentId, people.agents),
    requester: {
      id: row.requesterId,
      name: requester.name,
      tier: tier ? { id: tier.id, name: tier.name } : null,
    },
    tags: tagIds.flatMap((id) => {
      const tag = catalog.tags.get(id)
      return tag ? [{ id, name: tag.name, color: tag.color, public: tag.public }] : []
    }),
    dueAt: toIso(row.dueAt),
    sla: promises.clocks.map((clock) => toClockView(clock, timeOf(book, clock), now)),
    slaPolicy: toRef(promises.policyId, book.policyById),
    waitingSince: toIso(row.waitingSince),
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
    lastMessageAt: new Date(row.lastMessageAt).toISOString(),
    resolvedAt: toIso(row.resolvedAt),
    closedAt: toIso(row.closedAt),
  }
}

export function toTicketView(row: TicketRow, surroundings: Surroundings, names: Names): TicketView {
  return {
    ...toTicketItem(row, surroundings, names),
    urgency: row.urgency,
    impact: row.impact,
    manualDueAt: toIso(row.manualDueAt),
    dueReason: row.dueReason,
    fields: JSON.parse(row.fields) as FieldValues,
    createdBy: toActor(row.createdBy === null ? 'system' : 'agent', row.createdBy, names),
  }
}

export function toMessageView(
  row: Omit<MessageRow, 'seq'>,
  attachments: FileView[],
  requester: { id: string; name: string },
  names: Names,
): MessageView {
  const { id, ticketId, kind, channel, html, text } = row
  const author =
    row.authorType === 'customer'
      ? {
          type: row.authorType,
          id: row.authorId,
          name: row.authorId === requester.id ? requester.name : null,
        }
      : toActor(row.authorType, row.authorId, names)
  return {
    id,
    ticketId,
    kind,
    author,
    channel,
    html,
    text,
    attachments,
    createdAt: new Date(row.createdAt).toISOString(),
  }
}

const nothingPromised = { policyId: null, clocks: [] }

/** A ticket's requester, tags and promises, as {@link Surroundings}. */
export async function surroundingsOf(db: Db, row: TicketRow): Promise<Surroundings> {
  const [requester] = await db.sql<{ name: string; tierId: string | null }[]>`
    SELECT name, tierId FROM customer WHERE id = ${row.requesterId}`
  const tags = await db.sql<
    { tagId: string }[]
  >`SELECT tagId FROM ticket_tag WHERE ticketId = ${row.id} ORDER BY tagId`
  return {
    requester: requester ?? { name: '', tierId: null },
    tagIds: tags.map(({ tagId }) => tagId),
    promises: (await findKeptByTicket(db, row.id)) ?? nothingPromised,
  }
}

export function toActor(
  type: 'agent' | 'rule' | 'system',
  id: string | null,
  { people, rules }: Pick<Names, 'people' | 'rules'>,
): Actor {
  if (id === null) return { type, id, name: null }
  const named = type === 'rule' ? rules.get(id) : people.agents.get(id)
  return { type, id, name: named?.name ?? null }
}

function toRef(id: string | null, rows: ReadonlyMap<string, Ref>): Ref | null {
  const row = id === null ? undefined : rows.get(id)
  return row ? { id: row.id, name: row.name } : null
}

const toIso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

/** The names with tags that this very transaction made, and the catalog in memory can't know yet. */
export function withTags(names: Names, tags: readonly TagView[]): Names {
  const known = tags.every(({ id }) => names.catalog.tags.has(id))
  if (known) return names
  const all = new Map([...names.catalog.tags, ...tags.map((tag) => [tag.id, tag] as const)])
  return { ...names, catalog: { ...names.catalog, tags: all } }
}

/** A ticket as `db` sees it now, a transaction's own changes included, and tags that it made and the catalog in memory can't know yet. */
export async function readTicketView(db: Db, row: TicketRow, names: Names): Promise<TicketView> {
  const surroundings = await surroundingsOf(db, row)
  const made = surroundings.tagIds.filter((id) => !names.catalog.tags.has(id))
  const tags = made.length === 0 ? [] : await db.find(TagEntity, { where: { id: In(made) } })
  return toTicketView(row, surroundings, withTags(names, tags.map(tagView)))
}
