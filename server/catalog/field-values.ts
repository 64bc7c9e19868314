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

const isEmpty = (value: FieldValuesInput[string]): value is null =>
  value === null ||
  (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)

function parseValue(field: CustomFieldView, value: FieldValue, current: FieldValue | undefined): FieldValue {
  const unfit = () => invalid(`fields.${field.key}`, 'fields.value_unfit')
  switch (field.kind) {
    case 'text':
      if (typeof value !== 'string' || value.length > MAX_TEXT) throw unfit()
      return value.trim()
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw unfit()
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw unfit()
      return value
    case 'date':
      if (typeof value !== 'string' || !isCalendarDate(value)) throw unfit()
      return value
    case 'select':
      if (typeof value !== 'string') throw unfit()
      return chosenOptions(field, [value], current)[0] ?? value
    case 'multiselect':
      if (!Array.isArray(value)) throw unfit()
      return chosenOptions(field, value, current)
  }
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
