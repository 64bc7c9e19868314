import { z } from 'zod'
import { idSchema } from '../ids.ts'

/** A level of service that customers have, such as standard or VIP; a heavier one goes first. */
export interface TierView {
  id: string
  /** Stable name of a preset; null for the office's own tiers. */
  key: string | null
  name: string
  weight: number
  position: number
  archivedAt: string | null
}

export interface OrganizationView {
  id: string
  name: string
  /** CNPJ, formatted. */
  document: string | null
  notes: string
  version: number
  createdAt: string
  updatedAt: string
}

export interface CustomerListItem {
  id: string
  name: string
  /** The main e-mail and phone; the others are in {@link CustomerView}. Phones are E.164, such as `+5511987654321`. */
  email: string | null
  phone: string | null
  /** CPF or CNPJ, masked: `***.456.789-**`. */
  document: string | null
  tier: { id: string; key: string | null; name: string; weight: number } | null
  organization: { id: string; name: string } | null
  updatedAt: string
}

export interface CustomerView extends CustomerListItem {
  emails: string[]
  phones: string[]
  /** CPF or CNPJ, formatted and whole. */
  document: string | null
  notes: string
  version: number
  createdAt: string
}

export const duplicateReasons = ['email', 'phone', 'document', 'name'] as const
export interface DuplicateCandidate {
  customer: CustomerListItem
  /** What the two have in common, the strongest sign first. */
  reasons: (typeof duplicateReasons)[number][]
}

export interface CreatedCustomer extends CustomerView {
  /** Customers who may be the same person. The new one is made all the same. */
  possibleDuplicates: DuplicateCandidate[]
}

export interface Page<Item> {
  items: Item[]
  /** Give it back as `cursor` for what follows; null at the end. */
  nextCursor: string | null
}

const name = z.string().trim().min(1).max(160)
export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email('customers.email_invalid'))
/** As people write them; the server makes them E.164. */
const phone = z.string().trim().min(1).max(40)
const document = z.string().trim().min(1).max(30)
const notes = z.string().max(10_000)
const text = z.string().trim().max(200)
const cursor = z.string().max(1_200)
const emails = z.array(emailSchema).max(20)
const phones = z.array(phone).max(20)
const version = z.int().min(1)
/** A tier by its id or, when preset, by its key. */
const tier = z.string().trim().min(1).max(64)

export const byId = z.strictObject({ id: idSchema })

export const createCustomerInput = z.strictObject({
  /** Made by the client, so that the same customer sent twice is made once. */
  id: idSchema.optional(),
  name,
  email: emailSchema.optional(),
  emails: emails.optional(),
  phone: phone.optional(),
  phones: phones.optional(),
  document: document.nullish(),
  tier: tier.nullish(),
  organizationId: idSchema.nullish(),
  notes: notes.optional(),
})

export const updateCustomerInput = z.strictObject({
  id: idSchema,
  /** The version that the changes were made on. */
  version,
  changes: z.strictObject({
    name: name.optional(),
    emails: emails.optional(),
    phones: phones.optional(),
    document: document.nullish(),
    tier: tier.nullish(),
    organizationId: idSchema.nullish(),
    notes: notes.optional(),
  }),
})

export const listCustomersInput = z
  .strictObject({
    text: text.optional(),
    organizationId: idSchema.optional(),
    limit: z.int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  })
  .prefault({})

export const findCustomersInput = z.strictObject({ text, limit: z.int().min(1).max(50).default(10) })

export const duplicatesInput = z.strictObject({
  name: z.string().trim().max(160).optional(),
  emails: z.array(z.string().trim().toLowerCase().max(254)).max(20).optional(),
  phones: phones.optional(),
  document: z.string().trim().max(30).optional(),
})

export const createOrganizationInput = z.strictObject({
  id: idSchema.optional(),
  name,
  document: document.nullish(),
  notes: notes.optional(),
})
export const updateOrganizationInput = z.strictObject({
  id: idSchema,
  version,
  changes: z.strictObject({ name: name.optional(), document: document.nullish(), notes: notes.optional() }),
})
export const listOrganizationsInput = z
  .strictObject({
    text: text.optional(),
    limit: z.int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  })
  .prefault({})

const tierName = z.string().trim().min(1).max(60)
const weight = z.int().min(0).max(1000)
export const createTierInput = z.strictObject({ id: idSchema.optional(), name: tierName, weight })
export const updateTierInput = z.strictObject({
  id: idSchema,
  changes: z.strictObject({
    name: tierName.optional(),
    weight: weight.optional(),
    position: z.int().min(0).max(10_000).optional(),
  }),
})

export type CreateCustomer = z.infer<typeof createCustomerInput>
export type UpdateCustomer = z.infer<typeof updateCustomerInput>
export type ListCustomers = z.infer<typeof listCustomersInput>
export type FindCustomers = z.infer<typeof findCustomersInput>
export type FindDuplicates = z.infer<typeof duplicatesInput>
/** The requester of a new ticket: a known customer, or what is known of one. Fields left empty count as not given. */
export type Requester = { id: string } | { name?: string; email?: string; phone?: string }
export type CreateOrganization = z.infer<typeof createOrganizationInput>
export type UpdateOrganization = z.infer<typeof updateOrganizationInput>
export type ListOrganizations = z.infer<typeof listOrganizationsInput>
export type CreateTier = z.infer<typeof createTierInput>
export type UpdateTier = z.infer<typeof updateTierInput>
