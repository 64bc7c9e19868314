import { createHash } from 'node:crypto'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Tx } from '../store/store.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import { compileRules, type CompiledNames } from './compiled-rules.ts'
import type { ConditionField } from '../conditions/contract.ts'
import { fieldsOf } from '../conditions/conditions.ts'
import { languageOf } from '../text/language.ts'
import type { Trigger } from './contract.ts'
import { RuleEntity } from './entities.ts'
import type { PlannableRule } from './round.ts'
import { parseRule, type Rule } from './rule.ts'
import type { TimeRule } from './time/waits.ts'

/** The rules that were switched on at one time, as runs refer to them. */
export interface RuleSet {
  /** The same for the same rules. */
  id: string
  rules: readonly Rule[]
}

/** All rules, ready for use. Immutable. */
export interface RulesAtHand {
  /** In their order, retired ones included. */
  rules: readonly Rule[]
  ruleById: ReadonlyMap<string, Rule>
  /** What every rule is called, also those that can't be read. */
  names: ReadonlyMap<string, { id: string; name: string }>
  /** Those that are switched on, in their order. */
  active: RuleSet
  /** What any of these listens to. */
  heard: ReadonlySet<Trigger>
  /** What any of these reads of tickets. */
  fields: ReadonlySet<ConditionField>
  /** Ids of rules that are switched on and can't be read, and so do nothing: to be told to whoever looks after the server. */
  unreadable: readonly string[]
}

/** Those that are switched on, in their order. */
export interface ReadyRules {
  /** Asked when something happens. */
  heard: readonly PlannableRule[]
  /** Asked when something has lasted. */
  time: readonly (PlannableRule & TimeRule)[]
}

/** Rules as last committed. */
export class RuleBook {
  readonly #snapshot: Snapshot<RulesAtHand>
  /** Conditions name rows of the catalog, so they are made ready anew when it changes. */
  readonly #ready = new WeakMap<RulesAtHand, { catalog: CatalogSnapshot; rules: ReadyRules }>()

  constructor(read: Db) {
    this.#snapshot = new Snapshot(() => loadRules(read))
  }

  current(): Promise<RulesAtHand> {
    return this.#snapshot.current()
  }

  /** The rules that are switched on, ready to be asked. */
  ready(book: RulesAtHand, names: CompiledNames): ReadyRules {
    const known = this.#ready.get(book)
    if (known?.catalog === names.catalog) return known.rules
    const rules = makeReady(book.active.rules, names)
    this.#ready.set(book, { catalog: names.catalog, rules })
    return rules
  }

  /** The name to show for a rule, or null when nothing has that id. Call {@link current} once before. */
  ruleName(id: string): string | null {
    return this.#snapshot.latest?.names.get(id)?.name ?? null
  }

  /** To be called by every transaction that changes rules. */
  changedIn(tx: Tx): void {
    this.#snapshot.changedIn(tx)
    // Read again at once: names are asked for by callers that can't wait. A failed read is met by the next caller.
    tx.afterCommit(() => void this.#snapshot.current().catch(() => undefined))
  }
}

function makeReady(rules: readonly Rule[], names: CompiledNames): ReadyRules {
  const definitions = new Map(rules.map((rule) => [rule.id, rule]))
  const ready = compileRules(rules, names)
  return {
    heard: ready.filter(({ on }) => !on.includes('time')),
    time: ready.flatMap((rule) => {
      const { after = null, when = null } = definitions.get(rule.id) ?? {}
      if (!after || !rule.on.includes('time')) return []
      return [{ ...rule, after, fields: when ? fieldsOf(when) : new Set<ConditionField>() }]
    }),
  }
}

async function loadRules(db: Db): Promise<RulesAtHand> {
  const rows = await db.find(RuleEntity, { order: { position: 'ASC', id: 'ASC' } })
  const rules = rows.flatMap((row) => parseRule(row) ?? [])
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]))
  const active = rules.filter(({ enabled, archived }) => enabled && !archived)
  // Loading what tells languages apart takes a third of a second, which no ticket should have to wait for.
  if (active.some(asksForLanguage)) void languageOf('bom dia').catch(() => undefined)
  return {
    rules,
    ruleById,
    names: new Map(rows.map(({ id, name }) => [id, { id, name }])),
    active: { id: fingerprint(active), rules: active },
    heard: new Set(active.flatMap(({ on }) => on)),
    fields: new Set(active.flatMap(readBy)),
    unreadable: rows.flatMap(({ id, enabled, archivedAt }) =>
      enabled && archivedAt === null && !ruleById.has(id) ? [id] : [],
    ),
  }
}

/** What a rule reads of a ticket: what it asks about, and the tags that it adds to or takes from. */
const readBy = ({ when, then }: Pick<Rule, 'when' | 'then'>): ConditionField[] => [
  ...(when ? fieldsOf(when) : []),
  ...(then.some((action) => action.do === 'addTags' || action.do === 'removeTags') ? ['tags' as const] : []),
]

const asksForLanguage = ({ when, then }: Rule): boolean =>
  (when !== null && fieldsOf(when).has('message.language')) ||
  then.some((action) => action.do === 'assign' && action.value.language)

const fingerprint = (rules: readonly Rule[]) =>
  createHash('sha256').update(JSON.stringify(rules)).digest('base64url').slice(0, 22)
