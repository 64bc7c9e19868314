import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { StoredCommand } from './command.ts'

interface CachedRow {
  key: string
  value: unknown
  /** Milliseconds UTC; the oldest go first when room is made. */
  usedAt: number
}

interface DeskSchema extends DBSchema {
  /** Writes that the server has not answered, in the order they were made. */
  commands: { key: number; value: StoredCommand }
  drafts: { key: string; value: { key: string; content: unknown; savedAt: number } }
  /** What the server last said, to show at once on the next start. Can be thrown away at any time. */
  cache: { key: string; value: CachedRow; indexes: { usedAt: number } }
  /** Who may send, where the browser has no locks of its own. */
  leases: { key: string; value: { name: string; owner: string; until: number } }
}

export type DeskDatabase = IDBPDatabase<DeskSchema>

/** One database per server and agent: two people who share a PC never see, or send, each other's writes. */
export function openDeskDatabase(serverUrl: string, agentId: string): Promise<DeskDatabase> {
  return openDB<DeskSchema>(databaseName(serverUrl, agentId), 1, {
    upgrade(db) {
      // The position, not the time, decides the order: a PC's clock may be set back.
      db.createObjectStore('commands', { keyPath: 'position', autoIncrement: true })
      db.createObjectStore('drafts', { keyPath: 'key' })
      db.createObjectStore('cache', { keyPath: 'key' }).createIndex('usedAt', 'usedAt')
      db.createObjectStore('leases', { keyPath: 'name' })
    },
    // A newer version of the client in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

export const databaseName = (serverUrl: string, agentId: string): string => `balcao ${serverUrl} ${agentId}`
