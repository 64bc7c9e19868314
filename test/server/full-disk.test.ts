import Sqlite from 'better-sqlite3'
import { QueryFailedError, type QueryRunner } from 'typeorm'
import { describe, expect, it } from 'vitest'
import type { Store, Tx } from '../../server/store/store.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer } from '../support/server.ts'
import { temporaryStore } from '../support/store.ts'

const put = (tx: Tx, key: string) => tx.db.sql`INSERT INTO setting (key, value) VALUES (${key}, ${'1'})`

async function keys(store: Store): Promise<string[]> {
  const rows = await store.read.sql<{ key: string }[]>`SELECT key FROM setting ORDER BY key`
  return rows.map(({ key }) => key)
}

/**
 * Fills the disk for the store's one connection, as SQLite meets it: at the statements named by `fails` it rolls the whole
 * transaction back by itself and says that the disk is full. Returns what makes space again.
 */
async function fillDisk(store: Store, fails: RegExp): Promise<() => void> {
  let runner: QueryRunner | undefined
  await store.write(async (tx) => void (runner = tx.db.queryRunner))
  if (!runner) throw new Error('A transaction without its query runner.')
  const connection = runner
  const query = connection.query.bind(connection)
  const failing = async (sql: string, ...rest: [unknown[]?]) => {
    if (!fails.test(sql)) return query(sql, ...rest) as Promise<unknown>
    await query('ROLLBACK')
    throw new QueryFailedError(sql, [], new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL'))
  }
  connection.query = failing as QueryRunner['query']
  return () => (connection.query = query)
}

describe('when the disk is full', () => {
  it.each([
    ['at the commit', /^COMMIT$/],
    ['at a statement', /^INSERT/],
  ])(
    '%s, writes are refused as unavailable, and what is acknowledged afterwards is on disk',
    async (_, fails) => {
      const store = await temporaryStore()
      await store.write((tx) => put(tx, 'before'))
      const makeSpace = await fillDisk(store, fails)
      for (let round = 0; round < 3; round++) {
        const writes = ['a', 'b', 'c'].map((key) => store.write((tx) => put(tx, `${key}${round}`)))
        for (const outcome of await Promise.allSettled(writes))
          expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'store.full' } })
      }
      makeSpace()
      await Promise.all(['x', 'y'].map((key) => store.write((tx) => put(tx, key))))
      expect(await keys(store)).toEqual(['before', 'x', 'y'])
    },
  )

  it('in a write inside a write, nothing of either is kept', async () => {
    const store = await temporaryStore()
    const makeSpace = await fillDisk(store, /inner/)
    const write = store.write(async (tx) => {
      await put(tx, 'outer')
      await store.write((inner) => inner.db.query(`INSERT INTO setting (key, value) VALUES ('inner', '1')`))
    })
    await expect(write).rejects.toMatchObject({ reason: 'store.full' })
    makeSpace()
    await store.write((tx) => put(tx, 'after'))
    expect(await keys(store)).toEqual(['after'])
  })

  it('clients are told 503 with a reason, reading goes on, and the same command succeeds once there is space', async () => {
    await using server = await startTestServer()
    const token = await server.setup()
    const api = server.client(token, { commandId: 'pedido-0001' })
    const { store } = server.services
    const call = () =>
      api.tickets.create.mutate({
        subject: 'Cheio',
        body: 'x'.repeat(150_000),
        requester: { name: 'Rui' },
        channel: 'phone',
      })
    await store.write((tx) => tx.db.query('PRAGMA max_page_count = 1'))

    expect(await refusal(call())).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      httpStatus: 503,
      reason: 'store.full',
    })
    expect((await api.tickets.list.query({})).items).toEqual([])
    await store.write((tx) => tx.db.query('PRAGMA max_page_count = 1000000'))
    const ticket = await call()

    expect(ticket.number).toMatch(/-000001$/)
    expect(await call()).toEqual(ticket)
    const events = await store.read.sql`SELECT seq FROM event WHERE type = 'ticket.created'`
    expect(events).toHaveLength(1)
  })

  it('the server still stops in order', async () => {
    const server = await startTestServer()
    await server.setup()
    await fillDisk(server.services.store, /^PRAGMA/)
    await server[Symbol.asyncDispose]()
  })

  it('an upload is refused with a reason and leaves nothing', async () => {
    await using server = await startTestServer()
    const token = await server.setup()
    const { store } = server.services
    const makeSpace = await fillDisk(store, /INSERT INTO "file"/)
    const form = new FormData()
    form.set('file', new Blob(['oi']), 'oi.txt')
    const answer = await fetch(`${server.url}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    })
    makeSpace()
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ error: { data: { reason: 'store.full' } } })
    expect(await store.read.sql`SELECT id FROM file`).toEqual([])
  })
})
