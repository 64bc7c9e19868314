import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { it } from 'vitest'
import { startTestServer } from '../../support/server.ts'
it('full', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const api = server.client(token)
  const mk = (n: number) => api.tickets.create.mutate({ subject: 'x' + n, body: 'y'.repeat(150_000), requester: { name: 'z' }, channel: 'manual' }).then(t => t.number, (e) => JSON.stringify(e.data))
  console.log(await mk(0))
  const pages = (await server.services.store.write((tx) => tx.db.query('PRAGMA page_count')))[0].page_count
  await server.services.store.write((tx) => tx.db.query(`PRAGMA max_page_count = ${pages + 100}`))
  for (let i = 1; i < 8; i++) console.log(i, await mk(i))
  console.log(await Promise.all([10, 11, 12].map(mk)))
  await server.services.store.write((tx) => tx.db.query(`PRAGMA max_page_count = 1000000`))
  for (let i = 20; i < 23; i++) console.log(i, await mk(i))
  console.log(await Promise.all([30, 31, 32].map(mk)))
  const db = new Sqlite(join(server.dataDir, 'balcao.db'), { readonly: true })
  console.log('rows', db.prepare('select number, subject from ticket').all())
})
