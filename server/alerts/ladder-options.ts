import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import { SettingEntity } from '../settings/entities.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Store } from '../store/store.ts'
import type { LadderSettings } from './ladder.contract.ts'

const KEY = 'alertLadder'
const minutes = z.int().min(1).max(1_440).nullable()
const stored = z.object({ teamMinutes: minutes.catch(5), supervisorMinutes: minutes.catch(15) })

export interface LadderOptionDeps {
  store: Store
  events: EventLog
  clock: Clock
  /** Told of a nearer moment to wake at. */
  noticed: (at: number) => void
}

/** After how long an urgent alert that nobody acknowledges is told to more people. */
export class LadderOptions {
  readonly #deps: LadderOptionDeps
  readonly #snapshot: Snapshot<LadderSettings>

  constructor(deps: LadderOptionDeps) {
    this.#deps = deps
    this.#snapshot = new Snapshot(() => load(deps.store.read))
  }

  /** As last committed. */
  get(): Promise<LadderSettings> {
    return this.#snapshot.current()
  }

  /** Holds for alerts that are open already, too: their ladders are looked at anew. */
  update(viewer: Viewer, settings: LadderSettings): Promise<LadderSettings> {
    const { store, events, clock, noticed } = this.#deps
    return store.write(async (tx) => {
      await tx.db.upsert(SettingEntity, { key: KEY, value: JSON.stringify(settings) }, ['key'])
      this.#snapshot.changedIn(tx)
      const now = clock.now()
      await tx.db.sql`
        UPDATE alert SET climbAt = ${now} WHERE acknowledgedAt IS NULL AND severity = 'urgent' AND calledAt IS NOT NULL`
      tx.afterCommit(() => noticed(now))
      await events.record(tx, {
        type: 'settings.updated',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { changes: { alertLadder: settings } },
      })
      return settings
    })
  }
}

async function load(db: Db): Promise<LadderSettings> {
  const row = await db.findOneBy(SettingEntity, { key: KEY })
  return stored.parse(row ? JSON.parse(row.value) : {})
}
