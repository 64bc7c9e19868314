import type { People } from '../access/people.ts'
import type { Viewer } from '../access/viewer.ts'
import { invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Db, Store } from '../store/store.ts'
import type { ExtensionView, SetExtension } from './contract.ts'

interface ExtensionDeps {
  store: Store
  events: EventLog
  people: Pick<People, 'current'>
}

/** Who sits at which phone. A person has one extension, an extension one person. */
export class Extensions {
  readonly #deps: ExtensionDeps

  constructor(deps: ExtensionDeps) {
    this.#deps = deps
  }

  list(): Promise<ExtensionView[]> {
    return readExtensions(this.#deps.store.read)
  }

  /** Null takes it away. @throws NOT_FOUND `agent.not_found`; VALIDATION at `extension` `phone.extension_taken` with who has it */
  set(viewer: Viewer, { agentId, extension }: SetExtension): Promise<ExtensionView[]> {
    const { store, events, people } = this.#deps
    return store.write(async (tx) => {
      const { agents } = await people.current()
      if (!agents.has(agentId)) throw notFound('agent')
      if (extension !== null) {
        const other = (await readExtensions(tx.db)).find((row) => sameExtension(row.extension, extension))
        const holder = other && other.agentId !== agentId ? agents.get(other.agentId) : undefined
        // Whoever has left needs no phone.
        if (holder?.active) throw invalid('extension', 'phone.extension_taken')
        if (holder) await tx.db.sql`DELETE FROM phone_extension WHERE agentId = ${holder.id}`
      }
      const before = (await readExtensions(tx.db)).find((row) => row.agentId === agentId)?.extension ?? null
      if (before !== extension) {
        await tx.db.sql`DELETE FROM phone_extension WHERE agentId = ${agentId}`
        if (extension !== null)
          await tx.db.sql`INSERT INTO phone_extension (agentId, extension) VALUES (${agentId}, ${extension})`
        await events.record(tx, {
          type: 'phone.extension_changed',
          actor: { type: 'agent', id: viewer.agentId },
          audience: null,
          data: { agentId, extension },
        })
      }
      return readExtensions(tx.db)
    })
  }
}

const readExtensions = (db: Db) =>
  db.sql<ExtensionView[]>`SELECT agentId, extension FROM phone_extension ORDER BY extension`

const sameExtension = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** Who sits at this phone now; null for a phone of nobody here. */
export async function agentAt(db: Db, extension: string): Promise<string | null> {
  const [row] = await db.sql<{ agentId: string }[]>`
    SELECT agentId FROM phone_extension JOIN agent ON agent.id = agentId AND agent.active
    WHERE lower(extension) = ${extension.toLowerCase()}`
  return row?.agentId ?? null
}

export async function extensionOfAgent(db: Db, agentId: string): Promise<string | null> {
  const [row] = await db.sql<{ extension: string }[]>`
    SELECT extension FROM phone_extension WHERE agentId = ${agentId}`
  return row?.extension ?? null
}
