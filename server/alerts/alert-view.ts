import type { PeopleSnapshot } from '../access/people.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { Actor } from '../events/contract.ts'
import type { Db } from '../store/store.ts'
import type { AlertState, AlertView } from './contract.ts'
import type { AlertRow, RecipientRow } from './entities.ts'
import { showingsOf, type ShowingRow } from './screen-rows.ts'

/** Everything that gives ids their names. */
export interface AlertNames {
  people: Pick<PeopleSnapshot, 'agents'>
  catalog: Pick<CatalogSnapshot, 'priorities'>
  rules: ReadonlyMap<string, { name: string }>
}

/** An alert with what its card shows of the ticket. */
interface CardRow extends AlertRow {
  number: string | null
  subject: string | null
  priorityId: string | null
  priorityWeight: number | null
  requester: string | null
  customerName: string | null
}

/** The alerts with these ids as clients see them, in the order of `ids`. */
export async function viewsOf(db: Db, ids: readonly string[], names: AlertNames): Promise<AlertView[]> {
  if (ids.length === 0) return []
  const cards = await db.sql<CardRow[]>`
    SELECT a.*, t.number, t.subject, t.priorityId, t.priorityWeight, c.name AS requester, w.name AS customerName
    FROM alert a
      LEFT JOIN ticket t ON t.id = a.ticketId
      LEFT JOIN customer c ON c.id = t.requesterId
      LEFT JOIN customer w ON w.id = a.acknowledgedById AND a.acknowledgedByType = 'customer'
    WHERE a.id IN (${() => [...ids]})`
  const rows = await db.sql<RecipientRow[]>`
    SELECT * FROM alert_recipient WHERE alertId IN (${() => [...ids]}) ORDER BY level, agentId`
  const recipients = Map.groupBy(rows, ({ alertId }) => alertId)
  const showings = Map.groupBy(await showingsOf(db, ids), ({ alertId }) => alertId)
  const views = new Map(
    cards.map(({ id, ...card }) => [
      id,
      toAlertView({ id, ...card }, recipients.get(id) ?? [], showings.get(id) ?? [], names),
    ]),
  )
  return ids.flatMap((id) => views.get(id) ?? [])
}

function toAlertView(
  card: CardRow,
  recipients: readonly RecipientRow[],
  showings: readonly ShowingRow[],
  names: AlertNames,
): AlertView {
  return {
    id: card.id,
    ticketId: card.ticketId,
    ticket: ticketOf(card, names),
    severity: card.severity,
    reason: card.reason,
    data: JSON.parse(card.data) as Record<string, unknown>,
    raisedAt: new Date(card.raisedAt).toISOString(),
    heldUntil: toIso(heldUntil(card, recipients)),
    lateMs: card.lateMs,
    state: stateOf(card, recipients),
    level: card.level,
    recipients: recipients.map((row) => ({
      agentId: row.agentId,
      name: names.people.agents.get(row.agentId)?.name ?? '',
      level: row.level,
      deliveredAt: toIso(row.deliveredAt),
      seenAt: toIso(row.seenAt),
      snoozedUntil: toIso(row.snoozedUntil),
      showings: showings
        .filter(({ agentId }) => agentId === row.agentId)
        .map(({ screen, way, reason, at }) => ({ screen, way, reason, at: new Date(at).toISOString() })),
    })),
    acknowledgedAt: toIso(card.acknowledgedAt),
    acknowledgedBy: acknowledgedBy(card, names),
  }
}

/** How far the word has got; what happened last counts. */
function stateOf(
  { acknowledgedAt, level }: Pick<AlertRow, 'acknowledgedAt' | 'level'>,
  recipients: readonly Pick<RecipientRow, 'deliveredAt' | 'seenAt'>[],
): AlertState {
  if (acknowledgedAt !== null) return 'acknowledged'
  if (level > 1) return 'escalated'
  if (recipients.some(({ seenAt }) => seenAt !== null)) return 'seen'
  return recipients.some(({ deliveredAt }) => deliveredAt !== null) ? 'delivered' : 'raised'
}

function heldUntil({ acknowledgedAt }: AlertRow, recipients: readonly RecipientRow[]): number | null {
  const isHeld =
    acknowledgedAt === null && recipients.length > 0 && recipients.every(({ toldAt }) => toldAt === null)
  return isHeld ? Math.min(...recipients.map(({ tellAt }) => tellAt)) : null
}

function ticketOf(card: CardRow, { catalog }: AlertNames): AlertView['ticket'] {
  if (card.number === null || card.priorityId === null) return null
  return {
    number: card.number,
    subject: card.subject ?? '',
    priority: { name: catalog.priorities.get(card.priorityId)?.name ?? '', weight: card.priorityWeight ?? 0 },
    requester: card.requester ?? '',
  }
}

function acknowledgedBy(card: CardRow, { people, rules }: AlertNames): Actor | null {
  const { acknowledgedByType: type, acknowledgedById: id, customerName } = card
  if (type === null) return null
  if (type === 'customer') return { type, id, name: customerName }
  return { type, id, name: (type === 'rule' ? rules : people.agents).get(id ?? '')?.name ?? null }
}

const toIso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
