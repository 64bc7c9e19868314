import type { Viewer } from '../access/viewer.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { AppError, invalid } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import type { NamesSource } from '../tickets/names.ts'
import { applyMacro, previewMacro } from './apply-macro.ts'
import type {
  ApplyMacro,
  MacroApplied,
  MacroChanges,
  MacroFigures,
  MacroFiguresInput,
  MacroView,
  NewMacro,
  PreviewMacro,
} from './contract.ts'
import { MacroEntity, type MacroRow } from './entities.ts'
import { macroFigures } from './figures.ts'
import { macroFaults, withIds } from './macro-check.ts'
import { findMacro, findMacros, isOffered, toMacroView } from './macro-rows.ts'

export interface MacrosDeps {
  store: Store
  events: EventLog
  clock: Clock
  catalog: Catalog
  names: NamesSource
}

/** The office's library of ready answers. One is archived, never deleted: what it was used for stays told. */
export class Macros {
  readonly #deps: MacrosDeps

  constructor(deps: MacrosDeps) {
    this.#deps = deps
  }

  /** In the library's order; archived ones only for those who keep it. */
  async list(viewer: Viewer): Promise<MacroView[]> {
    const keepsLibrary = viewer.permissions.has('desk.configure')
    const rows = await findMacros(this.#deps.store.read)
    return rows
      .filter((row) => isOffered(viewer, row) && (keepsLibrary || row.archivedAt === null))
      .map(toMacroView)
  }

  /** The same `id` again gives what is there. @throws VALIDATION at each field that is wrong */
  create(viewer: Viewer, { id = newId(), ...input }: NewMacro): Promise<MacroView> {
    return this.#deps.store.write(async (tx) => {
      const others = await findMacros(tx.db)
      const known = others.find((row) => row.id === id)
      if (known) return toMacroView(known)
      const position = (others.at(-1)?.position ?? -1) + 1
      const row = { ...input, id, position, version: 1, createdAt: this.#deps.clock.now(), archivedAt: null }
      return this.#save(tx, viewer, 'macro.created', row, null, others)
    })
  }

  /** @throws CONFLICT `macro.changed_meanwhile` with `current` when somebody else changed it since `version`. */
  update(viewer: Viewer, { id, version, changes }: MacroChanges): Promise<MacroView> {
    return this.#edit(viewer, id, 'macro.updated', (before) => {
      if (version !== undefined && version !== before.version)
        throw new AppError('CONFLICT', 'macro.changed_meanwhile', {
          details: { current: toMacroView(before) },
        })
      return { ...before, ...changes }
    })
  }

  archive(viewer: Viewer, { id }: { id: string }): Promise<MacroView> {
    return this.#edit(viewer, id, 'macro.archived', (before) => ({
      ...before,
      archivedAt: before.archivedAt ?? this.#deps.clock.now(),
    }))
  }

  restore(viewer: Viewer, { id }: { id: string }): Promise<MacroView> {
    return this.#edit(viewer, id, 'macro.restored', (before) => ({ ...before, archivedAt: null }))
  }

  /** Puts the named ones into this order, in the places that they hold between them. @throws VALIDATION `macro.order_repeats` */
  reorder(viewer: Viewer, { ids }: { ids: string[] }): Promise<{ ids: string[] }> {
    return this.#deps.store.write(async (tx) => {
      if (new Set(ids).size !== ids.length) throw invalid('ids', 'macro.order_repeats')
      const rows: MacroRow[] = []
      for (const id of ids) rows.push(await findMacro(tx.db, id))
      const places = rows.map(({ position }) => position).sort((a, b) => a - b)
      for (const [index, { id }] of rows.entries())
        await tx.db.update(MacroEntity, { id }, { position: places[index] ?? index })
      await this.#record(tx, viewer, 'macro.reordered', { ids })
      return { ids }
    })
  }

  apply(viewer: Viewer, input: ApplyMacro): Promise<MacroApplied> {
    return applyMacro({ read: this.#deps.store.read, names: this.#deps.names }, viewer, input)
  }

  preview(viewer: Viewer, input: PreviewMacro): Promise<MacroApplied> {
    return previewMacro({ read: this.#deps.store.read, names: this.#deps.names }, viewer, input)
  }

  async figures({ days }: MacroFiguresInput): Promise<MacroFigures[]> {
    const { store, catalog, clock } = this.#deps
    return macroFigures(store.read, await catalog.current(), clock.now(), days)
  }

  #edit(viewer: Viewer, id: string, type: string, edit: (before: MacroRow) => MacroRow): Promise<MacroView> {
    return this.#deps.store.write(async (tx) => {
      const before = await findMacro(tx.db, id)
      const next = edit(before)
      if (JSON.stringify(next) === JSON.stringify(before)) return toMacroView(before)
      const others = await findMacros(tx.db)
      return this.#save(tx, viewer, type, { ...next, version: before.version + 1 }, before, others)
    })
  }

  async #save(
    tx: Tx,
    viewer: Viewer,
    type: string,
    given: MacroRow,
    before: MacroRow | null,
    others: readonly MacroRow[],
  ): Promise<MacroView> {
    const known = await this.#deps.names.current()
    const next = { ...given, actions: withIds(given.actions, known) }
    // What goes out of use need not be right any more.
    const faults = next.archivedAt === null ? macroFaults(next, before, others, known) : []
    const [first] = faults
    if (first) {
      const fieldErrors = Object.fromEntries(faults.map(({ field, reason }) => [field, [reason]]))
      const { reason, name, line } = first
      throw new AppError('VALIDATION', reason, { details: { fieldErrors, name, line } })
    }
    if (before) await tx.db.update(MacroEntity, { id: next.id }, next)
    else await tx.db.insert(MacroEntity, next)
    await this.#record(tx, viewer, type, { id: next.id })
    return toMacroView(next)
  }

  /** Texts stay out of the log, which everybody reads: a team's answers are its own affair. */
  async #record(tx: Tx, viewer: Viewer, type: string, data: Record<string, unknown>): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data })
  }
}
