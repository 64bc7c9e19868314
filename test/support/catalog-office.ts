import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { permissionsOf, type Viewer } from '../../server/access/viewer.ts'
import { catalogEntities } from '../../server/catalog/catalog.entity.ts'
import { Catalog } from '../../server/catalog/catalog.ts'
import { createCatalogServices } from '../../server/catalog/services.ts'
import { Tags } from '../../server/catalog/tags.service.ts'
import { EventLog } from '../../server/events/event-log.ts'
import { EventEntity, type EventRow } from '../../server/events/event.entity.ts'
import { Hub } from '../../server/events/hub.ts'
import { FileEntity } from '../../server/files/file.entity.ts'
import { newId } from '../../server/ids.ts'
import { openStore } from '../../server/store/store.ts'
import { SavedViewEntity } from '../../server/views/saved-view.entity.ts'

/** An office with the presets and a store of its own, below the network: what the catalog, views and files need and no more. */
export async function openCatalogOffice() {
  const dataDir = await mkdtemp(join(tmpdir(), 'balcao-catalog-'))
  const clock = { time: Date.UTC(2026, 2, 9, 12), now: () => clock.time }
  const store = await openStore({
    file: join(dataDir, 'balcao.db'),
    entities: [...catalogEntities, EventEntity, FileEntity, SavedViewEntity],
    now: clock.now(),
  })
  const events = new EventLog(new Hub(), clock)
  const catalog = new Catalog(store)
  const deps = { store, events, clock, catalog }
  /** Stands for the tickets: what it is told, and which statuses it says are in use. */
  const tickets = {
    statusesInUse: new Set<string>(),
    weights: [] as { priorityId: string; weight: number }[],
    statusInUse: (_tx: unknown, statusId: string) => Promise.resolve(tickets.statusesInUse.has(statusId)),
    onPriorityWeightChanged: (_tx: unknown, priorityId: string, weight: number) => {
      tickets.weights.push({ priorityId, weight })
      return Promise.resolve()
    },
  }
  await store.write((tx) => catalog.seed(tx, 'pt-BR'))
  return {
    ...deps,
    dataDir,
    tickets,
    ...createCatalogServices(deps, tickets, new Tags(deps)),
    /** A signed-in colleague, who is in the store as well. */
    async hire(role: Viewer['role']): Promise<Viewer> {
      const agentId = newId()
      const email = `${agentId}@balcao.test`
      await store.write(
        (tx) => tx.db.sql`
        INSERT INTO agent (id, name, email, passwordHash, role, createdAt) VALUES (${agentId}, 'Ana', ${email}, '', ${role}, 0)`,
      )
      return {
        agentId,
        name: 'Ana',
        email,
        role,
        teamIds: [],
        permissions: permissionsOf[role],
        sessionId: newId(),
      }
    },
    /** What the log holds, oldest first, as type and data. */
    async log() {
      const rows = await store.read.sql<EventRow[]>`SELECT * FROM event ORDER BY seq`
      return rows.map(({ type, data }) => ({ type, data: JSON.parse(data) as unknown }))
    },
    async close() {
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

export type CatalogOffice = Awaited<ReturnType<typeof openCatalogOffice>>
