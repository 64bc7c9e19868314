import { In } from 'typeorm'
import { foldName } from '../catalog/fold-name.ts'
import type { Db } from '../store/store.ts'
import { duplicateReasons, type DuplicateCandidate } from './contract.ts'
import type { CustomerFields } from './customer-rows.ts'
import { loadListItems } from './customer-views.ts'
import { CustomerEmailEntity, CustomerEntity, CustomerPhoneEntity } from './entities.ts'
import { phoneTwins } from './phones.ts'

type Reason = (typeof duplicateReasons)[number]

/** A name shared by more people than this says nothing. */
const MAX_PER_REASON = 10

/** Customers who may be the same person or firm as this one, those with more in common first. */
export async function findDuplicates(
  db: Db,
  { name, emails = [], phones = [], document }: Partial<CustomerFields>,
  exceptId: string | null = null,
): Promise<DuplicateCandidate[]> {
  const take = MAX_PER_REASON
  const reasonsById = new Map<string, Reason[]>()
  const note = (reason: Reason, ids: string[]) => {
    for (const id of new Set(ids))
      if (id !== exceptId) reasonsById.set(id, [...(reasonsById.get(id) ?? []), reason])
  }
  if (emails.length > 0) {
    const rows = await db.find(CustomerEmailEntity, { where: { address: In(emails) }, take })
    note(
      'email',
      rows.map(({ customerId }) => customerId),
    )
  }
  if (phones.length > 0) {
    const rows = await db.find(CustomerPhoneEntity, { where: { e164: In(phones.flatMap(phoneTwins)) }, take })
    note(
      'phone',
      rows.map(({ customerId }) => customerId),
    )
  }
  if (document)
    note(
      'document',
      (await db.find(CustomerEntity, { where: { document }, take })).map(({ id }) => id),
    )
  if (name)
    note(
      'name',
      (await db.find(CustomerEntity, { where: { sortName: foldName(name) }, take })).map(({ id }) => id),
    )
  if (reasonsById.size === 0) return []
  const rows = await db.findBy(CustomerEntity, { id: In([...reasonsById.keys()]) })
  const customers = await loadListItems(
    db,
    rows.map(({ seq }) => seq),
  )
  return customers
    .map((customer) => ({ customer, reasons: reasonsById.get(customer.id) ?? [] }))
    .sort((a, b) => strength(b.reasons) - strength(a.reasons))
}

/** One strong sign (an e-mail) outweighs all weaker ones together. */
const strength = (reasons: Reason[]) =>
  reasons.reduce((sum, reason) => sum + 2 ** (duplicateReasons.length - duplicateReasons.indexOf(reason)), 0)
