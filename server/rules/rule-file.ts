import { foldName } from '../catalog/fold-name.ts'
import { specOf, type ConditionField } from '../conditions/contract.ts'
import type { RuleDefinition, RuleFile } from './contract.ts'
import { refsIn, type KnownRows, type RefKind } from './rule-refs.ts'
import { conditionsIn } from '../conditions/trees.ts'

/**
 * Rules on their way to another desk. Rows have other ids there, so the file says what each id stands for, and whoever takes it in
 * looks for a row of that key or name.
 */

type NamedKind = RuleFile['names'][string]['of']
interface NamedRow {
  id: string
  key?: string | null
  name: string
}

const namedKinds: readonly NamedKind[] = [
  ...(['priority', 'status', 'type', 'category', 'team', 'agent', 'tier'] as const),
  ...(['calendar', 'webhook'] as const),
]

/** What a condition's field names; null for what is no row, and for customers, whom no other desk knows. */
const kindOfField: Partial<Record<ConditionField, NamedKind>> = {
  priority: 'priority',
  status: 'status',
  type: 'type',
  category: 'category',
  team: 'team',
  agent: 'agent',
  'customer.tier': 'tier',
  calendar: 'calendar',
}

export function toFile(rules: readonly RuleDefinition[], known: KnownRows): RuleFile {
  const tagName = (id: string) => known.catalog.tags.get(id)?.name ?? id
  const portable = rules.map((rule) => withValues(rule, (kind, id) => (kind === 'tag' ? tagName(id) : id)))
  const names: RuleFile['names'] = {}
  const note = (kind: RefKind | NamedKind, id: string) => {
    const of = namedKinds.find((each) => each === kind)
    const row = of && rowsOf(of, known).find((each) => each.id === id)
    if (of && row) names[id] = { of, name: row.name, ...(row.key ? { key: row.key } : {}) }
  }
  for (const rule of portable) withValues(rule, (kind, id) => (note(kind, id), id))
  return { format: 'balcao.rules', version: 1, rules: portable, names }
}

/** The file's rules with this desk's rows in them; what it does not have stays as it came. */
export function fromFile({ rules, names }: RuleFile, known: KnownRows): RuleDefinition[] {
  const here = new Map<string, string>(
    Object.entries(names).map(([id, { of, key, name }]) => {
      const rows = rowsOf(of, known)
      const row =
        rows.find((each) => each.id === id) ??
        (key === undefined ? undefined : rows.find((each) => each.key === key)) ??
        rows.find((each) => foldName(each.name) === foldName(name))
      return [`${of} ${id}`, row?.id ?? id] as const
    }),
  )
  return rules.map((rule) => withValues(rule, (kind, id) => here.get(`${kind} ${id}`) ?? id))
}

function rowsOf(kind: NamedKind, { catalog, people, tiers, calendars, webhooks }: KnownRows): NamedRow[] {
  const inUse = (rows: ReadonlyMap<string, { name: string; archivedAt: number | null }>) =>
    [...rows].filter(([, { archivedAt }]) => archivedAt === null).map(([id, { name }]) => ({ id, name }))
  switch (kind) {
    case 'priority':
      return offered(catalog.priorities)
    case 'status':
      return offered(catalog.statuses)
    case 'type':
      return offered(catalog.types)
    case 'category':
      return offered(catalog.categories)
    case 'team':
      return inUse(people.teams)
    case 'agent':
      return [...people.agents.values()].filter(({ active }) => active)
    case 'tier':
      return [...tiers.values()]
    case 'calendar':
      return inUse(calendars)
    case 'webhook':
      return inUse(webhooks)
  }
}

const offered = <Row extends NamedRow & { archived: boolean }>(rows: ReadonlyMap<string, Row>): Row[] =>
  [...rows.values()].filter(({ archived }) => !archived)

type RefMap = (kind: RefKind | NamedKind, id: string) => string

/** The rule with every reference mapped, wherever it stands. */
function withValues(rule: RuleDefinition, map: RefMap): RuleDefinition {
  const copy = structuredClone(rule)
  if (copy.when)
    for (const { condition } of conditionsIn(copy.when)) {
      const kind = specOf(condition.field).kind === 'tags' ? 'tag' : kindOfField[condition.field]
      const { value } = condition
      if (!kind || value === undefined) continue
      condition.value = Array.isArray(value) ? value.map((each) => map(kind, each)) : map(kind, value)
    }
  for (const { path, kind, id } of refsIn(rule)) setAt(copy, path.split('.'), map(kind, id))
  return copy
}

function setAt(target: object, path: readonly string[], value: string): void {
  const [head = '', ...rest] = path
  if (rest.length === 0) Reflect.set(target, head, value)
  else setAt(Reflect.get(target, head) as object, rest, value)
}
