import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import Fastify from 'fastify'
import { FloorStore } from './store.ts'

/**
 * The least a help desk over HTTP can do on this machine: a bare Fastify route per operation and one or a few hand-written
 * statements behind it. No sign-in, permissions, validation, history beyond one event row, or search upkeep.
 */
const [file] = process.argv.slice(2)
if (!file) throw new Error('Usage: node test/bench/floor/server.ts <database file>')

const store = new FloorStore(file)
const followers = new Set<ServerResponse>()
const app = Fastify()

app.post<{ Body: { subject: string; body: string; requesterId: string; teamId: string } }>(
  '/create',
  ({ body }) => store.create({ id: randomUUID(), messageId: randomUUID(), ...body }),
)
app.post<{ Body: { ticketId: string; body: string } }>('/reply', ({ body }) => {
  const message = store.reply({ id: randomUUID(), ...body })
  for (const follower of followers) follower.write(`id: ${message.seq}\ndata: ${JSON.stringify(message)}\n\n`)
  return message
})
app.get('/list/due', () => ({ items: store.listByDue() }))
app.get('/list/priority', () => ({ items: store.listByPriority() }))
app.get<{ Params: { id: string } }>('/ticket/:id', ({ params }) => store.open(params.id))
app.get<{ Querystring: { text: string } }>('/search', ({ query }) => ({ items: store.search(query.text) }))
app.get('/counts', () => ({ counts: store.counts() }))
app.get('/events', (_, reply) => {
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
  reply.raw.write(': hello\n\n')
  followers.add(reply.raw)
  reply.raw.on('close', () => followers.delete(reply.raw))
})

const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${JSON.stringify({ msg: 'listening', url })}\n`)
process.once('SIGTERM', () => {
  for (const follower of followers) follower.destroy()
  void app.close().then(() => store.close())
})
