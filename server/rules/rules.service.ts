import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import type { NewRule, RuleChanges, RuleDefinition, RuleFile, RuleView, SwitchRule } from './contract.ts'
import { RuleEntity } from './entities.ts'
import { knownRows, type KnownRowsDeps } from './known-rows.ts'
import { definitionOf, type Rule } from './rule.ts'
import type { RuleBook } from './rule-book.ts'
import { choiceReasons, faultsByField, ruleFaults, type RuleFault } from './rule-check.ts'
import { fromFile, toFile } from './rule-file.ts'
import { freeName, placeFor, reordered } from './rule-order.ts'
import { withIds, type KnownRows } from './rule-refs.ts'
import { findRules, saveRule } from './rule-rows.ts'
import { viewsOf } from './rule-view.ts'

export interface RulesDeps extends KnownRowsDeps {
  store: Store
  events: EventLog
  clock: Clock
  book: RuleBook
  waits: {
    switched(tx: Tx, rule: Rule, enabled: boolean, backlog: 'act' | 'skip'): Promise<void>
    edited(tx: Tx, rule: Rule): Promise<void>
  }
}

/** What an office lets its desk do by itself. A rule is retired, never deleted: what it did stays explainable. */
export class Rules {
  readonly #deps: RulesDeps

  constructor(deps: RulesDeps) {
    this.#deps = deps
  }

  /** In their order, retired ones last. */
  async list(): Promise<RuleView[]> {
    const { read } = this.#deps.store
    const rules = await findRules(read)
    const inOrder = [...inUse(rules), ...rules.filter(({ archived }) => archived)]
    return viewsOf(read, inOrder, await knownRows(read, this.#deps, rules))
  }

  /** The same `id` again answers the rule as it is. @throws VALIDATION with a reason for each field that is wrong. */
  create(viewer: Viewer, { id = newId(), enabled, position, ...given }: NewRule): Promise<RuleView> {
    return this.#deps.store.write(async (tx) => {
      const all = await findRules(tx.db)
      const existing = all.find((rule) => rule.id === id)
      if (existing) return this.#view(tx, existing)
      const known = await this.#known(tx, given)
      const content = withIds(given, known)
      refuse(ruleFaults({ rule: content, before: null, known }))
      return this.#insert(tx, viewer, content, { id, enabled, position, others: inUse(all) })
    })
  }

  /** What a rule says, with every row by its id. @throws VALIDATION as {@link create} does. */
  async checked(given: RuleDefinition): Promise<RuleDefinition> {
    const known = await knownRows(this.#deps.store.read, this.#deps, [given])
    const rule = withIds(given, known)
    refuse(ruleFaults({ rule, before: null, known }))
    return definitionOf(rule)
  }

  /** @throws CONFLICT `rule.changed_meanwhile` with `current` when somebody else changed it since `version`. */
  update(viewer: Viewer, { id, version, changes }: RuleChanges): Promise<RuleView> {
    return this.#deps.store.write(async (tx) => {
      const before = await find(tx, id)
      if (version !== undefined && version !== before.version)
        throw new AppError('CONFLICT', 'rule.changed_meanwhile', {
          details: { current: await this.#view(tx, before) },
        })
      const changed = { ...before, ...changes }
      const known = await this.#known(tx, changed)
      const next = withIds(changed, known)
      refuse(ruleFaults({ rule: next, before, known }))
      const saved = await this.#save(tx, viewer, next, before)
      if (saved.enabled && !saved.archived && saved.version !== before.version)
        await this.#deps.waits.edited(tx, saved)
      return this.#view(tx, saved)
    })
  }

  /** @throws VALIDATION when a rule that is to be switched on names what is gone. */
  setEnabled(viewer: Viewer, { id, enabled, backlog }: SwitchRule): Promise<RuleView> {
    return this.#deps.store.write(async (tx) => {
      const before = await find(tx, id)
      if (before.archived) throw notFound('rule')
      if (before.enabled === enabled) return this.#view(tx, before)
      if (enabled) refuse(ruleFaults({ rule: before, before: null, known: await this.#known(tx, before) }))
      // Whoever switches it on again has seen what was wrong with it.
      const next = { ...before, enabled, fault: enabled ? null : before.fault }
      const saved = await this.#save(tx, viewer, next, before)
      await this.#deps.waits.switched(tx, saved, enabled, backlog)
      return this.#view(tx, saved)
    })
  }

  /** These in this order, in the places that they hold between them. @throws VALIDATION at `ids` `rule.order_repeats` */
  reorder(viewer: Viewer, { ids }: { ids: string[] }): Promise<{ ids: string[] }> {
    return this.#deps.store.write(async (tx) => {
      if (new Set(ids).size !== ids.length) throw invalid('ids', 'rule.order_repeats')
      const rules = inUse(await findRules(tx.db))
      if (!ids.every((id) => rules.some((rule) => rule.id === id))) throw notFound('rule')
      await this.#move(tx, viewer, reordered(rules, ids))
      return { ids }
    })
  }

  /** A draft that says the same, behind its original. */
  duplicate(viewer: Viewer, { id }: { id: string }): Promise<RuleView> {
    return this.#deps.store.write(async (tx) => {
      const original = await find(tx, id)
      const others = inUse(await findRules(tx.db))
      const content = { ...definitionOf(original), name: freeName(original.name, others) }
      const position = original.archived ? undefined : original.position + 1
      return this.#insert(tx, viewer, content, { id: newId(), enabled: false, position, others })
    })
  }

  /** It does nothing any more; what it did stays. */
  archive(viewer: Viewer, { id }: { id: string }): Promise<RuleView> {
    return this.#deps.store.write(async (tx) => {
      const before = await find(tx, id)
      if (before.archived) return this.#view(tx, before)
      const saved = await this.#save(tx, viewer, { ...before, archived: true }, before)
      if (saved.enabled) await this.#deps.waits.switched(tx, saved, false, 'skip')
      return this.#view(tx, saved)
    })
  }

  /** Comes back to its place, switched on if it was and still can be. */
  restore(viewer: Viewer, { id }: { id: string }): Promise<RuleView> {
    return this.#deps.store.write(async (tx) => {
      const before = await find(tx, id)
      if (!before.archived) return this.#view(tx, before)
      const faults = ruleFaults({ rule: before, before: null, known: await this.#known(tx, before) })
      const place = placeFor(inUse(await findRules(tx.db)), before.position)
      await this.#move(tx, viewer, place.moved)
      const enabled = before.enabled && faults.length === 0
      const next = { ...before, archived: false, enabled, position: place.position }
      const saved = await this.#save(tx, viewer, next, before)
      if (enabled) await this.#deps.waits.switched(tx, saved, true, 'skip')
      return this.#view(tx, saved)
    })
  }

  /** All rules in use, or these, so that another desk can take them. */
  async exportFile({ ids }: { ids?: string[] | undefined }): Promise<RuleFile> {
    const { read } = this.#deps.store
    const rules = inUse(await findRules(read)).filter(({ id }) => ids?.includes(id) ?? true)
    return toFile(rules.map(definitionOf), await knownRows(read, this.#deps, rules))
  }

  /**
   * Takes over another desk's rules, switched off, behind one's own. What this desk does not have is a problem of the rule that
   * names it; anything else that is wrong refuses the whole file, each fault at its field: `rules.3.on`.
   */
  importFile(viewer: Viewer, file: RuleFile): Promise<RuleView[]> {
    return this.#deps.store.write(async (tx) => {
      const known = await knownRows(tx.db, this.#deps, file.rules)
      const contents = fromFile(file, known).map((content) => withIds(content, known))
      refuse(contents.flatMap((rule, index) => importFaults(rule, index, known)))
      const views: RuleView[] = []
      for (const content of contents) {
        const others = inUse(await findRules(tx.db))
        const named = { ...content, name: freeName(content.name, others) }
        views.push(await this.#insert(tx, viewer, named, { id: newId(), enabled: false, others }))
      }
      return views
    })
  }

  async #insert(
    tx: Tx,
    viewer: Viewer,
    content: RuleDefinition,
    { id, enabled, position, others }: Insertion,
  ): Promise<RuleView> {
    const place = placeFor(others, position)
    await this.#move(tx, viewer, place.moved)
    const rule: Rule = {
      ...definitionOf(content),
      ...{ id, enabled, position: place.position, archived: false, version: 1, fault: null },
    }
    const saved = await this.#save(tx, viewer, rule, null)
    if (enabled) await this.#deps.waits.switched(tx, saved, true, 'skip')
    return this.#view(tx, saved)
  }

  /** Returns the rule as it is kept; with a new version when something of it changed. */
  async #save(tx: Tx, viewer: Viewer, next: Rule, before: Rule | null): Promise<Rule> {
    const changes = before ? differences(before, next) : { name: next.name, position: next.position }
    if (before && Object.keys(changes).length === 0) return before
    const saved = { ...next, version: before ? before.version + 1 : 1 }
    await saveRule(tx, saved, before, this.#deps.clock.now())
    await this.#record(tx, viewer, `rule.${before ? 'updated' : 'created'}`, { id: next.id, changes })
    this.#deps.book.changedIn(tx)
    return saved
  }

  /** Puts rules elsewhere. What they say stays, so their versions do. */
  async #move(tx: Tx, viewer: Viewer, places: ReadonlyMap<string, number>): Promise<void> {
    if (places.size === 0) return
    for (const [id, position] of places) await tx.db.update(RuleEntity, { id }, { position })
    this.#deps.book.changedIn(tx)
    const ids = inUse(await findRules(tx.db)).map(({ id }) => id)
    await this.#record(tx, viewer, 'rule.reordered', { ids })
  }

  async #record(tx: Tx, viewer: Viewer, type: string, data: Record<string, unknown>): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data })
  }

  #known(tx: Tx, rule: Pick<RuleDefinition, 'when'>): Promise<KnownRows> {
    return knownRows(tx.db, this.#deps, [rule])
  }

  async #view(tx: Tx, rule: Rule): Promise<RuleView> {
    const [view] = await viewsOf(tx.db, [rule], await this.#known(tx, rule))
    if (!view) throw notFound('rule')
    return view
  }
}

interface Insertion {
  id: string
  enabled: boolean
  position?: number | undefined
  others: readonly Rule[]
}

async function find(tx: Tx, id: string): Promise<Rule> {
  const rule = (await findRules(tx.db)).find((each) => each.id === id)
  if (!rule) throw notFound('rule')
  return rule
}

const inUse = (rules: readonly Rule[]): Rule[] =>
  rules.filter(({ archived }) => !archived).sort((a, b) => a.position - b.position)

const importFaults = (rule: RuleDefinition, index: number, known: KnownRows): RuleFault[] =>
  ruleFaults({ rule, before: null, known })
    .filter(({ reason }) => !choiceReasons.has(reason))
    .map((fault) => ({ ...fault, field: `rules.${index}.${fault.field}` }))

function refuse(faults: readonly RuleFault[]): void {
  const [first] = faults
  if (!first) return
  throw new AppError('VALIDATION', first.reason, {
    details: {
      fieldErrors: faultsByField(faults),
      ...(first.name !== undefined && { name: first.name }),
    },
  })
}

function differences(before: Rule, after: Rule): Record<string, unknown> {
  const old = new Map(Object.entries(before))
  return Object.fromEntries(
    Object.entries(after).filter(([part, value]) => JSON.stringify(value) !== JSON.stringify(old.get(part))),
  )
}
