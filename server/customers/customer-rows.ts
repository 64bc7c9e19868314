import { foldName } from '../catalog/fold-name.ts'
import { notFound } from '../errors.ts'
import { indexCustomer } from '../store/customer-index.ts'
import type { Db, Tx } from '../store/store.ts'
import { CustomerEmailEntity, CustomerEntity, CustomerPhoneEntity, type CustomerRow } from './entities.ts'
import { phoneTwins } from './phones.ts'
import type { FieldVersions } from './versioned-edit.ts'

/** What is known of a customer, as the store keeps it: e-mails in lower case, phones E.164, documents without punctuation. */
export interface CustomerFields {
  name: string
  emails: string[]
  phones: string[]
  document: string | null
  tierId: string | null
  organizationId: string | null
  notes: string
}

/** What a customer starts with, but for the name. */
export const nothingKnown: Omit<CustomerFields, 'name'> = {
  emails: [],
  phones: [],
  document: null,
  tierId: null,
  organizationId: null,
  notes: '',
}

export interface StoredCustomer {
  row: CustomerRow
  fields: CustomerFields
  version: number
  fieldVersions: FieldVersions
}

/** @throws NOT_FOUND `customer.not_found` */
export async function loadCustomer(db: Db, id: string): Promise<StoredCustomer> {
  const row = await db.findOneBy(CustomerEntity, { id })
  if (!row) throw notFound('customer')
  const order = { position: 'ASC' } as const
  const emails = await db.find(CustomerEmailEntity, { where: { customerId: id }, order })
  const phones = await db.find(CustomerPhoneEntity, { where: { customerId: id }, order })
  const { name, document, tierId, organizationId, notes, version } = row
  return {
    row,
    fields: {
      name,
      emails: emails.map(({ address }) => address),
      phones: phones.map(({ e164 }) => e164),
      document,
      tierId,
      organizationId,
      notes,
    },
    version,
    fieldVersions: JSON.parse(row.fieldVersions) as FieldVersions,
  }
}

export async function insertCustomer(tx: Tx, id: string, fields: CustomerFields, now: number): Promise<void> {
  const row = { id, ...columns(fields), version: 1, fieldVersions: '{}', createdAt: now, updatedAt: now }
  await tx.db.insert(CustomerEntity, row)
  const { seq } = await tx.db.findOneByOrFail(CustomerEntity, { id })
  await insertContacts(tx, id, fields)
  await indexCustomer(tx.db, seq, customerTerms(fields))
}

/** Writes the fields that changed, under the next version. */
export async function updateCustomer(
  tx: Tx,
  { row, fields, version, fieldVersions }: StoredCustomer,
  changed: Partial<CustomerFields>,
  now: number,
): Promise<void> {
  const after = { ...fields, ...changed }
  const next = version + 1
  const versions: FieldVersions = { ...fieldVersions }
  for (const field of Object.keys(changed)) versions[field] = next
  await tx.db.update(
    CustomerEntity,
    { id: row.id },
    { ...columns(after), version: next, fieldVersions: JSON.stringify(versions), updatedAt: now },
  )
  await tx.db.delete(CustomerEmailEntity, { customerId: row.id })
  await tx.db.delete(CustomerPhoneEntity, { customerId: row.id })
  await insertContacts(tx, row.id, after)
  await indexCustomer(tx.db, row.seq, customerTerms(after))
}

/** What the search index holds of a customer. A phone is in it with and without its ninth digit. */
export const customerTerms = ({ name, emails, phones, document }: CustomerFields) => ({
  words: [name, ...emails].join(' '),
  digits: [...phones.flatMap(phoneTwins).map((e164) => e164.slice(1)), ...(document ? [document] : [])].join(
    ' ',
  ),
})

const columns = ({ name, document, tierId, organizationId, notes }: CustomerFields) => ({
  name,
  sortName: foldName(name),
  document,
  tierId,
  organizationId,
  notes,
})

async function insertContacts(tx: Tx, customerId: string, { emails, phones }: CustomerFields): Promise<void> {
  if (emails.length > 0)
    await tx.db.insert(
      CustomerEmailEntity,
      emails.map((address, position) => ({ customerId, address, position })),
    )
  if (phones.length > 0)
    await tx.db.insert(
      CustomerPhoneEntity,
      phones.map((e164, position) => ({ customerId, e164, position })),
    )
}
