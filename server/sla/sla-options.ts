import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import type { EventLog } from '../events/event-log.ts'
import { SettingEntity } from '../settings/entities.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Store } from '../store/store.ts'
import type { SlaSettings } from './contract.ts'

const KEY = 'sla'
const stored = z.object({ phoneFirstResponse: z.enum(['met', 'await']).catch('met') })

/** How this office counts where the best desks differ. */
export class SlaOptions {
  readonly #deps: { store: Store; events: EventLog }
  readonly #snapshot: Snapshot<SlaSettings>

  constructor(deps: { store: Store; events: EventLog }) {
    this.#deps = deps
    this.#snapshot = new Snapshot(() => load(deps.store.read))
  }

  /** As last committed. */
  get(): Promise<SlaSettings> {
    return this.#snapshot.current()
  }

  /** Holds for tickets that are made from now on. */
  update(viewer: Viewer, changes: Partial<SlaSettings>): Promise<SlaSettings> {
    const { store, events } = this.#deps
    return store.write(async (tx) => {
      const settings = { ...(await load(tx.db)), ...changes }
      await tx.db.upsert(SettingEntity, { key: KEY, value: JSON.stringify(settings) }, ['key'])
      this.#snapshot.changedIn(tx)
      await events.record(tx, {
        type: 'settings.updated',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { changes },
      })
      return settings
    })
  }
}

async function load(db: Db): Promise<SlaSettings> {
  const row = await db.findOneBy(SettingEntity, { key: KEY })
  return stored.parse(row ? JSON.parse(row.value) : {})
}
