import type { Viewer } from '../access/viewer.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import { foldName } from '../catalog/fold-name.ts'
import {
  operatorsFor,
  readInstant,
  specOf,
  type Condition,
  type ConditionOperator,
} from '../conditions/contract.ts'
import { rowNamed, withDescendants } from '../conditions/row-names.ts'
import type { ConditionNames } from '../conditions/subject.ts'
import { HAS_IN_HEAD, HAS_WORDS, phraseQuery, ticketQuery } from '../store/ticket-index.ts'
import type { FilterField } from './filter.contract.ts'
import type { SqlParameters } from './sql-parameters.ts'

export interface FilterContext {
  viewer: Viewer
  catalog: CatalogSnapshot
  tiers: NonNullable<ConditionNames['tiers']>
  /** Milliseconds UTC, for spans such as `-P7D` and for durations. */
  now: number
}

export const NOTHING = '1 = 0'
const MINUTE = 60_000

/** What a field stands in; the others are more than one column. */
const columns: Record<Exclude<FilterField, 'tags' | 'message' | 'resolvedAt'>, string> = {
  subject: 't.subject',
  statusClass: 't.statusClass',
  status: 't.statusId',
  priority: 't.priorityId',
  urgency: 't.urgency',
  impact: 't.impact',
  type: 't.typeId',
  category: 't.categoryId',
  team: 't.teamId',
  agent: 't.agentId',
  requester: 't.requesterId',
  'customer.tier': 'c.tierId',
  'customer.organization': 'c.organizationId',
  channel: 't.channel',
  createdAt: 't.createdAt',
  updatedAt: 't.updatedAt',
  dueAt: 't.dueAt',
  waitingSince: 't.waitingSince',
  age: 't.createdAt',
  waiting: 't.waitingSince',
  'sla.remaining': 't.dueAt',
}
/** Fields that are known as what stands behind a column. */
export type ColumnField = keyof typeof columns

/** One condition on `ticket t` joined with its requester `customer c`, as `rules/conditions.ts` answers it for one ticket. */
export class ConditionSql {
  readonly #context: FilterContext
  readonly #parameters: SqlParameters

  constructor(context: FilterContext, parameters: SqlParameters) {
    this.#context = context
    this.#parameters = parameters
  }

  condition({ field, op, value = [] }: Condition): string {
    // A view may be older than the table.
    if (!isFilterField(field) || !operatorsFor(field, 'view').includes(op)) return NOTHING
    const values = Array.isArray(value) ? value : [value]
    if (field === 'tags') return this.#tags(op, values)
    if (field === 'message') return this.#message(op, values)
    if (field === 'resolvedAt') return this.#resolved(op, values)
    const known = field as ColumnField
    if (op === 'empty') return `${columns[known]} IS NULL`
    if (op === 'notEmpty') return `${columns[known]} IS NOT NULL`
    switch (specOf(field).kind) {
      case 'text':
        return this.#subject(op, values)
      case 'instant':
        return this.#compare(columns[known], op, readInstant(values[0] ?? '', this.#context.now))
      case 'duration':
        return this.#duration(known, op, Number(values[0] || NaN) * MINUTE)
      default: {
        const test = this.oneOf(known, values)
        return op === 'isNot' || op === 'notIn' ? negated(test) : test
      }
    }
  }

  oneOf(field: ColumnField, values: readonly string[]): string {
    const column = columns[field]
    const wanted = values.flatMap((value) => this.#resolve(field, value))
    const tests: string[] = []
    if (wanted.length > 0) tests.push(`${column} IN (${this.#parameters.bindAll(wanted)})`)
    if (values.includes('none')) tests.push(`${column} IS NULL`)
    return tests.length === 0 ? NOTHING : `(${tests.join(' OR ')})`
  }

  tagged(names: readonly string[]): string {
    const { tags } = this.#context.catalog
    const folded = new Set(names.map(foldName))
    const wanted = [...tags.values()].filter(
      (tag) => names.includes(tag.id) || folded.has(foldName(tag.name)),
    )
    if (wanted.length === 0) return NOTHING
    const ids = this.#parameters.bindAll(wanted.map(({ id }) => id))
    return `EXISTS (SELECT 1 FROM ticket_tag tt WHERE tt.ticketId = t.id AND tt.tagId IN (${ids}))`
  }

  words(query: string | null): string {
    return query === null ? NOTHING : HAS_WORDS.replace(':words', this.#parameters.bind(query))
  }

  /** The ids behind a name: `me`, `mine` or `myTeams`, a preset's key, a category with all that is below it, or an id itself. */
  #resolve(field: ColumnField, value: string): readonly string[] {
    const { viewer, catalog, tiers } = this.#context
    if (value === 'none') return []
    if (field === 'agent') return [value === 'me' ? viewer.agentId : value]
    if (field === 'team') return value === 'mine' || value === 'myTeams' ? viewer.teamIds : [value]
    if (field === 'category') return withDescendants(value, catalog.categories)
    return [rowNamed(field, value, { ...catalog, tiers })]
  }

  #subject(op: ConditionOperator, values: readonly string[]): string {
    switch (op) {
      case 'contains':
        return either(values.map((value) => this.#head(ticketQuery(value, 'head'))))
      case 'containsWord':
        return either(values.map((value) => this.#head(phraseQuery(value))))
      case 'startsWith':
        return this.#begins(values[0] ?? '')
      case 'isNot':
        return negated(this.#equals(values[0] ?? ''))
      default:
        return this.#equals(values[0] ?? '')
    }
  }

  #message(op: ConditionOperator, values: readonly string[]): string {
    const toQuery = (value: string) => (op === 'contains' ? ticketQuery(value, 'head') : phraseQuery(value))
    return either(values.map((value) => this.words(toQuery(value))))
  }

  #head(query: string | null): string {
    return query === null
      ? NOTHING
      : HAS_IN_HEAD.replace(':words', this.#parameters.bind(`{subject} : (${query})`))
  }

  #equals(value: string): string {
    return this.#folded(ticketQuery(value, 'anywhere'), `fold(t.subject) = ${this.#bind(foldName(value))}`)
  }

  #begins(value: string): string {
    const folded = foldName(value)
    if (folded === '') return NOTHING
    const beginning = `substr(fold(t.subject), 1, ${this.#bind([...folded].length)})`
    return this.#folded(ticketQuery(value, 'head'), `${beginning} = ${this.#bind(folded)}`)
  }

  /** The index finds the few tickets that can be meant, so that only their subjects need be compared letter by letter. */
  #folded(candidates: string | null, test: string): string {
    return candidates === null ? test : `(${this.#head(candidates)} AND ${test})`
  }

  /** What went on in another ticket was not resolved itself. Written like its index, which finds the few of today among all there were. */
  #resolved(op: ConditionOperator, values: readonly string[]): string {
    const whether = (test: string) => `(t.mergedIntoId IS NULL AND ${test})`
    if (op === 'empty') return `NOT ${whether('t.resolvedAt IS NOT NULL')}`
    if (op === 'notEmpty') return whether('t.resolvedAt IS NOT NULL')
    return whether(this.#compare('t.resolvedAt', op, readInstant(values[0] ?? '', this.#context.now)))
  }

  #duration(field: ColumnField, op: ConditionOperator, length: number): string {
    const { now } = this.#context
    if (field === 'sla.remaining') return this.#compare(columns[field], op, now + length)
    // Older than that is earlier than that long ago.
    return this.#compare(columns[field], op === 'gt' ? 'lt' : 'gt', now - length)
  }

  #compare(column: string, op: ConditionOperator, than: number): string {
    return `${column} ${op === 'gt' ? '>' : '<'} ${this.#bind(than)}`
  }

  #tags(op: ConditionOperator, values: readonly string[]): string {
    if (op === 'empty') return 'NOT EXISTS (SELECT 1 FROM ticket_tag tt WHERE tt.ticketId = t.id)'
    if (op === 'notEmpty') return 'EXISTS (SELECT 1 FROM ticket_tag tt WHERE tt.ticketId = t.id)'
    const test = this.tagged(values)
    return op === 'notIn' ? `NOT ${test}` : test
  }

  #bind(value: unknown): string {
    return this.#parameters.bind(value)
  }
}

const isFilterField = (field: string): boolean =>
  Object.hasOwn(columns, field) || field === 'tags' || field === 'message' || field === 'resolvedAt'

const either = (tests: readonly string[]) => (tests.length === 0 ? NOTHING : `(${tests.join(' OR ')})`)

/** A missing value is not any of the listed ones; plain SQL would answer "unknown" and hide the row. */
export const negated = (test: string): string => `NOT coalesce(${test}, ${NOTHING})`
