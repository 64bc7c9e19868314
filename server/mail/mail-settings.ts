import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import { invalid } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Jobs } from '../jobs/jobs.service.ts'
import { SettingEntity } from '../settings/entities.ts'
import type { Store, Tx } from '../store/store.ts'
import { updateMailInput, type MailSettings, type UpdateMail } from './contract.ts'
import { openLanes } from './mail-rows.ts'
import { fingerprintOf, isCertificate, type MailServer } from './smtp.ts'

const KEY = 'mail'
const stored = updateMailInput.extend({ password: z.string().nullable() })

interface MailSettingsDeps {
  store: Store
  events: EventLog
  jobs: Jobs
}

/** Through which server letters leave the house. The password is kept as it is, for it is what the server asks for. */
export class MailSettingsService {
  readonly #deps: MailSettingsDeps

  constructor(deps: MailSettingsDeps) {
    this.#deps = deps
  }

  /** Null until somebody has set one up. */
  async get(): Promise<MailSettings | null> {
    const server = await this.server()
    return server && toView(server)
  }

  /** Whether letters can leave the house. */
  async isReady(): Promise<boolean> {
    return (await this.server()) !== null
  }

  /** With the password: for the sender alone. */
  async server(): Promise<MailServer | null> {
    const row = await this.#deps.store.read.findOneBy(SettingEntity, { key: KEY })
    const parsed = row ? stored.safeParse(JSON.parse(row.value)) : undefined
    return parsed?.success ? parsed.data : null
  }

  /**
   * What `settings` would be with the password that is kept, where they bring none.
   * @throws VALIDATION `mail.certificate_invalid` at `trusted`
   */
  async completed({ password, ...settings }: UpdateMail): Promise<MailServer> {
    if (settings.trusted !== null && !isCertificate(settings.trusted))
      throw invalid('trusted', 'mail.certificate_invalid')
    const known = await this.server()
    // A password goes to nobody but the server that it was given for.
    const isSame = known !== null && known.host === settings.host && known.user === settings.user
    const kept = isSame ? known.password : null
    return { ...settings, password: settings.user === null ? null : (password ?? kept) }
  }

  /** Puts them in place; what waits after a failure goes out at once. @throws as {@link completed} does */
  async update(viewer: Viewer, settings: UpdateMail): Promise<MailSettings> {
    const { store, events, jobs } = this.#deps
    const server = await this.completed(settings)
    await store.write(async (tx: Tx) => {
      await tx.db.upsert(SettingEntity, { key: KEY, value: JSON.stringify(server) }, ['key'])
      for (const lane of await openLanes(tx.db)) await jobs.hurry(tx, lane)
      await events.record(tx, {
        type: 'mail.updated',
        actor: { type: 'agent', id: viewer.agentId },
        audience: { teams: [], agents: [] },
        data: { host: server.host, port: server.port, senderAddress: server.senderAddress },
      })
    })
    return toView(server)
  }
}

function toView({ password, ...settings }: MailServer): MailSettings {
  const { trusted } = settings
  return {
    ...settings,
    hasPassword: password !== null,
    trustedFingerprint: trusted === null ? null : fingerprintOf(trusted),
  }
}
