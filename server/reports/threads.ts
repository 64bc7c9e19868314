import { Worker } from 'node:worker_threads'
import { AppError } from '../errors.ts'
import { reportWorker } from '../places.ts'
import type { Order, Word, Work } from './report-worker.ts'

/** The desk needs the other cores. */
const AT_ONCE = 2
/** A dashboard of one person asks a dozen at a time; more than that in wait for one is a client that has gone wild. */
const MOST_WAITING = 60
/** What takes longer than this is not worth a thread any more. */
const LONGEST_MS = 60_000

interface Waiting {
  order: Order
  agentId: string
  resolve: (said: never) => void
  reject: (fault: unknown) => void
}

interface Thread {
  worker: Worker
  task: Waiting | null
  patience: NodeJS.Timeout | undefined
}

/**
 * The threads that add up reports: started when first needed, for that takes longer than most reports do, and kept. Nobody has more
 * than one of them at a time, so that a person's twelve questions don't keep another's only one waiting.
 */
export class Threads {
  readonly #file: string
  readonly #threads: Thread[] = []
  readonly #waiting: Waiting[] = []
  #isStopped = false

  constructor(file: string) {
    this.#file = file
  }

  /** @throws LIMIT `report.too_many`, `report.too_long`; UNAVAILABLE `report.stopped`; whatever `signal` was aborted with */
  ask<Kind extends keyof Work>(
    agentId: string,
    kind: Kind,
    asked: Work[Kind]['asked'],
    signal?: AbortSignal,
  ): Promise<Work[Kind]['said']> {
    if (this.#isStopped) return Promise.reject(stopped())
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    if (this.#waiting.filter((each) => each.agentId === agentId).length >= MOST_WAITING)
      return Promise.reject(new AppError('LIMIT', 'report.too_many'))
    const { promise, resolve, reject } = Promise.withResolvers<Work[Kind]['said']>()
    const task: Waiting = { order: { kind, asked } as Order, agentId, resolve, reject }
    this.#waiting.push(task)
    if (signal) {
      const onAbort = () => this.#forget(task, signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      // A file is a thousand questions under one signal.
      const leave = () => signal.removeEventListener('abort', onAbort)
      promise.then(leave, leave)
    }
    this.#next()
    return promise
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    const tasks = this.#waiting.splice(0)
    const threads = this.#threads.splice(0)
    for (const { task, patience } of threads) {
      clearTimeout(patience)
      if (task) tasks.push(task)
    }
    for (const task of tasks) task.reject(stopped())
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
  }

  /** Nobody waits for the answer any more. What is being added up is added up to its end: that is quicker than a new thread. */
  #forget(task: Waiting, reason: unknown): void {
    const index = this.#waiting.indexOf(task)
    if (index >= 0) this.#waiting.splice(index, 1)
    task.reject(reason)
  }

  #next(): void {
    const busy = new Set(this.#threads.flatMap(({ task }) => task?.agentId ?? []))
    const index = this.#waiting.findIndex(({ agentId }) => !busy.has(agentId))
    if (index < 0) return
    const thread = this.#threads.find(({ task }) => task === null) ?? this.#grow()
    if (!thread) return
    const [task] = this.#waiting.splice(index, 1)
    if (!task) return
    thread.task = task
    thread.patience = setTimeout(
      () => this.#lose(thread, new AppError('LIMIT', 'report.too_long')),
      LONGEST_MS,
    )
    thread.worker.postMessage(task.order)
    this.#next()
  }

  #grow(): Thread | undefined {
    if (this.#threads.length >= AT_ONCE) return undefined
    const worker = new Worker(reportWorker, {
      workerData: { file: this.#file },
      name: 'reports',
      resourceLimits: { maxOldGenerationSizeMb: 1_024 },
    })
    // The server may end while one sleeps.
    worker.unref()
    const thread: Thread = { worker, task: null, patience: undefined }
    worker.on('message', (word: Word) => this.#heard(thread, word))
    worker.on('error', (fault) => this.#lose(thread, fault))
    worker.on('exit', () => this.#lose(thread, new Error('The thread of a report ended without an answer.')))
    this.#threads.push(thread)
    return thread
  }

  #heard(thread: Thread, word: Word): void {
    const { task } = thread
    clearTimeout(thread.patience)
    thread.task = null
    if ('fault' in word) task?.reject(word.fault)
    else task?.resolve(word.said as never)
    this.#next()
  }

  #lose(thread: Thread, fault: unknown): void {
    const index = this.#threads.indexOf(thread)
    if (index < 0) return
    this.#threads.splice(index, 1)
    clearTimeout(thread.patience)
    thread.task?.reject(fault)
    void thread.worker.terminate()
    this.#next()
  }
}

const stopped = () => new AppError('UNAVAILABLE', 'report.stopped')
