import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import type { People } from '../access/people.ts'
import { invalid } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { SettingEntity } from '../settings/entities.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Store } from '../store/store.ts'
import { phoneOptionsInput, type PhoneOptions } from './contract.ts'

const KEY = 'phone'

/** Of an office that never chose: numbers dial through whatever the computer dials with, and of missed calls nothing is made. */
const defaults: PhoneOptions = {
  areaCode: null,
  dialUrl: 'tel:{e164}',
  unclaimed: { show: true, teamId: null },
  missed: { choice: 'nothing', teamId: null, waitMinutes: 2, windowMinutes: 120 },
  wrapUp: { required: false, seconds: 60 },
}
const { shape } = phoneOptionsInput
const stored = z.object({
  areaCode: shape.areaCode.catch(defaults.areaCode),
  dialUrl: shape.dialUrl.catch(defaults.dialUrl),
  unclaimed: shape.unclaimed.catch(defaults.unclaimed),
  missed: shape.missed.catch(defaults.missed),
  wrapUp: shape.wrapUp.catch(defaults.wrapUp),
})

interface OptionDeps {
  store: Store
  events: EventLog
  people: Pick<People, 'current'>
}

/** What the office wants of its telephones. */
export class PhoneOptionsService {
  readonly #deps: OptionDeps
  readonly #snapshot: Snapshot<PhoneOptions>

  constructor(deps: OptionDeps) {
    this.#deps = deps
    this.#snapshot = new Snapshot(() => load(deps.store.read))
  }

  /** As last committed. */
  get(): Promise<PhoneOptions> {
    return this.#snapshot.current()
  }

  /** Puts them all in place. @throws VALIDATION `phone.team_unknown` at `missed.teamId` or `unclaimed.teamId` */
  set(viewer: Viewer, options: PhoneOptions): Promise<PhoneOptions> {
    const { store, events, people } = this.#deps
    return store.write(async (tx) => {
      const { teams } = await people.current()
      for (const part of ['missed', 'unclaimed'] as const) {
        const { teamId } = options[part]
        if (teamId !== null && teams.get(teamId)?.archivedAt !== null)
          throw invalid(`${part}.teamId`, 'phone.team_unknown')
      }
      await tx.db.upsert(SettingEntity, { key: KEY, value: JSON.stringify(options) }, ['key'])
      this.#snapshot.changedIn(tx)
      await events.record(tx, {
        type: 'phone.options_changed',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { changes: options },
      })
      return options
    })
  }
}

async function load(db: Db): Promise<PhoneOptions> {
  const row = await db.findOneBy(SettingEntity, { key: KEY })
  return row ? stored.parse(JSON.parse(row.value)) : defaults
}
