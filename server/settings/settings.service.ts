import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import {
  companySchema,
  localeSchema,
  timezoneSchema,
  type OfficeSettings,
  type UpdateSettings,
} from './contract.ts'
import { SettingEntity } from './entities.ts'

const KEY = 'office'
/** Before the first run, and for what an older version did not know yet. */
const defaults: OfficeSettings = { company: '', timezone: 'America/Sao_Paulo', locale: 'pt-BR' }
const stored = z.object({
  company: companySchema.catch(defaults.company),
  timezone: timezoneSchema.catch(defaults.timezone),
  locale: localeSchema.catch(defaults.locale),
})

/** What the office as a whole agreed on: its name, its time, its language. */
export class Settings {
  readonly #store: Store
  readonly #events: EventLog
  readonly #snapshot: Snapshot<OfficeSettings>

  constructor(deps: { store: Store; events: EventLog }) {
    this.#store = deps.store
    this.#events = deps.events
    this.#snapshot = new Snapshot(() => readSettings(deps.store.read))
  }

  /** As last committed. */
  get(): Promise<OfficeSettings> {
    return this.#snapshot.current()
  }

  update(viewer: Viewer, changes: UpdateSettings): Promise<OfficeSettings> {
    return this.#store.write(async (tx) => {
      const settings = { ...(await readSettings(tx.db)), ...changes }
      await this.save(tx, settings, { type: 'agent', id: viewer.agentId })
      return settings
    })
  }

  /** Puts them all in place; for the first run, and for {@link update}. */
  async save(tx: Tx, settings: OfficeSettings, actor: ActorRef): Promise<void> {
    await tx.db.upsert(SettingEntity, { key: KEY, value: JSON.stringify(settings) }, ['key'])
    this.#snapshot.changedIn(tx)
    await this.#events.record(tx, {
      type: 'settings.updated',
      actor,
      audience: null,
      data: { changes: settings },
    })
  }
}

/** As `db` holds them now. */
export async function readSettings(db: Db): Promise<OfficeSettings> {
  const row = await db.findOneBy(SettingEntity, { key: KEY })
  return row ? stored.parse(JSON.parse(row.value)) : defaults
}
