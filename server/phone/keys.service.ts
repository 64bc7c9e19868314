import { hashSecret, newSecret } from '../access/secrets.ts'
import type { People } from '../access/people.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { NewPhoneKey, PhoneKeyView } from './contract.ts'

interface KeyRow {
  id: string
  name: string
  hash: string
  hint: string
  createdAt: number
  createdBy: string
  lastUsedAt: number | null
  revokedAt: number | null
}

interface KeyDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: Pick<People, 'current'>
}

/** So exactly is it known when a key was used last: a call of ten events need not write it ten times. */
const USED_EVERY_MS = 60_000

/** What exchanges show that they may report calls. Of a key only its hash is kept. */
export class PhoneKeys {
  readonly #deps: KeyDeps

  constructor(deps: KeyDeps) {
    this.#deps = deps
  }

  /** Those in use first, then by age. */
  async list(): Promise<PhoneKeyView[]> {
    const rows = await this.#deps.store.read.sql<KeyRow[]>`
      SELECT * FROM phone_key ORDER BY revokedAt IS NOT NULL, createdAt, id`
    return Promise.all(rows.map((row) => this.#view(row)))
  }

  create(viewer: Viewer, { name }: { name: string }): Promise<NewPhoneKey> {
    return this.#deps.store.write(async (tx) => {
      const secret = newSecret()
      const row: KeyRow = {
        ...{ id: newId(), name, hash: hashSecret(secret), hint: secret.slice(-4) },
        ...{
          createdAt: this.#deps.clock.now(),
          createdBy: viewer.agentId,
          lastUsedAt: null,
          revokedAt: null,
        },
      }
      await tx.db.sql`
        INSERT INTO phone_key (id, name, hash, hint, createdAt, createdBy)
        VALUES (${row.id}, ${name}, ${row.hash}, ${row.hint}, ${row.createdAt}, ${row.createdBy})`
      await this.#record(tx, viewer, 'phone.key_created', row)
      return { key: await this.#view(row), secret }
    })
  }

  /** For good, at once. Again it changes nothing. @throws NOT_FOUND `phoneKey.not_found` */
  revoke(viewer: Viewer, { id }: { id: string }): Promise<PhoneKeyView> {
    return this.#deps.store.write(async (tx) => {
      const row = await findKey(tx.db, id)
      if (!row) throw notFound('phoneKey')
      if (row.revokedAt !== null) return this.#view(row)
      const revokedAt = this.#deps.clock.now()
      await tx.db.sql`UPDATE phone_key SET revokedAt = ${revokedAt} WHERE id = ${id}`
      await this.#record(tx, viewer, 'phone.key_revoked', row)
      return this.#view({ ...row, revokedAt })
    })
  }

  /** The key's id, or null for a secret that opens nothing. */
  async check(secret: string): Promise<string | null> {
    const [row] = await this.#deps.store.read.sql<KeyRow[]>`
      SELECT * FROM phone_key WHERE hash = ${hashSecret(secret)} AND revokedAt IS NULL`
    return row?.id ?? null
  }

  /** Notes the use, within the write that it was used for. */
  async used(tx: Tx, id: string): Promise<void> {
    const now = this.#deps.clock.now()
    await tx.db.sql`
      UPDATE phone_key SET lastUsedAt = ${now} WHERE id = ${id} AND coalesce(lastUsedAt, 0) <= ${now - USED_EVERY_MS}`
  }

  async #view({
    id,
    name,
    hint,
    createdAt,
    createdBy,
    lastUsedAt,
    revokedAt,
  }: KeyRow): Promise<PhoneKeyView> {
    const { agents } = await this.#deps.people.current()
    const maker = agents.get(createdBy)
    return {
      ...{ id, name, hint, createdAt: toIso(createdAt) },
      createdBy: maker ? { id: maker.id, name: maker.name } : null,
      lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
      revokedAt: revokedAt === null ? null : toIso(revokedAt),
    }
  }

  async #record(tx: Tx, viewer: Viewer, type: string, { id, name }: KeyRow): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, {
      type,
      actor,
      audience: { teams: [], agents: [] },
      data: { id, name },
    })
  }
}

const toIso = (at: number) => new Date(at).toISOString()

async function findKey(db: Db, id: string): Promise<KeyRow | undefined> {
  const [row] = await db.sql<KeyRow[]>`SELECT * FROM phone_key WHERE id = ${id}`
  return row
}
