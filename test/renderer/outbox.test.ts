import 'fake-indexeddb/auto'
import { TRPCClientError } from '@trpc/client'
import { expect, expectTypeOf, test, vi } from 'vitest'
import { reactive } from 'vue'
import { FailureError } from '../../src-renderer/api/errors.ts'
import { openDeskDatabase } from '../../src-renderer/outbox/database.ts'
import {
  splitName,
  type CommandInput,
  type CommandName,
  type MutationIn,
} from '../../src-renderer/outbox/procedures.ts'
import { FakeServer, newOffice, note, openWindow } from './outbox-support.ts'

const T1 = '01938f00-0000-7000-8000-000000000001'
const T2 = '01938f00-0000-7000-8000-000000000002'
const conflict = { code: 'CONFLICT', httpStatus: 409, reason: 'ticket.changed_meanwhile' }
const fault = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, reason: 'server.fault' }

const bodies = (deliveries: { input: unknown }[]) =>
  deliveries.map(({ input }) => (input as { body: string }).body)

test('a write is on disk before it is sent, and leaves the disk when it is answered', async () => {
  const office = newOffice()
  const db = await openDeskDatabase(office, 'ana')
  const server = new FakeServer()
  const onDisk: number[] = []
  await using window = await openWindow({
    office,
    server: {
      send: async (...call) => {
        onDisk.push((await db.getAll('commands')).length)
        return server.send(...call)
      },
    },
  })
  const sent = await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await expect(sent.answer).resolves.toEqual({ done: sent.id })
  expect(onDisk).toEqual([1])
  await vi.waitFor(() => expect(window.queue).toEqual([]))
  expect(await db.getAll('commands')).toEqual([])
  db.close()
})

test('what was written without a network is sent in order when there is one', async () => {
  const server = new FakeServer()
  server.behaviour = 'unreachable'
  await using window = await openWindow({ server, office: newOffice() })
  for (const body of ['um', 'dois', 'três']) await window.outbox.enqueue('tickets.reply', note(T1, body))
  await vi.waitFor(() => expect(window.queue[0]?.attempts).toBeGreaterThan(0))
  expect(server.done).toEqual([])
  server.behaviour = 'answers'
  window.outbox.nudge()
  await vi.waitFor(() => expect(window.queue).toEqual([]))
  expect(bodies(server.done)).toEqual(['um', 'dois', 'três'])
})

test('a page that dies between storing and sending leaves the write to the next one', async () => {
  const office = newOffice()
  const server = new FakeServer()
  const dying = await openWindow({ server, office })
  dying.outbox.pause()
  await dying.outbox.enqueue('tickets.reply', note(T1, 'não se perde'))
  await dying[Symbol.asyncDispose]()
  expect(server.arrived).toEqual([])
  await using next = await openWindow({ server, office })
  await vi.waitFor(() => expect(next.queue).toEqual([]))
  expect(bodies(server.done)).toEqual(['não se perde'])
})

test('a page that dies while sending has its write sent again under the same id, and done once', async () => {
  const office = newOffice()
  const server = new FakeServer()
  server.script.push('answerLost')
  const dying = await openWindow({ server, office })
  await dying.outbox.enqueue('tickets.reply', note(T1, 'uma vez'))
  await vi.waitFor(() => expect(server.done).toHaveLength(1))
  await dying[Symbol.asyncDispose]()
  await using next = await openWindow({ server, office })
  await vi.waitFor(() => expect(next.queue).toEqual([]))
  expect(server.arrived.length).toBeGreaterThan(1)
  expect(new Set(server.arrived.map(({ id }) => id)).size).toBe(1)
  expect(server.done).toHaveLength(1)
})

test('two windows send each write once and in the order of writing', async () => {
  const office = newOffice()
  const server = new FakeServer()
  server.behaviour = 'unreachable'
  await using left = await openWindow({ server, office })
  await using right = await openWindow({ server, office })
  await left.outbox.enqueue('tickets.reply', note(T1, '1'))
  await right.outbox.enqueue('tickets.reply', note(T1, '2'))
  await left.outbox.enqueue('tickets.reply', note(T2, '3'))
  await right.outbox.enqueue('tickets.reply', note(T2, '4'))
  server.behaviour = 'answers'
  left.outbox.nudge()
  right.outbox.nudge()
  await vi.waitFor(() => {
    expect(left.queue).toEqual([])
    expect(right.queue).toEqual([])
  })
  expect(bodies(server.arrived)).toEqual(['1', '2', '3', '4'])
})

test('a window hears the answer to its write from the window that sent it', async () => {
  const office = newOffice()
  const server = new FakeServer()
  await using writer = await openWindow({ server, office })
  await using sender = await openWindow({ server, office })
  writer.outbox.pause()
  const sent = await writer.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await vi.waitFor(() => expect(sender.queue).toHaveLength(1))
  sender.outbox.nudge()
  await expect(sent.answer).resolves.toEqual({ done: sent.id })
  expect(writer.answers).toHaveLength(1)
})

test('the answer is told before the write is gone from the queue', async () => {
  await using window = await openWindow({ server: new FakeServer(), office: newOffice() })
  await (
    await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  ).answer
  await vi.waitFor(() => expect(window.queue).toEqual([]))
  expect(window.told.indexOf('answer')).toBeLessThan(window.told.lastIndexOf('queue 0'))
})

test.each([
  ['the server breaks', fault],
  ['the server is overloaded', { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, reason: 'server.busy' }],
  ['the server asks to slow down', { code: 'TOO_MANY_REQUESTS', httpStatus: 429, reason: 'auth.slow_down' }],
])('when %s, the write stays and is sent again', async (_name, refusal) => {
  const server = new FakeServer()
  server.script.push(refusal)
  await using window = await openWindow({ server, office: newOffice() })
  const sent = await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await vi.waitFor(() => expect(window.queue[0]).toMatchObject({ state: 'waiting', attempts: 1 }))
  expect(window.queue[0]?.failure?.reason).toBe(refusal.reason)
  window.outbox.nudge()
  await sent.answer
})

test('a write on which the server breaks every time is put before its author, and the others go on', async () => {
  const server = new FakeServer()
  server.script.push(fault, fault, fault, fault, fault)
  await using window = await openWindow({ server, office: newOffice() })
  const broken = await window.outbox.enqueue('tickets.reply', note(T1, 'quebra'))
  await window.outbox.enqueue('tickets.reply', note(T2, 'passa'))
  await vi.waitFor(() => {
    window.outbox.nudge()
    expect(window.refused).toHaveLength(1)
  })
  await expect(broken.answer).rejects.toThrow(FailureError)
  await vi.waitFor(() => expect(bodies(server.done)).toEqual(['passa']))
})

test('a refused write waits for its author, and only what is about the same ticket waits with it', async () => {
  const server = new FakeServer()
  server.script.push(conflict)
  await using window = await openWindow({ server, office: newOffice() })
  const refused = await window.outbox.enqueue('tickets.reply', note(T1, 'recusada'))
  await window.outbox.enqueue('tickets.reply', note(T1, 'espera'))
  await window.outbox.enqueue('tickets.reply', note(T2, 'segue'))
  await expect(refused.answer).rejects.toMatchObject({
    failure: { reason: conflict.reason, kind: 'refused' },
  })
  await vi.waitFor(() => expect(bodies(server.done)).toEqual(['segue']))
  expect(window.queue.map(({ state }) => state)).toEqual(['refused', 'waiting'])

  await window.outbox.retry(refused.id)
  await vi.waitFor(() => expect(bodies(server.done)).toEqual(['segue', 'recusada', 'espera']))
})

test('a refused write that its author changed goes as a new one, in its old place', async () => {
  const server = new FakeServer()
  server.script.push(conflict)
  await using window = await openWindow({ server, office: newOffice() })
  const refused = await window.outbox.enqueue('tickets.reply', note(T1, 'antes'))
  await window.outbox.enqueue('tickets.reply', note(T1, 'depois'))
  await vi.waitFor(() => expect(window.refused).toHaveLength(1))
  await window.outbox.retry(refused.id, note(T1, 'corrigida'))
  await vi.waitFor(() => expect(bodies(server.done)).toEqual(['corrigida', 'depois']))
  expect(server.done[0]?.id).not.toBe(refused.id)
})

test('a write that its author lets go is never sent', async () => {
  const server = new FakeServer()
  await using window = await openWindow({ server, office: newOffice() })
  window.outbox.pause()
  const first = await window.outbox.enqueue('tickets.reply', note(T1, 'desisto'))
  await window.outbox.enqueue('tickets.reply', note(T1, 'fica'))
  expect(await window.outbox.discard(first.id)).toBe(true)
  await expect(first.answer).rejects.toMatchObject({ failure: { reason: 'client.discarded' } })
  window.outbox.resume()
  await vi.waitFor(() => expect(window.queue).toEqual([]))
  expect(bodies(server.done)).toEqual(['fica'])
})

test('a long time without a network does not count against a write on which the server then breaks once', async () => {
  const server = new FakeServer()
  server.script.push(...Array.from({ length: 9 }, () => 'unreachable' as const), fault)
  await using window = await openWindow({ server, office: newOffice() })
  const sent = await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await vi.waitFor(() => {
    window.outbox.nudge()
    expect(server.done).toHaveLength(1)
  })
  await sent.answer
  expect(window.refused).toEqual([])
})

test('a write cannot be let go while it is being sent', async () => {
  const server = new FakeServer()
  const answer = Promise.withResolvers<unknown>()
  await using window = await openWindow({ office: newOffice(), server: { send: () => answer.promise } })
  const sent = await window.outbox.enqueue('tickets.reply', note(T1, 'a caminho'))
  await vi.waitFor(() => expect(window.queue[0]?.state).toBe('sending'))
  expect(await window.outbox.discard(sent.id)).toBe(false)
  answer.resolve(server.answer({ id: sent.id, procedure: '', input: null }))
  await sent.answer
})

test('without a session everything waits, and nothing counts as refused', async () => {
  const server = new FakeServer()
  server.behaviour = { code: 'UNAUTHORIZED', httpStatus: 401, reason: 'auth.required' }
  await using window = await openWindow({ server, office: newOffice() })
  const sent = await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await vi.waitFor(() => expect(window.queue[0]).toMatchObject({ state: 'waiting', attempts: 1 }))
  server.behaviour = 'answers'
  window.outbox.nudge()
  expect(server.arrived).toHaveLength(1)
  window.outbox.resume()
  await sent.answer
})

test('an answer that does not come from our server is no answer', async () => {
  const server = new FakeServer()
  await using window = await openWindow({
    office: newOffice(),
    server: {
      send: (...call) =>
        server.arrived.length === 0
          ? (server.arrived.push({ procedure: call[0], input: call[1], id: call[2] }),
            Promise.reject(TRPCClientError.from(new SyntaxError('Unexpected token <'))))
          : server.send(...call),
    },
  })
  await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await vi.waitFor(() => expect(window.queue[0]).toMatchObject({ attempts: 1 }))
  expect(window.refused).toEqual([])
})

test('two agents who share a PC have separate outboxes', async () => {
  const office = newOffice()
  const server = new FakeServer()
  server.behaviour = 'unreachable'
  await using ana = await openWindow({ server, office, agentId: 'ana' })
  await using bruno = await openWindow({ server, office, agentId: 'bruno' })
  await ana.outbox.enqueue('tickets.reply', note(T1, 'da Ana'))
  await vi.waitFor(() => expect(ana.queue).toHaveLength(1))
  bruno.outbox.nudge()
  expect(bruno.queue).toEqual([])
})

test("what a screen hands over is copied, Vue's proxies included", async () => {
  const server = new FakeServer()
  await using window = await openWindow({ server, office: newOffice() })
  const input = reactive(note(T1, 'antes'))
  const sent = window.outbox.enqueue('tickets.reply', input)
  input.body = 'depois'
  await (
    await sent
  ).answer
  expect(bodies(server.done)).toEqual(['antes'])
})

test('a conflict that can be settled without its author is sent again as settled, in its place', async () => {
  const server = new FakeServer()
  server.script.push(conflict)
  const reconcile = () => Promise.resolve(note(T1, 'assentada'))
  await using window = await openWindow({ server, office: newOffice(), reconcile })
  window.outbox.pause()
  await window.outbox.enqueue('tickets.reply', note(T1, 'em conflito'))
  await window.outbox.enqueue('tickets.reply', note(T1, 'depois'))
  window.outbox.resume()
  await vi.waitFor(() => expect(bodies(server.done)).toEqual(['assentada', 'depois']))
  expect(window.refused).toEqual([])
})

test('a conflict whose settling is cut off is neither refused nor lost', async () => {
  const server = new FakeServer()
  server.script.push(conflict)
  let reachable = false
  await using window = await openWindow({
    server,
    office: newOffice(),
    reconcile: () => (reachable ? Promise.resolve(null) : Promise.reject(new TypeError('fetch failed'))),
  })
  await window.outbox.enqueue('tickets.reply', note(T1, 'oi'))
  await vi.waitFor(() => expect(window.queue[0]).toMatchObject({ state: 'waiting', attempts: 1 }))
  reachable = true
  server.script.push(conflict)
  window.outbox.nudge()
  await vi.waitFor(() => expect(window.refused).toHaveLength(1))
})

test('a write of a noun within another goes to the server under its whole name', async () => {
  const server = new FakeServer()
  await using window = await openWindow({ server, office: newOffice() })
  const { answer } = await window.outbox.enqueue('sla.policies.reorder', { ids: [T1, T2] })
  await answer
  expect(server.done).toMatchObject([{ procedure: 'sla.policies.reorder', input: { ids: [T1, T2] } }])
  expect(splitName('sla.policies.reorder')).toEqual({ noun: 'sla.policies', verb: 'reorder' })
  expect(splitName('tickets.reply')).toEqual({ noun: 'tickets', verb: 'reply' })
})

test('only writes can be kept in the outbox, and none that carries a secret', () => {
  interface Router {
    list: { _def: { type: 'query' } }
    add: { _def: { type: 'mutation' } }
    inner: { drop: { _def: { type: 'mutation' } }; read: { _def: { type: 'query' } } }
  }
  expectTypeOf<MutationIn<Router>>().toEqualTypeOf<'add' | 'inner.drop'>()
  expectTypeOf<'sla.policies.create'>().toExtend<CommandName>()
  expectTypeOf<'sla.policies.list'>().not.toExtend<CommandName>()
  expectTypeOf<'auth.login'>().not.toExtend<CommandName>()
  expectTypeOf<'agents.resetPassword'>().not.toExtend<CommandName>()
  expectTypeOf<CommandInput<'sla.policies.archive'>>().toEqualTypeOf<{ id: string }>()
})
