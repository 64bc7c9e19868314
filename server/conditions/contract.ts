import { z } from 'zod'
import {
  conditionFields,
  operatorsFor,
  specOf,
  valuesFor,
  type ConditionField,
  type ConditionOperator,
  type ConditionUse,
} from './fields.contract.ts'

export * from './fields.contract.ts'

/**
 * One test. A row is named by its id or its key, and `none` is "not set"; in views `me` and `myTeams` stand for the viewer, so
 * that a shared view means each reader's own tickets. An instant is ISO 8601, or that long before or after now: `-P7D`, `-PT2H`.
 * A duration is whole minutes.
 */
export interface Condition {
  field: ConditionField
  op: ConditionOperator
  value?: string | string[] | undefined
}
export type ConditionTree =
  { all: ConditionTree[] } | { any: ConditionTree[] } | { none: ConditionTree[] } | Condition
export const groupKinds = ['all', 'any', 'none'] as const
export type GroupKind = (typeof groupKinds)[number]

/** So many groups may stand one within another. */
export const MAX_DEPTH = 5
const MAX_BRANCHES = 50
const MAX_CONDITIONS = 200
const MAX_VALUES = 100
const MAX_LENGTH = 200
/** More than anybody mends at once. */
const MAX_FAULTS = 50

/** Numbers and booleans may come as such; inside they are text like every other value. */
const one = z.union([
  z.string().max(MAX_LENGTH),
  z.number().transform(String),
  z.boolean().transform((yes) => (yes ? 'yes' : 'no')),
])
const value = z.union([one, z.array(one).min(1).max(MAX_VALUES)])
const leafSchema = z.strictObject({ field: z.string(), op: z.string(), value: value.optional() })

interface Fault {
  path: string[]
  reason: string
}

/** A tree of conditions for this asker; an empty group matches nothing. What is wrong is said at the very leaf it is wrong in. */
export function treeSchemaFor(use: ConditionUse): z.ZodType<ConditionTree> {
  return z.unknown().transform((given, context) => {
    const faults: Fault[] = []
    const tree = new Reader(use, faults).read(given, [])
    for (const { path, reason } of faults)
      context.issues.push({ code: 'custom', path, message: reason, input: given })
    return tree
  }) as z.ZodType<ConditionTree>
}

export const ruleTreeSchema = treeSchemaFor('rule')

/** Reads by hand what a union of schemas could only call "invalid" as a whole. */
class Reader {
  readonly #use: ConditionUse
  readonly #faults: Fault[]
  #conditions = 0

  constructor(use: ConditionUse, faults: Fault[]) {
    this.#use = use
    this.#faults = faults
  }

  read(given: unknown, path: string[]): ConditionTree {
    const group = groupOf(given)
    if (!group) return this.#leaf(given, path)
    const [kind, branches] = group
    const at = [...path, kind]
    if (Object.keys(given as object).length > 1) this.#refuse(path, 'input.unrecognized_keys')
    else if (path.length / 2 >= MAX_DEPTH) this.#refuse(path, 'filter.too_deep')
    else if (!Array.isArray(branches)) this.#refuse(at, 'input.invalid_type')
    else if (branches.length > MAX_BRANCHES) this.#refuse(at, 'input.too_big')
    else return { [kind]: branches.map((each, n) => this.read(each, [...at, String(n)])) } as ConditionTree
    return { all: [] }
  }

  #leaf(given: unknown, path: string[]): ConditionTree {
    this.#conditions++
    if (this.#conditions === MAX_CONDITIONS + 1) this.#refuse([], 'filter.too_many_conditions')
    const shape = leafSchema.safeParse(given)
    if (shape.success) {
      const condition = shape.data as Condition
      for (const [part, reason] of leafFaults(condition, this.#use)) this.#refuse([...path, part], reason)
      return condition
    }
    for (const issue of shape.error.issues) {
      const [part = ''] = issue.path
      const reason = part === 'value' ? 'filter.value_unfit' : `input.${issue.code}`
      this.#refuse(part === '' ? path : [...path, String(part)], reason)
    }
    return { all: [] }
  }

  #refuse(path: string[], reason: string): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ path, reason })
  }
}

function groupOf(given: unknown): [GroupKind, unknown] | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const kind = groupKinds.find((each) => Object.hasOwn(given, each))
  return kind && [kind, (given as Record<string, unknown>)[kind]]
}

function leafFaults(condition: Condition, use: ConditionUse): ['field' | 'op' | 'value', string][] {
  const { field, op, value: given } = condition
  if (!Object.hasOwn(conditionFields, field)) return [['field', 'input.invalid_value']]
  if (!specOf(field).in.includes(use))
    return [['field', use === 'policy' ? 'sla.condition_unfit' : 'filter.field_unfit']]
  if (!operatorsFor(field, use).includes(op)) return [['op', 'filter.operator_unfit']]
  const takes = valuesFor(op)
  const isFit =
    takes === 'none'
      ? given === undefined
      : given !== undefined && (takes === 'either' || (takes === 'several') === Array.isArray(given))
  if (!isFit) return [['value', 'filter.value_unfit']]
  const values = given === undefined ? [] : [given].flat()
  const reason = values.map((each) => valueFault(field, each)).find(Boolean)
  return reason ? [['value', reason]] : []
}

/** What is wrong with a value itself, whatever rows there may be. */
function valueFault(field: ConditionField, given: string): string | undefined {
  const { kind, options, always = false } = specOf(field)
  switch (kind) {
    case 'option':
    case 'flag':
      return options?.includes(given) || (given === 'none' && !always) ? undefined : 'filter.value_unknown'
    case 'instant':
      return Number.isNaN(readInstant(given, 0)) ? 'filter.instant_unreadable' : undefined
    case 'number':
      return /^-?\d{1,9}(\.\d{1,6})?$/.test(given) ? undefined : 'filter.number_unreadable'
    case 'duration':
      return /^-?\d{1,7}$/.test(given) ? undefined : 'filter.number_unreadable'
    case 'text':
    case 'row':
    case 'tags':
      return given.trim() === '' ? 'filter.value_unfit' : undefined
  }
}

/** Milliseconds UTC of an ISO 8601 instant, or of that long before or after `now`; NaN when it is neither. */
export function readInstant(text: string, now: number): number {
  const span = /^(-?)P(?=\d|T\d)(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(text)
  if (!span) return Date.parse(text)
  const [days = 0, hours = 0, minutes = 0] = span.slice(2).map((part) => Number(part ?? 0))
  const length = (days * 1440 + hours * 60 + minutes) * 60_000
  return now + (span[1] === '-' ? -length : length)
}
