import type { Db } from '../store/store.ts'
import type { CustomerListItem, CustomerView } from './contract.ts'
import { loadCustomer } from './customer-rows.ts'
import { formatDocument, maskDocument } from './documents.ts'

interface ListRow {
  seq: number
  id: string
  name: string
  document: string | null
  updatedAt: number
  tierId: string | null
  tierKey: string | null
  tierName: string
  tierWeight: number
  organizationId: string | null
  organizationName: string
  email: string | null
  phone: string | null
}

/** As lists show them, in the order of `seqs`. */
export async function loadListItems(db: Db, seqs: readonly number[]): Promise<CustomerListItem[]> {
  if (seqs.length === 0) return []
  const rows = await db.sql<ListRow[]>`
    SELECT customer.seq, customer.id, customer.name, customer.document, customer.updatedAt,
      tier.id AS tierId, tier.key AS tierKey, tier.name AS tierName, tier.weight AS tierWeight,
      organization.id AS organizationId, organization.name AS organizationName,
      (SELECT address FROM customer_email WHERE customerId = customer.id ORDER BY position LIMIT 1) AS email,
      (SELECT e164 FROM customer_phone WHERE customerId = customer.id ORDER BY position LIMIT 1) AS phone
    FROM customer
    LEFT JOIN customer_tier AS tier ON tier.id = customer.tierId
    LEFT JOIN organization ON organization.id = customer.organizationId
    WHERE customer.seq IN (${() => [...seqs]})`
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []).map(toListItem)
}

/** The whole record. @throws NOT_FOUND `customer.not_found` */
export async function loadCustomerView(db: Db, id: string): Promise<CustomerView> {
  const { row, fields } = await loadCustomer(db, id)
  const [item] = await loadListItems(db, [row.seq])
  if (!item) throw new Error(`Customer ${id} was there a moment ago.`)
  return {
    ...item,
    emails: fields.emails,
    phones: fields.phones,
    document: fields.document && formatDocument(fields.document),
    notes: fields.notes,
    version: row.version,
    createdAt: new Date(row.createdAt).toISOString(),
  }
}

const toListItem = (row: ListRow): CustomerListItem => ({
  id: row.id,
  name: row.name,
  email: row.email,
  phone: row.phone,
  document: row.document && maskDocument(row.document),
  tier: row.tierId ? { id: row.tierId, key: row.tierKey, name: row.tierName, weight: row.tierWeight } : null,
  organization: row.organizationId ? { id: row.organizationId, name: row.organizationName } : null,
  updatedAt: new Date(row.updatedAt).toISOString(),
})
