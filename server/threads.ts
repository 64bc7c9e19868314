import { Worker } from 'node:worker_threads'
import { AppError } from './errors.ts'

/** What a thread says: how far it is, if it tells, and at last what came out. */
export type ThreadWord<Outcome, Progress = never> = { outcome: Outcome } | { progress: Progress }

/** Enough for what an office of years has to reckon with; a thread that wants more ends alone. */
const MEMORY_MB = 512

/** Each takes a core, and {@link MEMORY_MB}; more than these wait for their turn. */
const AT_ONCE = 2
let running = 0
const waiting = new Set<() => void>()

/** What a thread reckons. */
interface Reckoning {
  /** The module it runs; it finds its job in `workerData` and says {@link ThreadWord}s. */
  file: URL
  name: string
  job: unknown
}

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
    return await runThread<Outcome>({ file, name, job }, { signal, stopped })
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

/**
 * The same without waiting for a turn: for those who count their threads themselves.
 * @throws what `stopped` makes, when `signal` aborts; the thread is gone by then.
 */
export function runThread<Outcome, Progress = never>(
  { file, name, job }: Reckoning,
  watch: { signal: AbortSignal; stopped: () => AppError; onProgress?: (progress: Progress) => void },
): Promise<Outcome> {
  const { signal, onProgress } = watch
  if (signal.aborted) return Promise.reject(watch.stopped())
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const worker = new Worker(file, {
    workerData: job,
    name,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 64 },
  })
  const onAbort = () => void worker.terminate()
  signal.addEventListener('abort', onAbort, { once: true })
  worker.on('message', (word: ThreadWord<Outcome, Progress>) => {
    if ('outcome' in word) resolve(word.outcome)
    else onProgress?.(word.progress)
  })
  worker.on('error', reject)
  worker.on('exit', () => {
    signal.removeEventListener('abort', onAbort)
    // Too late where there is an answer.
    reject(signal.aborted ? watch.stopped() : new Error(`The thread "${name}" ended without an answer.`))
  })
  return promise
}
