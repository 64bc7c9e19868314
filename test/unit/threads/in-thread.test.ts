import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { inThread } from '../../../server/threads.ts'

/** Says that it began, and ends when it is let. */
const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, workerData } from 'node:worker_threads'
    const [begun, mayEnd] = [new Int32Array(workerData, 0, 1), new Int32Array(workerData, 4, 1)]
    Atomics.add(begun, 0, 1)
    Atomics.wait(mayEnd, 0, 0)
    parentPort.postMessage({ outcome: 'done' })
  `)}`,
)

it('no more than two reckon at a time; whoever is given up while waiting takes nobody’s turn', async () => {
  const memory = new SharedArrayBuffer(8)
  const [begun, mayEnd] = [new Int32Array(memory, 0, 1), new Int32Array(memory, 4, 1)]
  const { signal } = new AbortController()
  const first = [1, 2].map(() => inThread(worker, 'test', memory, signal))
  await expect.poll(() => begun[0]).toBe(2)
  const leaving = new AbortController()
  const left = inThread(worker, 'test', memory, leaving.signal)
  const last = inThread(worker, 'test', memory, signal)
  leaving.abort()
  await expect(left).rejects.toMatchObject({ reason: 'server.stopping' })
  // Whoever was let in would have begun before one that came later has come and gone.
  await once(new Worker(new URL('data:text/javascript,')), 'exit')
  expect(begun[0]).toBe(2)
  Atomics.store(mayEnd, 0, 1)
  Atomics.notify(mayEnd, 0)
  expect(await Promise.all([...first, last])).toEqual(['done', 'done', 'done'])
  expect(begun[0]).toBe(3)
})
