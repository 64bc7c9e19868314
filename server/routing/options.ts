import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import type { EventLog } from '../events/event-log.ts'
import { SettingEntity } from '../settings/entities.ts'
import type { Db, Store } from '../store/store.ts'
import type { RoutingSettings } from './contract.ts'

const KEY = 'routing'
const stored = z.object({ defaultCapacity: z.int().min(1).catch(10) })

/** What holds for every agent of whom nothing else is said. */
export class RoutingOptions {
  readonly #deps: { store: Store; events: EventLog }

  constructor(deps: { store: Store; events: EventLog }) {
    this.#deps = deps
  }

  get(): Promise<RoutingSettings> {
    return readOptions(this.#deps.store.read)
  }

  update(viewer: Viewer, settings: RoutingSettings): Promise<RoutingSettings> {
    const { store, events } = this.#deps
    return store.write(async (tx) => {
      await tx.db.upsert(SettingEntity, { key: KEY, value: JSON.stringify(settings) }, ['key'])
      await events.record(tx, {
        type: 'routing.settings_updated',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { changes: settings },
      })
      return settings
    })
  }
}

export async function readOptions(db: Db): Promise<RoutingSettings> {
  const [row] = await db.sql<{ value: string }[]>`SELECT value FROM setting WHERE key = ${KEY}`
  return parseOptions(row?.value)
}

/** As the setting `routing` holds them; undefined before anybody set anything. */
export const parseOptions = (value: string | undefined): RoutingSettings =>
  stored.parse(value === undefined ? {} : JSON.parse(value))
