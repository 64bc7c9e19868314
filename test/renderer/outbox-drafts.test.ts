import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { openDeskDatabase, type DeskDatabase } from '../../src-renderer/outbox/database.ts'
import { Drafts, type RescueStorage } from '../../src-renderer/outbox/drafts.ts'
import { newOffice } from './outbox-support.ts'

function aStorage(): RescueStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

const draftsOn = (db: DeskDatabase, rescue = aStorage(), name = 'office ana') =>
  new Drafts({ db, rescue, name })

test('a draft is on disk within a third of a second, and there after a restart', async () => {
  const office = newOffice()
  const db = await openDeskDatabase(office, 'ana')
  const drafts = draftsOn(db)
  const startedAt = performance.now()
  drafts.save('reply:t1', { html: 'Bom d' })
  drafts.save('reply:t1', { html: 'Bom dia' })
  await vi.waitFor(
    async () => expect((await db.get('drafts', 'reply:t1'))?.content).toEqual({ html: 'Bom dia' }),
    {
      interval: 10,
    },
  )
  expect(performance.now() - startedAt).toBeLessThan(450)
  db.close()
  const reopened = await openDeskDatabase(office, 'ana')
  expect(await draftsOn(reopened).load('reply:t1')).toEqual({ html: 'Bom dia' })
  reopened.close()
})

test('while somebody types without a pause, what they typed is still written', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const drafts = draftsOn(db)
  let typed = ''
  await vi.waitFor(
    async () => {
      typed += 'x'
      drafts.save('reply:t1', typed)
      expect(await db.get('drafts', 'reply:t1')).toBeDefined()
    },
    { interval: 20, timeout: 2_000 },
  )
  await drafts.flush()
  db.close()
})

test('flush writes at once what a closing page has not written yet', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const drafts = draftsOn(db)
  drafts.save('call:new', { subject: 'Impressora' })
  await drafts.flush()
  expect((await db.get('drafts', 'call:new'))?.content).toEqual({ subject: 'Impressora' })
  db.close()
})

test('a draft that was sent is gone, even when it was saved a moment before', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const drafts = draftsOn(db)
  drafts.save('reply:t1', 'enviado')
  await drafts.clear('reply:t1')
  await drafts.flush()
  expect(await drafts.load('reply:t1')).toBeNull()
  db.close()
})

test('another ticket on the same screen has a draft of its own', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const drafts = draftsOn(db)
  drafts.save('reply:t1', 'um')
  drafts.save('reply:t2', 'dois')
  await drafts.flush()
  expect(await Promise.all([drafts.load('reply:t1'), drafts.load('reply:t2')])).toEqual(['um', 'dois'])
  db.close()
})

test('what was typed in the very moment in which the pages go is found by the next one', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const storage = aStorage()
  const [left, right] = [draftsOn(db, storage), draftsOn(db, storage)]
  left.save('reply:t1', 'um')
  left.rescue()
  right.save('reply:t2', 'dois')
  right.rescue()
  expect(await draftsOn(db, storage, 'office bruno').load('reply:t1')).toBeNull()

  const next = draftsOn(db, storage)
  expect(await Promise.all([next.load('reply:t1'), next.load('reply:t2')])).toEqual(['um', 'dois'])
  await next.flush()
  expect(storage.getItem('balcao.drafts office ana')).toBeNull()
  expect((await db.get('drafts', 'reply:t1'))?.content).toBe('um')
  await Promise.all([left.flush(), right.flush()])
  db.close()
})

test('a window that stays does not throw away what another one rescued', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const storage = aStorage()
  const [going, staying] = [draftsOn(db, storage), draftsOn(db, storage)]
  going.save('reply:t1', 'um')
  going.rescue()
  staying.save('reply:t2', 'dois')
  await staying.flush()
  expect(await draftsOn(db, storage).load('reply:t1')).toBe('um')
  await going.flush()
  db.close()
})

test('a draft that was rescued, and sent after all, does not come back', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const storage = aStorage()
  const drafts = draftsOn(db, storage)
  drafts.save('reply:t1', 'um')
  drafts.rescue()
  await drafts.clear('reply:t1')
  expect(await draftsOn(db, storage).load('reply:t1')).toBeNull()
  db.close()
})

test('a page that goes in the middle of a write rescues what was being written', async () => {
  const rescue = aStorage()
  const db = await openDeskDatabase(newOffice(), 'ana')
  const other = await openDeskDatabase(newOffice(), 'ana')
  const drafts = draftsOn(db, rescue)
  drafts.save('reply:t1', { html: 'Prezada Maria' })
  const cutOff = drafts.flush()
  drafts.rescue()
  const next = draftsOn(other, rescue)
  expect(await next.load('reply:t1')).toEqual({ html: 'Prezada Maria' })
  await cutOff
  db.close()
  other.close()
})
