import { beginsWith, hasPhrase, hasWords, isText, textOf, type TextTest } from './condition-text.ts'
import {
  readInstant,
  specOf,
  type Condition,
  type ConditionField,
  type ConditionOperator,
} from './contract.ts'
import { readPattern } from './patterns.ts'
import { lineage, rowNamed } from './row-names.ts'
import type { Asked, ConditionNames } from './subject.ts'

/** One condition, ready to be asked. What is not known, or is of another type than it should be, never holds. */
export type LeafTest = (asked: Asked) => boolean

const never: LeafTest = () => false

/** Compiles one condition. */
export function leafTest({ field, op, value = [] }: Condition, names: ConditionNames): LeafTest {
  const values = Array.isArray(value) ? value : [value]
  if (op === 'empty' || op === 'notEmpty') return isSet(field, op === 'notEmpty')
  if (op === 'changed') return ({ changes }) => hasChanged(changes[field])
  if (field === 'calendar') return isOpenNow(op, values)
  switch (specOf(field).kind) {
    case 'text':
      return ofText(field, op, values)
    case 'option':
    case 'row':
    case 'tags':
      return ofChoice(field, op, values, names)
    case 'instant':
      return ofInstant(field, op, values[0] ?? '')
    case 'number':
    case 'duration':
      return ofNumber(field, op, Number(values[0] || NaN))
    case 'flag':
      return op === 'is' ? ({ subject }) => values[0] !== undefined && subject[field] === values[0] : never
  }
}

function isSet(field: ConditionField, wanted: boolean): LeafTest {
  const { kind } = specOf(field)
  const isList = kind === 'tags'
  const type = kind === 'instant' || kind === 'number' || kind === 'duration' ? 'number' : 'string'
  return ({ subject: { [field]: held } }) => {
    if (held === null) return !wanted
    if (isList) return Array.isArray(held) && held.length > 0 === wanted
    return typeof held === type && !Number.isNaN(held) && wanted
  }
}

function isOpenNow(op: ConditionOperator, values: readonly string[]): LeafTest {
  const wanted = op === 'is' || op === 'in'
  if (!wanted && op !== 'isNot' && op !== 'notIn') return never
  return ({ isOpen, now }) => isOpen !== undefined && values.some((id) => isOpen(id, now)) === wanted
}

const textTests: Partial<Record<ConditionOperator, (wanted: string) => TextTest>> = {
  contains: hasWords,
  containsWord: hasPhrase,
  startsWith: beginsWith,
  is: isText,
  isNot: isText,
}

function ofText(field: ConditionField, op: ConditionOperator, values: readonly string[]): LeafTest {
  if (op === 'matches') return ofPattern(field, values[0] ?? '')
  const tests = values.flatMap((value) => textTests[op]?.(value) ?? [])
  if (tests.length === 0) return never
  const wanted = op !== 'isNot'
  return ({ subject: { [field]: held } }) => {
    // A text that is not there is none of those listed.
    if (held === null) return !wanted
    if (typeof held !== 'string') return false
    const text = textOf(held)
    return tests.some((test) => test(text)) === wanted
  }
}

function ofPattern(field: ConditionField, source: string): LeafTest {
  const pattern = readPattern(source)
  if ('fault' in pattern) return never
  return ({ subject: { [field]: held } }) => typeof held === 'string' && pattern.find(held)
}

function ofChoice(
  field: ConditionField,
  op: ConditionOperator,
  values: readonly string[],
  names: ConditionNames,
): LeafTest {
  const { kind, always = false } = specOf(field)
  const isList = kind === 'tags'
  const wanted = new Set(values.map((value) => rowNamed(field, value, names)))
  const orUnset = !isList && !always && values.includes('none')
  const idsOf = (held: unknown): readonly string[] | undefined => {
    if (held === null) return []
    if (isList) return Array.isArray(held) ? (held as readonly string[]) : undefined
    if (typeof held !== 'string') return undefined
    return field === 'category' ? lineage(held, names.categories) : [held]
  }
  /** What is not set is none of the listed values. */
  const among = (ids: readonly string[]) => (ids.length === 0 ? orUnset : ids.some((id) => wanted.has(id)))
  switch (op) {
    case 'is':
    case 'in':
    case 'isNot':
    case 'notIn': {
      const expected = op === 'is' || op === 'in'
      return ({ subject: { [field]: held } }) => {
        const ids = idsOf(held)
        return ids !== undefined && among(ids) === expected
      }
    }
    case 'changedTo':
    case 'changedFrom':
      return ({ changes: { [field]: change } }) => {
        if (change === undefined || !hasChanged(change)) return false
        const [there, elsewhere] = op === 'changedTo' ? [change.to, change.from] : [change.from, change.to]
        const ids = isList ? undefined : idsOf(there ?? null)
        if (!isList) return ids !== undefined && among(ids)
        const others = new Set(tagIds(elsewhere, names))
        return tagIds(there, names).some((id) => wanted.has(id) && !others.has(id))
      }
    default:
      return never
  }
}

const tagIds = (tags: unknown, names: ConditionNames): string[] =>
  Array.isArray(tags)
    ? tags.flatMap((tag) => (typeof tag === 'string' ? rowNamed('tags', tag, names) : []))
    : []

/** Absent is not changed; and what came back to what it was has not changed either. */
const hasChanged = (change: Asked['changes'][ConditionField]): boolean =>
  change !== undefined && JSON.stringify(change.from ?? null) !== JSON.stringify(change.to ?? null)

function ofInstant(field: ConditionField, op: ConditionOperator, text: string): LeafTest {
  const fixed = readInstant(text, NaN)
  const span = Number.isNaN(fixed) ? readInstant(text, 0) : 0
  return compares(field, op, ({ now }) => (Number.isNaN(fixed) ? now + span : fixed))
}

const ofNumber = (field: ConditionField, op: ConditionOperator, wanted: number): LeafTest =>
  compares(field, op, () => wanted)

/** NaN, which is neither less nor more than anything, stands for what can't be told. */
function compares(field: ConditionField, op: ConditionOperator, wanted: (asked: Asked) => number): LeafTest {
  const test = numberTests[op]
  if (!test) return never
  return (asked) => {
    const held = asked.subject[field]
    return typeof held === 'number' && test(held, wanted(asked))
  }
}

const numberTests: Partial<Record<ConditionOperator, (held: number, wanted: number) => boolean>> = {
  is: (held, wanted) => held === wanted,
  gt: (held, wanted) => held > wanted,
  lt: (held, wanted) => held < wanted,
}
