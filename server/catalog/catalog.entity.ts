import { EntitySchema } from 'typeorm'
import type { FieldKind, FieldOption, Level, StatusClass } from './contract.ts'

/** What all rows of the catalog share. Rows are archived, never deleted: old tickets point at them. */
export interface CatalogRow {
  id: string
  name: string
  archivedAt: number | null
}

interface OrderedRow extends CatalogRow {
  position: number
}

export interface TicketTypeRow extends OrderedRow {
  key: string | null
  icon: string | null
}

export interface CategoryRow extends OrderedRow {
  parentId: string | null
}

export interface StatusRow extends OrderedRow {
  key: string | null
  class: StatusClass
}

export interface PriorityRow extends OrderedRow {
  key: string | null
  weight: number
  color: string
  criteria: string
  procedure: string
}

export interface TagRow extends CatalogRow {
  /** The name without accents and case: what makes two tags the same. */
  folded: string
  color: string
  public: boolean
}

export interface CustomFieldRow extends OrderedRow {
  key: string
  kind: FieldKind
  options: FieldOption[]
}

export interface MatrixRow {
  urgency: Level
  impact: Level
  priorityId: string
}

const catalogColumns = {
  id: { type: 'text', primary: true },
  name: { type: 'text' },
  archivedAt: { type: 'integer', nullable: true },
} as const
const orderedColumns = { ...catalogColumns, position: { type: 'integer' } } as const

export const TicketTypeEntity = new EntitySchema<TicketTypeRow>({
  name: 'ticket_type',
  columns: {
    ...orderedColumns,
    key: { type: 'text', nullable: true },
    icon: { type: 'text', nullable: true },
  },
})

export const CategoryEntity = new EntitySchema<CategoryRow>({
  name: 'category',
  columns: { ...orderedColumns, parentId: { type: 'text', nullable: true } },
})

export const StatusEntity = new EntitySchema<StatusRow>({
  name: 'status',
  columns: { ...orderedColumns, key: { type: 'text', nullable: true }, class: { type: 'text' } },
})

export const PriorityEntity = new EntitySchema<PriorityRow>({
  name: 'priority',
  columns: {
    ...orderedColumns,
    key: { type: 'text', nullable: true },
    weight: { type: 'integer' },
    color: { type: 'text' },
    criteria: { type: 'text' },
    procedure: { type: 'text' },
  },
})

export const TagEntity = new EntitySchema<TagRow>({
  name: 'tag',
  columns: {
    ...catalogColumns,
    folded: { type: 'text' },
    color: { type: 'text' },
    public: { type: 'boolean' },
  },
})

export const CustomFieldEntity = new EntitySchema<CustomFieldRow>({
  name: 'custom_field',
  columns: {
    ...orderedColumns,
    key: { type: 'text' },
    kind: { type: 'text' },
    options: { type: 'simple-json' },
  },
})

export const MatrixEntity = new EntitySchema<MatrixRow>({
  name: 'priority_matrix',
  columns: {
    urgency: { type: 'text', primary: true },
    impact: { type: 'text', primary: true },
    priorityId: { type: 'text' },
  },
})

export const catalogEntities = [
  TicketTypeEntity,
  CategoryEntity,
  StatusEntity,
  PriorityEntity,
  TagEntity,
  CustomFieldEntity,
  MatrixEntity,
]
