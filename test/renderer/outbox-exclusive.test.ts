import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { openDeskDatabase } from '../../src-renderer/outbox/database.ts'
import { leaseExclusive } from '../../src-renderer/outbox/exclusive.ts'
import { FakeServer, newOffice, note, openWindow } from './outbox-support.ts'

async function openShared(office: string) {
  const db = await openDeskDatabase(office, 'ana')
  return { db, [Symbol.asyncDispose]: () => Promise.resolve(db.close()) }
}

test('one window works at a time, and the next when it has finished', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  const [left, right] = [leaseExclusive(db, 'sender'), leaseExclusive(db, 'sender')]
  const order: string[] = []
  const leftMayEnd = Promise.withResolvers<void>()
  const leftDone = left(async () => {
    order.push('left begins')
    await leftMayEnd.promise
    order.push('left ends')
  })
  await vi.waitFor(() => expect(order).toHaveLength(1))
  const rightDone = right(async () => void order.push('right'))
  leftMayEnd.resolve()
  await Promise.all([leftDone, rightDone])
  expect(order).toEqual(['left begins', 'left ends', 'right'])
  db.close()
})

test('the lease of a window that vanished runs out', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  await db.put('leases', { name: 'sender', owner: 'vanished', until: 9_999 })
  const work = vi.fn(() => Promise.resolve())
  await leaseExclusive(db, 'sender', () => 10_000)(work)
  expect(work).toHaveBeenCalledOnce()
  db.close()
})

test('a window that lost its lease stops at the next step', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  let now = 0
  await leaseExclusive(
    db,
    'sender',
    () => now,
  )((mayGoOn) => {
    expect(mayGoOn()).toBe(true)
    now = 60_000
    expect(mayGoOn()).toBe(false)
    return Promise.resolve()
  })
  db.close()
})

test('the lease is given back when the work fails', async () => {
  const db = await openDeskDatabase(newOffice(), 'ana')
  await expect(leaseExclusive(db, 'sender')(() => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  )
  expect(await db.getAll('leases')).toEqual([])
  db.close()
})

test('without locks of the browser, two windows still send each write once and in order', async () => {
  const office = newOffice()
  const server = new FakeServer()
  // Declared first, and so closed last.
  await using shared = await openShared(office)
  const exclusive = () => leaseExclusive(shared.db, 'sender')
  server.behaviour = 'unreachable'
  await using left = await openWindow({ server, office, exclusive })
  await using right = await openWindow({ server, office, exclusive })
  await left.outbox.enqueue('tickets.reply', note('t1', '1'))
  await right.outbox.enqueue('tickets.reply', note('t1', '2'))
  server.behaviour = 'answers'
  left.outbox.nudge()
  right.outbox.nudge()
  await vi.waitFor(() => expect([...left.queue, ...right.queue]).toEqual([]), { timeout: 5_000 })
  expect(server.arrived.map(({ input }) => (input as { body: string }).body)).toEqual(['1', '2'])
})
