import type { FastifyReply } from 'fastify'
import { expect, it } from 'vitest'
import { streamEvents } from '../../../server/api/event-stream.ts'

it('whoever left before anybody listened for that is let go with the next message', async () => {
  let isLetGo = false
  async function* endless() {
    try {
      for (let n = 0; n < 1_000; n++) yield { n: await Promise.resolve(n) }
    } finally {
      isLetGo = true
    }
  }
  const written: string[] = []
  const raw = {
    ...{ destroyed: true, writableLength: 0, writeHead: () => undefined, end: () => undefined },
    write: (text: string) => written.push(text),
  }
  const reply = { hijack: () => ({ raw }), getHeaders: () => ({}) } as unknown as FastifyReply
  const gone = new AbortController().signal
  await streamEvents(reply, endless(), { frameOf: ({ n }) => String(n), gone })
  expect(isLetGo).toBe(true)
  expect(written).not.toContain('1')
})
