import { EntitySchema } from 'typeorm'

export interface TierRow {
  id: string
  key: string | null
  name: string
  weight: number
  position: number
  archivedAt: number | null
}

export interface OrganizationRow {
  id: string
  name: string
  /** The name folded: what lists are ordered by. */
  sortName: string
  /** CNPJ without punctuation. */
  document: string | null
  notes: string
  version: number
  /** JSON: for each field, the version that last changed it. */
  fieldVersions: string
  createdAt: number
  updatedAt: number
}

export interface CustomerRow {
  /** Ties the row to its entries in the search indexes. */
  seq: number
  id: string
  name: string
  sortName: string
  /** CPF or CNPJ without punctuation. */
  document: string | null
  tierId: string | null
  organizationId: string | null
  notes: string
  version: number
  fieldVersions: string
  createdAt: number
  updatedAt: number
}

export interface CustomerEmailRow {
  customerId: string
  /** Lower case. */
  address: string
  position: number
}

export interface CustomerPhoneRow {
  customerId: string
  e164: string
  position: number
}

export const TierEntity = new EntitySchema<TierRow>({
  name: 'customer_tier',
  columns: {
    id: { type: 'text', primary: true },
    key: { type: 'text', nullable: true },
    name: { type: 'text' },
    weight: { type: 'integer' },
    position: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
  },
})

export const OrganizationEntity = new EntitySchema<OrganizationRow>({
  name: 'organization',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    sortName: { type: 'text' },
    document: { type: 'text', nullable: true },
    notes: { type: 'text' },
    version: { type: 'integer' },
    fieldVersions: { type: 'text' },
    createdAt: { type: 'integer' },
    updatedAt: { type: 'integer' },
  },
})

export const CustomerEntity = new EntitySchema<CustomerRow>({
  name: 'customer',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text' },
    name: { type: 'text' },
    sortName: { type: 'text' },
    document: { type: 'text', nullable: true },
    tierId: { type: 'text', nullable: true },
    organizationId: { type: 'text', nullable: true },
    notes: { type: 'text' },
    version: { type: 'integer' },
    fieldVersions: { type: 'text' },
    createdAt: { type: 'integer' },
    updatedAt: { type: 'integer' },
  },
})

export const CustomerEmailEntity = new EntitySchema<CustomerEmailRow>({
  name: 'customer_email',
  columns: {
    customerId: { type: 'text', primary: true },
    address: { type: 'text', primary: true },
    position: { type: 'integer' },
  },
})

export const CustomerPhoneEntity = new EntitySchema<CustomerPhoneRow>({
  name: 'customer_phone',
  columns: {
    customerId: { type: 'text', primary: true },
    e164: { type: 'text', primary: true },
    position: { type: 'integer' },
  },
})

export const customerEntities = [
  TierEntity,
  OrganizationEntity,
  CustomerEntity,
  CustomerEmailEntity,
  CustomerPhoneEntity,
]
