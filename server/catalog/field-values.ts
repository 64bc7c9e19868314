import { invalid } from '../errors.ts'
import type { CatalogSnapshot } from './catalog.ts'
import type { CustomFieldView, FieldValue, FieldValues, FieldValuesInput } from './contract.ts'

const MAX_TEXT = 4_000

/**
 * Custom field values as a ticket keeps them: texts trimmed, options without repeats and in the field's order, null where
 * the value is to be cleared. `current` are the ticket's values: an archived option that it already has may stay.
 * @throws VALIDATION at `fields.<key>`: `fields.unknown`, `fields.archived`, `fields.value_unfit` or `fields.option_unknown`.
 */
export function parseFieldValues(
  { fieldByKey }: Pick<CatalogSnapshot, 'fieldByKey'>,
  input: FieldValuesInput,
  current: FieldValues = {},
): Record<string, FieldValue | null> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => {
      const field = fieldByKey.get(key)
      if (!field) throw invalid(`fields.${key}`, 'fields.unknown')
      if (isEmpty(value)) return [key, null]
      if (field.archived) throw invalid(`fields.${key}`, 'fields.archived')
      return [key, parseValue(field, value, current[key])]
    }),
  )
}

/** Whether a value is of its field's kind; which options are still offered is another question. */
export function fitsField(
  { key, value }: { key: string; value: FieldValue | null },
  { fieldByKey }: Pick<CatalogSnapshot, 'fieldByKey'>,
): boolean {
  const field = fieldByKey.get(key)
  return !field || isEmpty(value) || fits(value, field)
}

function fits(value: FieldValue, { kind }: Pick<CustomFieldView, 'kind'>): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.length <= MAX_TEXT
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && isCalendarDate(value)
    case 'select':
      return typeof value === 'string'
    case 'multiselect':
      return Array.isArray(value)
  }
}

/** What a ticket then has: its values with the given ones in them, without those that are cleared. */
export function mergedFields(
  current: Readonly<FieldValues>,
  given: Readonly<Record<string, FieldValue | null>>,
): FieldValues {
  const merged = Object.entries({ ...current, ...given })
  return Object.fromEntries(merged.flatMap(([key, value]) => (value === null ? [] : [[key, value]])))
}

const isEmpty = (value: FieldValuesInput[string]): value is null =>
  value === null ||
  (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)

function parseValue(field: CustomFieldView, value: FieldValue, current: FieldValue | undefined): FieldValue {
  if (!fits(value, field)) throw invalid(`fields.${field.key}`, 'fields.value_unfit')
  if (Array.isArray(value)) return chosenOptions(field, value, current)
  if (typeof value !== 'string') return value
  return field.kind === 'select' ? (chosenOptions(field, [value], current)[0] ?? value) : value.trim()
}

function chosenOptions(field: CustomFieldView, chosen: string[], current: FieldValue | undefined): string[] {
  const held = Array.isArray(current) ? current : [current]
  const choosable = field.options
    .filter(({ key, archived }) => !archived || held.includes(key))
    .map(({ key }) => key)
  if (!chosen.every((key) => choosable.includes(key)))
    throw invalid(`fields.${field.key}`, 'fields.option_unknown')
  return choosable.filter((key) => chosen.includes(key))
}

/** Rolls over for days that no calendar has, such as the 30th of February, and so differs from what was given. */
function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}
