import { Worker } from 'node:worker_threads'
import { AppError } from './errors.ts'

/** What a thread says when it is done. */
export interface ThreadWord<Outcome> {
  outcome: Outcome
}

/** Enough for what an office of years has to reckon with; a thread that wants more ends alone. */
const MEMORY_MB = 512

/** Each takes a core, and {@link MEMORY_MB}; more than these wait for their turn. */
const AT_ONCE = 2
let running = 0
const waiting = new Set<() => void>()

/**
 * Has `job` reckoned in a thread of its own, so that the server goes on answering meanwhile.
 * @throws UNAVAILABLE `server.stopping` when `signal` aborts; the thread is gone by then.
 */
export async function inThread<Outcome>(
  file: URL,
  name: string,
  job: unknown,
  signal: AbortSignal,
): Promise<Outcome> {
  await turn(signal)
  try {
    return await reckoned<Outcome>(file, name, job, signal)
  } finally {
    const [next] = waiting
    if (next && waiting.delete(next)) next()
    else running -= 1
  }
}

/** Whoever is called from waiting has the place of who ended. */
async function turn(signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw stopped()
  if (running < AT_ONCE) {
    running += 1
    return
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onAbort = () => {
    if (waiting.delete(resolve)) reject(stopped())
  }
  waiting.add(resolve)
  signal.addEventListener('abort', onAbort, { once: true })
  await promise.finally(() => signal.removeEventListener('abort', onAbort))
}

const stopped = () => new AppError('UNAVAILABLE', 'server.stopping')

function reckoned<Outcome>(file: URL, name: string, job: unknown, signal: AbortSignal): Promise<Outcome> {
  if (signal.aborted) return Promise.reject(stopped())
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const worker = new Worker(file, {
    workerData: job,
    name,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 64 },
  })
  const onAbort = () => void worker.terminate()
  signal.addEventListener('abort', onAbort, { once: true })
  worker.on('message', ({ outcome }: ThreadWord<Outcome>) => resolve(outcome))
  worker.on('error', reject)
  worker.on('exit', () => {
    signal.removeEventListener('abort', onAbort)
    // Too late where there is an answer.
    reject(signal.aborted ? stopped() : new Error(`The thread "${name}" ended without an answer.`))
  })
  return promise
}
