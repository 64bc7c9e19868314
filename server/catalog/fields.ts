import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { CustomFieldEntity, type CustomFieldRow } from './catalog.entity.ts'
import type { Noun } from './catalog-list.ts'
import type { CustomFieldView, FieldChanges, FieldKind, FieldOption, NewField } from './contract.ts'
import { foldName } from './fold-name.ts'
import { fieldView } from './views.ts'

export const fieldsNoun: Noun<CustomFieldRow, CustomFieldView, NewField, FieldChanges> = {
  one: 'field',
  many: 'fields',
  entity: CustomFieldEntity,
  create: ({ key, name, kind, options }, position, rows) => ({
    id: newId(),
    key: key ?? unusedKey(name, new Set(rows.map((row) => row.key))),
    name,
    kind,
    options: mergeOptions([], options),
    position,
    archivedAt: null,
  }),
  change: (row, { options, ...changes }) => ({
    ...row,
    ...changes,
    options: options ? mergeOptions(row.options, options) : row.options,
  }),
  view: fieldView,
  check(next, _before, after) {
    if (after.some(({ id, key }) => id !== next.id && key === next.key))
      throw invalid('key', 'fields.key_taken')
    checkOptions(next.kind, next.options)
  },
}

/**
 * The options as given, and after them, archived, those that were there and are not any more: tickets may have them.
 * One given without a key under a name that was there before is that one.
 */
export function mergeOptions(
  before: readonly FieldOption[],
  given: readonly { key?: string | undefined; name: string }[],
): FieldOption[] {
  const keys = new Set([...before, ...given].flatMap(({ key }) => key ?? []))
  const options = given.map(({ key, name }) => {
    const known = before.find((option) => foldName(option.name) === foldName(name))
    const chosen = key ?? known?.key ?? unusedKey(name, keys)
    keys.add(chosen)
    return { key: chosen, name, archived: false }
  })
  const left = before.filter(({ key }) => !options.some((option) => option.key === key))
  return [...options, ...left.map((option) => ({ ...option, archived: true }))]
}

function checkOptions(kind: FieldKind, options: readonly FieldOption[]): void {
  const offered = options.filter(({ archived }) => !archived)
  const choosing = kind === 'select' || kind === 'multiselect'
  if (choosing && offered.length === 0) throw invalid('options', 'fields.options_missing')
  if (!choosing && options.length > 0) throw invalid('options', 'fields.options_unfit')
  const different = (part: (option: FieldOption) => string) =>
    new Set(offered.map(part)).size === offered.length
  if (!different(({ key }) => key) || !different(({ name }) => foldName(name)))
    throw invalid('options', 'fields.options_repeat')
}

/** A key made of the name's plain letters and digits, such as `numero_de_serie`, with a number when it is taken. */
function unusedKey(name: string, taken: ReadonlySet<string>): string {
  const plain = foldName(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 34)
  const stem = plain === '' ? 'field' : plain
  let key = stem
  for (let count = 2; taken.has(key); count++) key = `${stem}_${count}`
  return key
}
