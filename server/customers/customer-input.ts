import { invalid } from '../errors.ts'
import type { Db } from '../store/store.ts'
import type { UpdateCustomer } from './contract.ts'
import type { CustomerFields } from './customer-rows.ts'
import { parseDocument } from './documents.ts'
import { OrganizationEntity, TierEntity } from './entities.ts'
import { toE164 } from './phones.ts'

/** What came in, as the store keeps it; only the fields that were given. @throws VALIDATION at the field */
export async function normalizeCustomer(
  db: Db,
  { tier, document, emails, phones, organizationId, ...given }: UpdateCustomer['changes'],
): Promise<Partial<CustomerFields>> {
  const fields: Partial<CustomerFields> = { ...given }
  if (emails) fields.emails = [...new Set(emails)]
  if (phones) fields.phones = normalizePhones(phones)
  if (document !== undefined) fields.document = document && normalizeDocument(document)
  if (tier !== undefined) fields.tierId = tier && (await requireTier(db, tier))
  if (organizationId !== undefined) {
    if (organizationId) await requireOrganization(db, organizationId)
    fields.organizationId = organizationId
  }
  return fields
}

/** @throws VALIDATION `customers.phone_invalid` at `field`, with the number's place */
function normalizePhones(phones: readonly string[]): string[] {
  return [...new Set(phones.map((phone, index) => normalizePhone(phone, `phones.${index}`)))]
}

export function normalizePhone(phone: string, field: string): string {
  const e164 = toE164(phone)
  if (!e164) throw invalid(field, 'customers.phone_invalid')
  return e164
}

/** @throws VALIDATION `customers.document_invalid` at `document` */
export function normalizeDocument(text: string): string {
  const document = parseDocument(text)
  if (!document) throw invalid('document', 'customers.document_invalid')
  return document
}

/** By id or key. Archived tiers can't be chosen anew. */
async function requireTier(db: Db, idOrKey: string): Promise<string> {
  const found = await db.find(TierEntity, { where: [{ id: idOrKey }, { key: idOrKey }] })
  const tier = found.find(({ archivedAt }) => archivedAt === null)
  if (!tier) throw invalid('tier', 'customers.tier_unknown')
  return tier.id
}

async function requireOrganization(db: Db, id: string): Promise<void> {
  if (!(await db.existsBy(OrganizationEntity, { id })))
    throw invalid('organizationId', 'customers.organization_unknown')
}
