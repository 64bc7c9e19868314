import Sqlite from 'better-sqlite3'
import { writeFileSync, rmSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'vitest'
import { startTestServer } from '../../support/server.ts'
it('full', async () => {
  console.log=(x)=>process.stderr.write(x+"\n"); const server = await startTestServer({ dataDir: '/tmp/qa-small' })
  const token = await server.setup()
  const api = server.client(token)
  const out: unknown[] = []
  const orig = server.services.store
  const mk = (n: number) => api.tickets.create.mutate({ subject: 'x' + n, body: 'y'.repeat(20_000), requester: { name: 'z' }, channel: 'manual' }).then(t => t.number, (e) => JSON.stringify(e.data.reason))
  out.push(await mk(0))
  // fill the disk
  try { for (let i = 0; ; i++) writeFileSync('/tmp/qa-small/fill' + i, Buffer.alloc(i % 2 ? 4096 : 65536)) } catch (e) { out.push(String(e)) }
  for (let i = 1; i < 8; i++) out.push(i, await mk(i))
  out.push(await Promise.all([10, 11, 12].map(mk)))
  out.push(readdirSync('/tmp/qa-small').filter(n => !n.startsWith('fill')).map(n => n + ' ' + statSync('/tmp/qa-small/' + n).size))
  for (const n of readdirSync('/tmp/qa-small')) if (n.startsWith('fill')) rmSync('/tmp/qa-small/' + n)
  for (let i = 20; i < 23; i++) out.push(i, await mk(i))
  out.push(await Promise.all([30, 31, 32].map(mk)))
  const db = new Sqlite(join(server.dataDir, 'balcao.db'), { readonly: true })
  out.push('rows', db.prepare('select number, subject from ticket').all())
  console.log(JSON.stringify(out, null, 1))
  try { for (let i = 0; ; i++) writeFileSync('/tmp/qa-small/fill' + i, Buffer.alloc(65536)) } catch (e) { }
  console.log('stop', await server.stop().then(() => 'ok', String))
})
