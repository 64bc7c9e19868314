import { formatPhone } from '../customers/phones.ts'
import { readSettings } from '../settings/settings.service.ts'
import type { Db } from '../store/store.ts'
import { tagIdsOf } from '../tickets/ticket-rows.ts'
import type { Names } from '../tickets/ticket-view.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { TemplateVariable } from './contract.ts'
import { scopeOf, type TemplateScope } from './engine.ts'
import { greetingAt, Moment } from './moment.ts'

/** What a template may quote of a customer's words. */
const MAX_QUOTE = 5_000

export interface TemplateExtras {
  /** Who acts; by default whoever has the ticket. */
  agent?: { id: string } | null
  rule?: { name: string }
  message?: { text: string }
}

/** The values of every variable for this ticket as `db` holds it now; what is not set is an empty text. */
export async function templateScope(
  db: Db,
  ticket: TicketRow,
  names: Names,
  extras: TemplateExtras = {},
): Promise<TemplateScope> {
  const { catalog, people, tiers, now } = names
  const { company, ...place } = await readSettings(db)
  const [customer] = await db.sql<CustomerFound[]>`
    SELECT customer.name, tierId, organization.name AS organization,
      (SELECT address FROM customer_email WHERE customerId = customer.id ORDER BY position LIMIT 1) AS email,
      (SELECT e164 FROM customer_phone WHERE customerId = customer.id ORDER BY position LIMIT 1) AS phone
    FROM customer LEFT JOIN organization ON organization.id = customer.organizationId
    WHERE customer.id = ${ticket.requesterId}`
  const agentId = extras.agent === undefined ? ticket.agentId : extras.agent?.id
  const agent = agentId ? people.agents.get(agentId) : undefined
  const tagIds = await tagIdsOf(db, ticket.id)
  const moment = (at: number | null) => (at === null ? '' : new Moment(at, place))
  const values: Record<TemplateVariable, string | Moment> = {
    greeting: greetingAt(now, place),
    'customer.firstName': firstName(customer?.name),
    'customer.name': customer?.name ?? '',
    'customer.email': customer?.email ?? '',
    'customer.phone': customer?.phone ? formatPhone(customer.phone) : '',
    'customer.tier': nameIn(tiers, customer?.tierId),
    'customer.organization': customer?.organization ?? '',
    'ticket.number': ticket.number,
    'ticket.subject': ticket.subject,
    'ticket.status': nameIn(catalog.statuses, ticket.statusId),
    'ticket.priority': nameIn(catalog.priorities, ticket.priorityId),
    'ticket.type': nameIn(catalog.types, ticket.typeId),
    'ticket.category': nameIn(catalog.categories, ticket.categoryId),
    'ticket.team': nameIn(people.teams, ticket.teamId),
    'ticket.agent': nameIn(people.agents, ticket.agentId),
    'ticket.tags': tagIds.flatMap((id) => catalog.tags.get(id)?.name ?? []).join(', '),
    'ticket.createdAt': moment(ticket.createdAt),
    'ticket.dueAt': moment(ticket.dueAt),
    'agent.firstName': firstName(agent?.name),
    'agent.name': agent?.name ?? '',
    'agent.email': agent?.email ?? '',
    'office.name': company,
    'message.text': (extras.message?.text ?? '').slice(0, MAX_QUOTE),
    'rule.name': extras.rule?.name ?? '',
  }
  return scopeOf(Object.entries(values))
}

interface CustomerFound {
  name: string
  tierId: string | null
  organization: string | null
  email: string | null
  phone: string | null
}

const firstName = (name: string | undefined) => (name ?? '').trim().split(/\s+/)[0] ?? ''

const nameIn = (rows: ReadonlyMap<string, { name: string }>, id: string | null | undefined) =>
  (id ? rows.get(id)?.name : undefined) ?? ''
