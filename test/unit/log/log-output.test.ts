import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogOutput } from '../../../server/log-output.ts'

/** Somebody at the other end, who takes a piece only when told to. */
function aReader() {
  const taken: string[] = []
  let pending: (() => void)[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      pending.push(() => {
        taken.push(chunk)
        done()
      })
    },
  })
  return {
    stream,
    taken,
    async readAll(): Promise<void> {
      while (pending.length > 0) {
        const now = pending
        pending = []
        now.forEach((take) => take())
        await new Promise(setImmediate)
      }
    },
  }
}

test('what is too much for a reader who looks away is left out, and the gap is told when they are back', async () => {
  const reader = aReader()
  const output = createLogOutput(reader.stream, () => 7)
  const line = `${'x'.repeat(400_000)}\n`
  for (let n = 0; n < 6; n += 1) output.write(line)
  await reader.readAll()
  output.write('{"msg":"back"}\n')
  await reader.readAll()
  expect(reader.taken.filter((text) => text === line)).toHaveLength(3)
  expect(JSON.parse(reader.taken.at(-2) ?? '')).toMatchObject({ level: 40, time: 7, missing: 3 })
  expect(reader.taken.at(-1)).toBe('{"msg":"back"}\n')
})

test('the last words wait for a reader, and not for ever', async () => {
  const reader = aReader()
  const output = createLogOutput(reader.stream)
  await output.flushed(60_000)
  output.write('bye\n')
  await output.flushed(1)
  expect(reader.taken).toEqual([])
  const flushed = output.flushed(60_000)
  await reader.readAll()
  await flushed
  expect(reader.taken[0]).toBe('bye\n')
})

test('nobody at the other end is no fault', async () => {
  const { stream } = aReader()
  const output = createLogOutput(stream)
  stream.destroy(new Error('EPIPE'))
  output.write('a\n')
  await output.flushed(60_000)
})
