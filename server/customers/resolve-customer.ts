import type { Clock } from '../clock.ts'
import { invalid, notFound } from '../errors.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Db, Tx } from '../store/store.ts'
import { emailSchema, type Requester } from './contract.ts'
import { normalizePhone } from './customer-input.ts'
import { insertCustomer, nothingKnown } from './customer-rows.ts'
import { formatPhone, phoneTwins } from './phones.ts'

/**
 * The id of the customer who asks, so that nobody gets a second record for calling from the phone we know: the one named,
 * else the one with that e-mail, else the one with that phone (through the ninth digit), else a new one. Of several with
 * the same e-mail or phone, the first made.
 * @throws NOT_FOUND `customer.not_found`; VALIDATION at `requester.email`, `requester.phone` or `requester`
 */
export async function resolveCustomer(
  { events, clock }: { events: EventLog; clock: Clock },
  tx: Tx,
  requester: Requester,
  actor: ActorRef,
): Promise<string> {
  if ('id' in requester) return existing(tx.db, requester.id)
  const email = requester.email ? parseEmail(requester.email) : null
  const phone = requester.phone ? normalizePhone(requester.phone, 'requester.phone') : null
  const known = (email && (await withEmail(tx.db, email))) ?? (phone && (await withPhone(tx.db, phone)))
  if (known) return known
  const name = requester.name || email || (phone && formatPhone(phone))
  if (!name) throw invalid('requester', 'customers.requester_empty')
  const id = newId()
  const contacts = { emails: email ? [email] : [], phones: phone ? [phone] : [] }
  await insertCustomer(tx, id, { ...nothingKnown, ...contacts, name }, clock.now())
  await events.record(tx, { type: 'customer.created', actor, audience: null, data: { id, version: 1 } })
  return id
}

async function existing(db: Db, id: string): Promise<string> {
  const [row] = await db.sql<{ id: string }[]>`SELECT id FROM customer WHERE id = ${id}`
  if (!row) throw notFound('customer')
  return row.id
}

async function withEmail(db: Db, email: string): Promise<string | null> {
  const [row] = await db.sql<{ id: string }[]>`
    SELECT customer.id FROM customer_email JOIN customer ON customer.id = customer_email.customerId
    WHERE customer_email.address = ${email} ORDER BY customer.seq LIMIT 1`
  return row?.id ?? null
}

/** Prefers the very number to its twin. */
async function withPhone(db: Db, phone: string): Promise<string | null> {
  const twins = phoneTwins(phone)
  const rows = await db.sql<{ id: string; e164: string }[]>`
    SELECT customer.id, customer_phone.e164 FROM customer_phone JOIN customer ON customer.id = customer_phone.customerId
    WHERE customer_phone.e164 IN (${() => twins}) ORDER BY customer.seq`
  return (rows.find(({ e164 }) => e164 === phone) ?? rows[0])?.id ?? null
}

function parseEmail(text: string): string {
  const parsed = emailSchema.safeParse(text)
  if (!parsed.success) throw invalid('requester.email', 'customers.email_invalid')
  return parsed.data
}
