import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Locale } from '../settings/contract.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { CreateTier, TierView, UpdateTier } from './contract.ts'
import { TierEntity, type TierRow } from './entities.ts'

const presets: { key: string; weight: number; names: Record<Locale, string> }[] = [
  { key: 'standard', weight: 10, names: { 'pt-BR': 'Padrão', en: 'Standard', es: 'Estándar' } },
  { key: 'vip', weight: 100, names: { 'pt-BR': 'VIP', en: 'VIP', es: 'VIP' } },
]

/** The levels of service that the office offers. */
export class Tiers {
  readonly #deps: { store: Store; events: EventLog; clock: Clock }
  readonly #snapshot: Snapshot<ReadonlyMap<string, TierView>>

  constructor(deps: { store: Store; events: EventLog; clock: Clock }) {
    this.#deps = deps
    this.#snapshot = new Snapshot(() => loadTiers(deps.store.read))
  }

  /** What a new office starts with. */
  async seed(tx: Tx, locale: Locale): Promise<void> {
    const rows = presets.map(({ key, weight, names }, position) => ({
      id: newId(),
      key,
      name: names[locale],
      weight,
      position,
      archivedAt: null,
    }))
    await tx.db.insert(TierEntity, rows)
    this.#snapshot.changedIn(tx)
  }

  /** By id, in the office's order, archived ones included; as last committed. */
  current(): Promise<ReadonlyMap<string, TierView>> {
    return this.#snapshot.current()
  }

  async list(): Promise<TierView[]> {
    return [...(await this.current()).values()]
  }

  /** The same `id` twice is the same tier. */
  create(viewer: Viewer, { id = newId(), name, weight }: CreateTier): Promise<TierView> {
    return this.#deps.store.write(async (tx) => {
      const known = await tx.db.findOneBy(TierEntity, { id })
      if (known) return toTierView(known)
      const position = ((await tx.db.maximum(TierEntity, 'position')) ?? -1) + 1
      await tx.db.insert(TierEntity, { id, key: null, name, weight, position, archivedAt: null })
      return this.#changed(tx, viewer, 'tier.created', id, { name, weight, position })
    })
  }

  update(viewer: Viewer, { id, changes }: UpdateTier): Promise<TierView> {
    return this.#deps.store.write(async (tx) => {
      await requireTier(tx.db, id)
      if (Object.keys(changes).length > 0) await tx.db.update(TierEntity, { id }, changes)
      return this.#changed(tx, viewer, 'tier.updated', id, changes)
    })
  }

  /** Takes it out of the choices; customers who have it keep it. */
  archive(viewer: Viewer, id: string): Promise<TierView> {
    return this.#setArchived(viewer, id, 'tier.archived', this.#deps.clock.now())
  }

  restore(viewer: Viewer, id: string): Promise<TierView> {
    return this.#setArchived(viewer, id, 'tier.restored', null)
  }

  #setArchived(viewer: Viewer, id: string, type: string, archivedAt: number | null): Promise<TierView> {
    return this.#deps.store.write(async (tx) => {
      const tier = await requireTier(tx.db, id)
      if ((tier.archivedAt === null) === (archivedAt === null)) return toTierView(tier)
      await tx.db.update(TierEntity, { id }, { archivedAt })
      return this.#changed(tx, viewer, type, id, { archivedAt: instant(archivedAt) })
    })
  }

  async #changed(tx: Tx, viewer: Viewer, type: string, id: string, changes: Record<string, unknown>) {
    this.#snapshot.changedIn(tx)
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data: { id, changes } })
    return toTierView(await requireTier(tx.db, id))
  }
}

async function loadTiers(db: Db): Promise<ReadonlyMap<string, TierView>> {
  const rows = await db.find(TierEntity, { order: { position: 'ASC', id: 'ASC' } })
  return new Map(rows.map((row) => [row.id, toTierView(row)]))
}

async function requireTier(db: Db, id: string): Promise<TierRow> {
  const tier = await db.findOneBy(TierEntity, { id })
  if (!tier) throw notFound('tier')
  return tier
}

const toTierView = ({ archivedAt, ...row }: TierRow): TierView => ({
  ...row,
  archivedAt: instant(archivedAt),
})

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())
