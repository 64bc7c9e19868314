import { newId } from './new-id.ts'
import type { DeskDatabase } from './database.ts'

/** Runs `work` while no other window of this browser runs its own; `mayGoOn` answers false once that can't be promised. */
export type Exclusive = (work: (mayGoOn: () => boolean) => Promise<void>) => Promise<void>

/** The browser's own locks, which end with their tab; they exist in secure contexts only (Electron, https, localhost). */
export const lockExclusive =
  (locks: LockManager, name: string): Exclusive =>
  async (work) => {
    await locks.request(name, () => work(() => true))
  }

const LEASE_MS = 10_000
const RENEW_MS = 3_000
const ASK_AGAIN_MS = 1_000

/**
 * For pages that came over plain http from the office's server: a lease in the database, renewed while it is used. A window that
 * vanishes holds the others up for ten seconds at most. Should two ever send at once, the server still does each command once.
 */
export function leaseExclusive(db: DeskDatabase, name: string, now: () => number = Date.now): Exclusive {
  const owner = newId()

  async function take(): Promise<boolean> {
    const tx = db.transaction('leases', 'readwrite')
    const lease = await tx.store.get(name)
    const free = !lease || lease.owner === owner || lease.until < now()
    if (free) await tx.store.put({ name, owner, until: now() + LEASE_MS })
    await tx.done
    return free
  }

  async function giveBack(): Promise<void> {
    const tx = db.transaction('leases', 'readwrite')
    if ((await tx.store.get(name))?.owner === owner) await tx.store.delete(name)
    await tx.done
  }

  return async (work) => {
    while (!(await take())) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    let until = now() + LEASE_MS
    const renewal = setInterval(() => {
      take()
        .then((kept) => (until = kept ? now() + LEASE_MS : 0))
        .catch(() => (until = 0))
    }, RENEW_MS)
    try {
      await work(() => now() < until)
    } finally {
      clearInterval(renewal)
      await giveBack()
    }
  }
}
