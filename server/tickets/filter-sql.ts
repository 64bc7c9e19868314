import type { Viewer } from '../access/viewer.ts'
import { resolveRef, type CatalogSnapshot } from '../catalog/catalog.ts'
import { foldName } from '../catalog/fold-name.ts'
import { invalid } from '../errors.ts'
import { HAS_IN_HEAD, HAS_WORDS, ticketQuery } from '../store/ticket-index.ts'
import {
  activeClasses,
  filterFields,
  type Condition,
  type FilterField,
  type FilterTree,
  type TicketFilter,
} from './filter.contract.ts'

/** A condition for a query builder on `ticket t` joined with its requester `customer c`. */
export interface SqlCondition {
  sql: string
  parameters: Record<string, unknown>
}

export interface FilterContext {
  viewer: Viewer
  catalog: CatalogSnapshot
  /** Milliseconds UTC, for spans such as `-P7D`. */
  now: number
}

const columns: Record<Exclude<FilterField, 'tags'>, string> = {
  subject: 't.subject',
  statusClass: 't.statusClass',
  status: 't.statusId',
  priority: 't.priorityId',
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
}

const NOTHING = '1 = 0'
const EVERYTHING = '1 = 1'

/** Compiles a filter, and what the viewer may see, to one condition. Every value goes in as a parameter. */
export function compileFilter(filter: TicketFilter, context: FilterContext): SqlCondition {
  const compiler = new Compiler(context)
  const parts = [
    compiler.visibility(),
    ...compiler.shorthands(filter),
    ...(filter.where ? [compiler.tree(filter.where)] : []),
  ]
  return { sql: parts.join(' AND '), parameters: compiler.parameters }
}

class Compiler {
  readonly parameters: Record<string, unknown> = {}
  readonly #context: FilterContext
  #count = 0

  constructor(context: FilterContext) {
    this.#context = context
  }

  /** The same rule as `maySeeTicket`, for the database. */
  visibility(): string {
    const { viewer } = this.#context
    if (viewer.permissions.has('tickets.readAll')) return EVERYTHING
    const mine = `t.agentId = ${this.#bind(viewer.agentId)}`
    const teams = viewer.teamIds.length > 0 ? ` OR t.teamId IN (${this.#bindAll(viewer.teamIds)})` : ''
    return `(t.teamId IS NULL OR ${mine}${teams})`
  }

  shorthands(filter: TicketFilter): string[] {
    const parts: string[] = []
    if (filter.statusClass) parts.push(this.#classes(filter.statusClass))
    if (filter.statusIds) parts.push(this.#oneOf('status', filter.statusIds))
    if (filter.priorityIds) parts.push(this.#oneOf('priority', filter.priorityIds))
    if (filter.typeIds) parts.push(this.#oneOf('type', filter.typeIds))
    if (filter.categoryIds) parts.push(this.#oneOf('category', filter.categoryIds))
    if (filter.teamIds) parts.push(this.#oneOf('team', filter.teamIds))
    if (filter.agentIds) parts.push(this.#oneOf('agent', filter.agentIds))
    if (filter.requesterIds) parts.push(this.#oneOf('requester', filter.requesterIds))
    if (filter.channels) parts.push(this.#oneOf('channel', filter.channels))
    if (filter.tags) parts.push(this.#tagged(filter.tags))
    if (filter.text) parts.push(this.#words(filter.text))
    return parts
  }

  tree(node: FilterTree): string {
    if ('all' in node) return this.#group(node.all, ' AND ')
    if ('any' in node) return this.#group(node.any, ' OR ')
    // A missing value is "unknown" to SQL, and would hide the row; here it just isn't what was asked for.
    if ('none' in node)
      return node.none.length === 0 ? NOTHING : `NOT coalesce(${this.#group(node.none, ' OR ')}, ${NOTHING})`
    return this.#condition(node)
  }

  /** An empty group matches nothing: an unfinished filter must not show or touch everything. */
  #group(nodes: FilterTree[], joint: string): string {
    return nodes.length === 0 ? NOTHING : `(${nodes.map((node) => this.tree(node)).join(joint)})`
  }

  #condition({ field, op, value }: Condition): string {
    const kind = filterFields[field]
    if (field === 'tags') return this.#tags(op, value)
    const column = columns[field]
    if (op === 'empty') return `${column} IS NULL`
    if (op === 'notEmpty') return `${column} IS NOT NULL`
    const values = Array.isArray(value) ? value : [value ?? '']
    if (kind === 'text') return this.#text(column, op, values[0] ?? '')
    if (kind === 'instant')
      return `${column} ${op === 'gt' ? '>' : '<'} ${this.#bind(this.#instant(field, values[0] ?? ''))}`
    const test = this.#oneOf(field, values)
    // A missing value is not any of the listed ones; plain SQL would answer "unknown" and hide the row.
    return op === 'isNot' || op === 'notIn' ? `NOT coalesce(${test}, ${NOTHING})` : test
  }

  #oneOf(field: Exclude<FilterField, 'tags'>, values: readonly string[]): string {
    const column = columns[field]
    const wanted = values.flatMap((value) => this.#resolve(field, value))
    const tests: string[] = []
    if (wanted.length > 0) tests.push(`${column} IN (${this.#bindAll(wanted)})`)
    if (values.includes('none')) tests.push(`${column} IS NULL`)
    return tests.length === 0 ? NOTHING : `(${tests.join(' OR ')})`
  }

  /** `active` leads every queue's index, so a filter within the active or the done classes says so. */
  #classes(classes: readonly string[]): string {
    const test = `t.statusClass IN (${this.#bindAll(classes)})`
    const active = classes.map((name) => (activeClasses as readonly string[]).includes(name))
    if (active.every(Boolean))
      return classes.length === activeClasses.length ? 't.active = 1' : `t.active = 1 AND ${test}`
    return active.some(Boolean) ? test : `t.active = 0 AND ${test}`
  }

  /** The ids behind a name: `me`, `mine` or `myTeams`, a preset's key, a category with all that is below it, or an id itself. */
  #resolve(field: FilterField, value: string): readonly string[] {
    const { viewer, catalog } = this.#context
    if (value === 'none') return []
    switch (field) {
      case 'agent':
        return [value === 'me' ? viewer.agentId : value]
      case 'team':
        return value === 'mine' || value === 'myTeams' ? viewer.teamIds : [value]
      case 'status':
        return [resolveRef(catalog.statuses, catalog.statusByKey, value)?.id ?? value]
      case 'priority':
        return [resolveRef(catalog.priorities, catalog.priorityByKey, value)?.id ?? value]
      case 'type':
        return [resolveRef(catalog.types, catalog.typeByKey, value)?.id ?? value]
      case 'category':
        return withDescendants(catalog.categories, value)
      default:
        return [value]
    }
  }

  #text(column: string, op: string, value: string): string {
    if (op === 'contains') {
      const query = ticketQuery(value, 'head')
      if (query === null) return NOTHING
      return HAS_IN_HEAD.replace(':words', this.#bind(`{subject} : (${query})`))
    }
    const pattern = `${value.replaceAll(/[\\%_]/g, '\\$&')}${op === 'startsWith' ? '%' : ''}`
    return `lower(${column}) LIKE lower(${this.#bind(pattern)}) ESCAPE '\\'`
  }

  #words(text: string): string {
    const query = ticketQuery(text, 'anywhere')
    return query === null ? NOTHING : HAS_WORDS.replace(':words', this.#bind(query))
  }

  #tags(op: string, value: Condition['value']): string {
    if (op === 'empty') return 'NOT EXISTS (SELECT 1 FROM ticket_tag tt WHERE tt.ticketId = t.id)'
    if (op === 'notEmpty') return 'EXISTS (SELECT 1 FROM ticket_tag tt WHERE tt.ticketId = t.id)'
    const test = this.#tagged(Array.isArray(value) ? value : [value ?? ''])
    return op === 'notIn' ? `NOT ${test}` : test
  }

  #tagged(names: readonly string[]): string {
    const { tags } = this.#context.catalog
    const folded = new Set(names.map(foldName))
    const wanted = [...tags.values()].filter(
      (tag) => names.includes(tag.id) || folded.has(foldName(tag.name)),
    )
    if (wanted.length === 0) return NOTHING
    const ids = this.#bindAll(wanted.map(({ id }) => id))
    return `EXISTS (SELECT 1 FROM ticket_tag tt WHERE tt.ticketId = t.id AND tt.tagId IN (${ids}))`
  }

  #instant(field: string, value: string): number {
    const span = /^(-?)P(?=\d|T\d)(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(value)
    if (span) {
      const [days = 0, hours = 0, minutes = 0] = span.slice(2).map((part) => Number(part ?? 0))
      const length = (days * 1440 + hours * 60 + minutes) * 60_000
      return this.#context.now + (span[1] === '-' ? -length : length)
    }
    const instant = Date.parse(value)
    if (Number.isNaN(instant)) throw invalid(`where.${field}`, 'filter.instant_unreadable')
    return instant
  }

  #bind(value: unknown): string {
    const name = `p${this.#count++}`
    this.parameters[name] = value
    return `:${name}`
  }

  #bindAll(values: readonly string[]): string {
    return values.map((value) => this.#bind(value)).join(', ')
  }
}

function withDescendants(categories: CatalogSnapshot['categories'], id: string): string[] {
  const children = [...categories.values()].filter(({ parentId }) => parentId === id)
  return [id, ...children.flatMap((child) => withDescendants(categories, child.id))]
}
