import type { CatalogSnapshot } from '../catalog/catalog.ts'
import { foldName } from '../catalog/fold-name.ts'
import {
  filterFields,
  type Condition,
  type FieldKind,
  type FilterField,
  type FilterOperator,
  type FilterTree,
  type operatorsOf,
} from '../tickets/filter.contract.ts'
import { conditionsIn } from './trees.ts'

/**
 * Whether a tree of conditions holds for one ticket at hand: what `tickets/filter-sql.ts` answers for all of them in the
 * store, but without a store, and without a viewer (`me` and `myTeams` are nobody here).
 */

type FieldOf<Kind extends FieldKind> = {
  [Field in FilterField]: (typeof filterFields)[Field] extends Kind ? Field : never
}[FilterField]

/** What conditions are asked of: ids where a field names a row, null where it is not set; instants in milliseconds UTC. */
export type Subject = Record<FieldOf<'text'>, string> &
  Record<FieldOf<'option' | 'row'>, string | null> &
  Record<FieldOf<'tags'>, readonly string[]> &
  Partial<Record<FieldOf<'instant'>, number | null>> & {
    /** Where spans such as `-P7D` are counted from; without it conditions with a span don't hold. */
    now?: number
  }

/** What gives the names in conditions their meaning. */
export type ConditionNames = Pick<
  CatalogSnapshot,
  'statusByKey' | 'priorityByKey' | 'typeByKey' | 'categories' | 'tagByFold'
>

/** What a field is, and what a condition compares it with; a test takes the part of both that its kind of field has. */
interface Held {
  text: string
  /** One id for most fields; all of a ticket's tags; a category together with those above it. */
  ids: readonly string[]
  at: number | null
}
interface Wanted {
  text: string
  /** The rows that the values name, or the options themselves. */
  ids: ReadonlySet<string>
  /** Whether `none`, which stands for a field that is not set, is among the values. */
  orUnset: boolean
  /** NaN when it can't be told, which is neither before nor after anything. */
  at: number
}
type Test = (held: Held, wanted: Wanted) => boolean

const among: Test = ({ ids }, wanted) =>
  ids.length === 0 ? wanted.orUnset : ids.some((id) => wanted.ids.has(id))
/** What is not set is none of the listed values. */
const notAmong: Test = (held, wanted) => !among(held, wanted)
const unset: Test = ({ ids }) => ids.length === 0
const set: Test = ({ ids }) => ids.length > 0

/** Every operator that a kind of field has. */
const tests: { [Kind in FieldKind]: Record<(typeof operatorsOf)[Kind][number], Test> } = {
  text: {
    contains: (held, wanted) => hasWords(held.text, wanted.text),
    startsWith: (held, wanted) => foldName(held.text).startsWith(foldName(wanted.text)),
    is: (held, wanted) => foldName(held.text) === foldName(wanted.text),
  },
  option: { is: among, isNot: notAmong, in: among, notIn: notAmong },
  row: { is: among, isNot: notAmong, in: among, notIn: notAmong, empty: unset, notEmpty: set },
  tags: { in: among, notIn: notAmong, empty: unset, notEmpty: set },
  instant: {
    gt: ({ at }, wanted) => at !== null && at > wanted.at,
    lt: ({ at }, wanted) => at !== null && at < wanted.at,
    empty: ({ at }) => at === null,
    notEmpty: ({ at }) => at !== null,
  },
}
const testsOf: Record<FieldKind, Partial<Record<FilterOperator, Test>>> = tests

/** An empty group matches nothing: an unfinished condition must not touch everything. */
export function matches(tree: FilterTree, subject: Subject, names: ConditionNames): boolean {
  const holds = (node: FilterTree) => matches(node, subject, names)
  if ('all' in tree) return tree.all.length > 0 && tree.all.every(holds)
  if ('any' in tree) return tree.any.some(holds)
  if ('none' in tree) return tree.none.length > 0 && !tree.none.some(holds)
  const test = testsOf[filterFields[tree.field]][tree.op]
  return test !== undefined && test(heldIn(tree.field, subject, names), wantedBy(tree, subject, names))
}

/** What a tree reads of its subject: while none of it changes, neither does the answer. */
export const fieldsOf = (tree: FilterTree): Set<FilterField> =>
  new Set(conditionsIn(tree).map(({ condition }) => condition.field))

/** The id of the row that a condition's value names: a preset by its key, a tag by its name, everything else by id. */
export function rowNamed(field: FilterField, value: string, names: ConditionNames): string {
  switch (field) {
    case 'status':
      return names.statusByKey.get(value)?.id ?? value
    case 'priority':
      return names.priorityByKey.get(value)?.id ?? value
    case 'type':
      return names.typeByKey.get(value)?.id ?? value
    case 'tags':
      return names.tagByFold.get(foldName(value))?.id ?? value
    default:
      return value
  }
}

function heldIn(field: FilterField, subject: Subject, { categories }: ConditionNames): Held {
  const held: Held = { text: '', ids: [], at: null }
  switch (field) {
    case 'subject':
      return { ...held, text: subject.subject }
    case 'tags':
      return { ...held, ids: subject.tags }
    case 'category':
      return { ...held, ids: lineage(subject.category, categories) }
    case 'createdAt':
    case 'updatedAt':
    case 'dueAt':
    case 'waitingSince':
      return { ...held, at: subject[field] ?? null }
    default: {
      const id = subject[field]
      return { ...held, ids: id === null ? [] : [id] }
    }
  }
}

function wantedBy({ field, value = '' }: Condition, { now = NaN }: Subject, names: ConditionNames): Wanted {
  const values = Array.isArray(value) ? value : [value]
  const [text = ''] = values
  return {
    text,
    ids: new Set(values.map((each) => rowNamed(field, each, names))),
    orUnset: field !== 'tags' && values.includes('none'),
    at: filterFields[field] === 'instant' ? instant(text, now) : NaN,
  }
}

/** The category and those above it; a condition that names one of them takes in all below it. */
function lineage(id: string | null, categories: ConditionNames['categories']): string[] {
  const ids: string[] = []
  for (let each = id; each !== null && !ids.includes(each); each = categories.get(each)?.parentId ?? null)
    ids.push(each)
  return ids
}

/** Whether all words of `wanted` occur in the text; the last one may be the beginning of a longer one. */
function hasWords(text: string, wanted: string): boolean {
  const [words, sought] = [wordsOf(text), wordsOf(wanted)]
  const unfinished = sought.pop()
  if (unfinished === undefined) return false
  return sought.every((word) => words.includes(word)) && words.some((word) => word.startsWith(unfinished))
}

const wordsOf = (text: string): string[] => foldName(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** ISO 8601, or that long before or after `now`; NaN when it is neither. */
function instant(text: string, now: number): number {
  const span = /^(-?)P(?=\d|T\d)(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(text)
  if (!span) return Date.parse(text)
  const [days = 0, hours = 0, minutes = 0] = span.slice(2).map((part) => Number(part ?? 0))
  const length = (days * 1440 + hours * 60 + minutes) * 60_000
  return now + (span[1] === '-' ? -length : length)
}
