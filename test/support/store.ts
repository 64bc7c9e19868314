import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { EventEntity } from '../../server/events/event.entity.ts'
import { openStore, type Store } from '../../server/store/store.ts'

/** A folder of the running test's own, gone when it ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balcao-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A fresh store of the running test's own, closed and removed when it ends. */
export async function temporaryStore(): Promise<Store> {
  const store = await openStore({
    file: join(await temporaryFolder(), 'balcao.db'),
    entities: [EventEntity],
    now: 0,
  })
  onTestFinished(() => store.close())
  return store
}
