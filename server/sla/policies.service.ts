import type { People } from '../access/people.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import type { Tiers } from '../customers/tiers.service.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import { customersNamedIn } from '../conditions/condition-refs.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Level, NewLevel, NewPolicy, PolicyChanges, PolicyPreset, PolicyView } from './contract.ts'
import { CalendarEntity, PolicyEntity } from './entities.ts'
import { hides, policyFaults, type PolicyFault } from './policy-check.ts'
import { placeFor, reordered } from './policy-order.ts'
import { withIds, type KnownRows } from './policy-refs.ts'
import { countOpenTickets, findPolicies, savePolicy } from './policy-rows.ts'
import type { Policy } from './policy.ts'
import { presetsFor } from './presets.ts'

export interface PoliciesDeps {
  store: Store
  events: EventLog
  clock: Clock
  catalog: Catalog
  people: People
  tiers: Tiers
  settings: Settings
  /** Keeps what is at hand of policies. */
  book: { changedIn(tx: Tx): void }
  /** Reckons running promises anew. */
  onPoliciesChanged(tx: Tx): Promise<void>
}

/** What the desk promises to which tickets. A policy is retired, never deleted: what it promised stays explainable. */
export class Policies {
  readonly #deps: PoliciesDeps

  constructor(deps: PoliciesDeps) {
    this.#deps = deps
  }

  /** In their order, retired ones last. */
  async list(): Promise<PolicyView[]> {
    const { read } = this.#deps.store
    const [policies, openTickets] = [await findPolicies(read), await countOpenTickets(read)]
    return [...inUse(policies), ...policies.filter(({ archived }) => archived)].map((policy) => ({
      ...policy,
      openTickets: openTickets.get(policy.id) ?? 0,
    }))
  }

  /** What an office may start from, in its own language and with its own priorities. */
  async presets(): Promise<PolicyPreset[]> {
    const { locale } = await this.#deps.settings.get()
    const { priorities } = await this.#deps.catalog.current()
    return presetsFor(locale, [...priorities.values()])
  }

  create(viewer: Viewer, input: NewPolicy): Promise<PolicyView> {
    return this.#deps.store.write(async (tx) => {
      const others = inUse(await findPolicies(tx.db))
      const known = await this.#known(tx, input.when)
      const content = withIds(input, known)
      const place = input.position === undefined ? placeFor(content, others) : undefined
      const next: Policy = {
        ...content,
        position: place?.position ?? input.position ?? 1,
        escalations: withLevelIds(content.escalations, [], this.#deps.clock.now()),
        id: newId(),
        version: 1,
        archived: false,
      }
      await this.#makeRoom(tx, viewer, others, place?.moved)
      return this.#save(tx, viewer, { next, before: null, others: moved(others, place?.moved), known })
    })
  }

  /** @throws CONFLICT `policy.changed_meanwhile` with `current` when somebody else changed it since `version`. */
  update(viewer: Viewer, { id, version, changes }: PolicyChanges): Promise<PolicyView> {
    return this.#deps.store.write(async (tx) => {
      const { before, others } = await find(tx, id)
      if (version !== undefined && version !== before.version)
        throw new AppError('CONFLICT', 'policy.changed_meanwhile', {
          details: { current: await toView(tx, before) },
        })
      const changed = { ...before, ...changes }
      const known = await this.#known(tx, changed.when)
      const content = withIds(changed, known)
      const escalations = withLevelIds(content.escalations, before.escalations, this.#deps.clock.now())
      const next = { ...content, escalations }
      return this.#save(tx, viewer, { next, before, others, known })
    })
  }

  /** It takes no further tickets; what it promised goes on. */
  archive(viewer: Viewer, { id }: { id: string }): Promise<PolicyView> {
    return this.#deps.store.write(async (tx) => {
      const { before, others } = await find(tx, id)
      const known = await this.#known(tx, before.when)
      return this.#save(tx, viewer, { next: { ...before, archived: true }, before, others, known })
    })
  }

  /** Comes back to its place, and those behind make room. */
  restore(viewer: Viewer, { id }: { id: string }): Promise<PolicyView> {
    return this.#deps.store.write(async (tx) => {
      const { before, others } = await find(tx, id)
      if (!before.archived) return toView(tx, before)
      const place = placeFor(before, others, before.position)
      const next = { ...before, archived: false, position: place.position }
      await this.#makeRoom(tx, viewer, others, place.moved)
      const known = await this.#known(tx, before.when)
      return this.#save(tx, viewer, { next, before, others: moved(others, place.moved), known })
    })
  }

  /** @throws VALIDATION at `ids`: `policy.order_repeats`, or `sla.policy_unreachable` when one would never be asked. */
  reorder(viewer: Viewer, { ids }: { ids: string[] }): Promise<{ ids: string[] }> {
    return this.#deps.store.write(async (tx) => {
      if (new Set(ids).size !== ids.length) throw invalid('ids', 'policy.order_repeats')
      const policies = inUse(await findPolicies(tx.db))
      if (!ids.every((id) => policies.some((policy) => policy.id === id))) throw notFound('policy')
      const places = reordered(policies, ids)
      const after = inUse(moved(policies, places))
      if (after.some((policy, index) => after.slice(index + 1).some((later) => hides(policy, later))))
        throw invalid('ids', 'sla.policy_unreachable')
      await this.#makeRoom(tx, viewer, policies, places)
      this.#deps.book.changedIn(tx)
      await this.#deps.onPoliciesChanged(tx)
      return { ids }
    })
  }

  async #save(
    tx: Tx,
    viewer: Viewer,
    { next, before, ...rest }: { next: Policy; before: Policy | null; others: Policy[]; known: KnownRows },
  ): Promise<PolicyView> {
    const changes = before ? differences(before, next) : { name: next.name, position: next.position }
    if (Object.keys(changes).length === 0) return toView(tx, next)
    const isRetired = next.archived && !before?.archived
    if (!isRetired) refuse(policyFaults({ policy: next, before, ...rest }))
    const saved = { ...next, version: before ? before.version + 1 : 1 }
    await savePolicy(tx, saved, before, this.#deps.clock.now())
    await this.#record(tx, viewer, `policy.${before ? 'updated' : 'created'}`, { id: next.id, changes })
    this.#deps.book.changedIn(tx)
    if (Object.keys(changes).some((part) => part !== 'name')) await this.#deps.onPoliciesChanged(tx)
    return toView(tx, saved)
  }

  /** Puts policies elsewhere. What they say stays, so their versions do. */
  async #makeRoom(
    tx: Tx,
    viewer: Viewer,
    policies: readonly Policy[],
    places: ReadonlyMap<string, number> = new Map(),
  ): Promise<void> {
    if (places.size === 0) return
    for (const [id, position] of places) await tx.db.update(PolicyEntity, { id }, { position })
    const ids = inUse(moved(policies, places)).map(({ id }) => id)
    await this.#record(tx, viewer, 'policy.reordered', { ids })
  }

  async #record(tx: Tx, viewer: Viewer, type: string, data: Record<string, unknown>): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data })
  }

  async #known(tx: Tx, when: Policy['when']): Promise<KnownRows> {
    const { catalog, people, tiers } = this.#deps
    const calendars = await tx.db.find(CalendarEntity)
    const named = customersNamedIn(when)
    const found =
      named.length === 0
        ? []
        : await tx.db.sql<{ id: string }[]>`
            SELECT id FROM customer WHERE id IN (${() => named})
            UNION SELECT id FROM organization WHERE id IN (${() => named})`
    return {
      catalog: await catalog.current(),
      people: await people.current(),
      tiers: await tiers.current(),
      calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
      customersAndOrganizations: new Set(found.map(({ id }) => id)),
    }
  }
}

async function find(tx: Tx, id: string): Promise<{ before: Policy; others: Policy[] }> {
  const policies = await findPolicies(tx.db)
  const before = policies.find((policy) => policy.id === id)
  if (!before) throw notFound('policy')
  return { before, others: inUse(policies).filter((policy) => policy !== before) }
}

const toView = async (tx: Tx, policy: Policy): Promise<PolicyView> => ({
  ...policy,
  openTickets: (await countOpenTickets(tx.db, policy.id)).get(policy.id) ?? 0,
})

const inUse = (policies: readonly Policy[]): Policy[] =>
  policies.filter(({ archived }) => !archived).sort((a, b) => a.position - b.position)

const moved = (policies: readonly Policy[], places: ReadonlyMap<string, number> = new Map()): Policy[] =>
  policies.map((policy) => ({ ...policy, position: places.get(policy.id) ?? policy.position }))

/** A level that comes back keeps its id, by which the desk knows what it already did; every other one is new. */
function withLevelIds(levels: readonly NewLevel[], before: readonly Level[], now: number): Level[] {
  const known = new Map(before.map((level) => [level.id, level]))
  return levels.map((level) => {
    const old = level.id === undefined ? undefined : known.get(level.id)
    if (!old) return { ...level, id: newId(), addedAt: new Date(now).toISOString() }
    known.delete(old.id)
    return { ...level, id: old.id, addedAt: old.addedAt }
  })
}

function refuse(faults: readonly PolicyFault[]): void {
  const [first] = faults
  if (!first) return
  const byField = Map.groupBy(faults, ({ field }) => field)
  const fieldErrors = [...byField].map(([field, ofField]) => [field, ofField.map(({ reason }) => reason)])
  throw new AppError('VALIDATION', first.reason, {
    details: { fieldErrors: Object.fromEntries(fieldErrors) as Record<string, string[]> },
  })
}

function differences(before: Policy, after: Policy): Record<string, unknown> {
  const old = new Map(Object.entries(before))
  return Object.fromEntries(
    Object.entries(after).filter(([part, value]) => JSON.stringify(value) !== JSON.stringify(old.get(part))),
  )
}
