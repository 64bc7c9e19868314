import { z } from 'zod'
import { idSchema } from '../ids.ts'

/** Where in its life a ticket with this status is. Names of statuses are the office's own; these six are the product's. */
export const statusClasses = ['new', 'open', 'waiting', 'hold', 'resolved', 'closed'] as const
export type StatusClass = (typeof statusClasses)[number]

/** The steps of urgency and of impact. */
export const levels = ['low', 'medium', 'high'] as const
export type Level = (typeof levels)[number]

const fieldKinds = ['text', 'number', 'date', 'boolean', 'select', 'multiselect'] as const
export type FieldKind = (typeof fieldKinds)[number]

export interface TicketTypeView {
  id: string
  /** Stable name of a preset; null for the office's own. The same for statuses and priorities. */
  key: string | null
  name: string
  icon: string | null
  position: number
  archived: boolean
}

export interface CategoryView {
  id: string
  parentId: string | null
  name: string
  /** Names from the root down to this category itself. */
  path: string[]
  position: number
  archived: boolean
}

export interface StatusView {
  id: string
  key: string | null
  name: string
  class: StatusClass
  position: number
  archived: boolean
}

export interface PriorityView {
  id: string
  key: string | null
  name: string
  /** The heavier, the more pressing. */
  weight: number
  /** `#rrggbb`. */
  color: string
  /** When to choose it, in the office's words; may be empty, as may be `procedure`. */
  criteria: string
  /** What to do with such a ticket, and whom to call. */
  procedure: string
  position: number
  archived: boolean
}

export interface TagView {
  id: string
  name: string
  color: string
  /** Whether customers may see it. */
  public: boolean
  archived: boolean
}

export interface FieldOption {
  key: string
  name: string
  /** No longer offered, still shown on tickets that have it. */
  archived: boolean
}

export interface CustomFieldView {
  id: string
  /** How a ticket's `fields` name it. */
  key: string
  name: string
  kind: FieldKind
  /** Empty but for `select` and `multiselect`. */
  options: FieldOption[]
  position: number
  archived: boolean
}

/** Urgency, then impact → the proposed priority's id. */
export type MatrixView = Record<Level, Record<Level, string>>

/** All that the office defined, archived rows included, in the order to show it in (tags by name). */
export interface CatalogView {
  types: TicketTypeView[]
  categories: CategoryView[]
  statuses: StatusView[]
  priorities: PriorityView[]
  tags: TagView[]
  fields: CustomFieldView[]
  matrix: MatrixView
}

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u)
const nameSchema = oneLine(80)
const colorSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/)
  .toLowerCase()
const iconSchema = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** How fields and their options are named by whatever refers to them. */
export const keySchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const weightSchema = z.int().min(0).max(1_000)

export const tagNameSchema = oneLine(50)

/** Input of every `archive` and `restore`. */
export const rowRef = z.strictObject({ id: idSchema })
/** Input of every `reorder`: the rows that change places, in their new order. Rows not named stay where they are. */
export const orderInput = z.strictObject({ ids: z.array(idSchema).min(1).max(1_000) })

const changesOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ id: idSchema, changes: z.strictObject(shape).partial() })

const typeShape = { name: nameSchema, icon: iconSchema.nullable() }
export const newTypeInput = z.strictObject({ name: nameSchema, icon: iconSchema.nullable().default(null) })
export const typeChangesInput = changesOf(typeShape)

export const newCategoryInput = z.strictObject({
  name: nameSchema,
  parentId: idSchema.nullable().default(null),
})
export const categoryChangesInput = changesOf({ name: nameSchema, parentId: idSchema.nullable() })

const statusShape = { name: nameSchema, class: z.enum(statusClasses) }
export const newStatusInput = z.strictObject(statusShape)
export const statusChangesInput = changesOf(statusShape)

/** Read while choosing, so it has to stay short. */
const hintSchema = z.string().trim().max(500)
const priorityShape = {
  name: nameSchema,
  weight: weightSchema,
  color: colorSchema,
  criteria: hintSchema,
  procedure: hintSchema,
}
export const newPriorityInput = z.strictObject({
  ...priorityShape,
  criteria: hintSchema.default(''),
  procedure: hintSchema.default(''),
})
export const priorityChangesInput = changesOf(priorityShape)

export const newTagInput = z.strictObject({
  name: tagNameSchema,
  color: colorSchema.optional(),
  public: z.boolean().default(false),
})
export const tagChangesInput = changesOf({ name: tagNameSchema, color: colorSchema, public: z.boolean() })

/** An option without `key` is new. Options that are left out are archived, not lost. */
const optionsSchema = z.array(z.strictObject({ key: keySchema.optional(), name: nameSchema })).max(200)
export const newFieldInput = z.strictObject({
  /** Made from the name when missing; never changes afterwards. */
  key: keySchema.optional(),
  name: nameSchema,
  kind: z.enum(fieldKinds),
  options: optionsSchema.default([]),
})
export const fieldChangesInput = changesOf({ name: nameSchema, options: optionsSchema })

const matrixRow = z.strictObject({ low: idSchema, medium: idSchema, high: idSchema })
export const matrixInput = z.strictObject({ low: matrixRow, medium: matrixRow, high: matrixRow })

/** A ticket's custom fields by key. Dates are `YYYY-MM-DD`; a multiselect is the keys of its options. */
export type FieldValue = string | number | boolean | string[]
export type FieldValues = Record<string, FieldValue>

/** One custom field's value as it comes in; null clears. What a field takes is checked against the catalog. */
export const fieldValueSchema = z.union([
  z.string().max(4_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(40)).max(200),
  z.null(),
])

/** Custom field values as they come in, by key. */
export const fieldValuesSchema = z
  .record(keySchema, fieldValueSchema)
  .refine((values) => Object.keys(values).length <= 200)
export type FieldValuesInput = z.infer<typeof fieldValuesSchema>

export type NewType = z.infer<typeof newTypeInput>
export type TypeChanges = z.infer<typeof typeChangesInput>['changes']
export type NewCategory = z.infer<typeof newCategoryInput>
export type CategoryChanges = z.infer<typeof categoryChangesInput>['changes']
export type NewStatus = z.infer<typeof newStatusInput>
export type StatusChanges = z.infer<typeof statusChangesInput>['changes']
export type NewPriority = z.infer<typeof newPriorityInput>
export type PriorityChanges = z.infer<typeof priorityChangesInput>['changes']
export type NewTag = z.infer<typeof newTagInput>
export type TagChanges = z.infer<typeof tagChangesInput>['changes']
export type NewField = z.infer<typeof newFieldInput>
export type FieldChanges = z.infer<typeof fieldChangesInput>['changes']
