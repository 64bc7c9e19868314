import { Worker } from 'node:worker_threads'
import { writeWorker } from '../../places.ts'
import type { Cell } from './table.ts'
import type { WriteAnswer, WriteTask, WriteWord } from './write-worker.ts'

/** Where rows come from; read only as fast as they are written. */
export type Rows = AsyncIterable<Cell[][]> | Iterable<Cell[][]>

/**
 * Writes a file in a thread of its own, one chunk of rows on its way at a time. Answers its size in octets.
 * @param report told how many rows are written
 * @throws the signal's reason when it aborts, and what the disk refuses; the file is then for the caller to remove
 */
export async function writeFile(
  task: WriteTask,
  rows: Rows,
  signal: AbortSignal,
  report: (written: number) => void = () => undefined,
): Promise<number> {
  signal.throwIfAborted()
  const thread = new WritingThread(task)
  const onAbort = () => thread.break(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    let written = 0
    for await (const chunk of rows) {
      if (chunk.length === 0) continue
      await thread.tell({ rows: chunk })
      report((written += chunk.length))
    }
    const answer = await thread.tell({ end: true })
    return 'size' in answer ? answer.size : 0
  } finally {
    signal.removeEventListener('abort', onAbort)
    await thread.end()
  }
}

class WritingThread {
  readonly #worker: Worker
  #waiting: PromiseWithResolvers<WriteAnswer> | undefined
  #broken: Error | undefined

  constructor(task: WriteTask) {
    this.#worker = new Worker(writeWorker, {
      workerData: task,
      name: 'export',
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 64 },
    })
    this.#worker.on('message', (answer: WriteAnswer) => {
      if ('fault' in answer) this.break(new Error(answer.fault))
      else this.#waiting?.resolve(answer)
    })
    this.#worker.on('error', (error: Error) => this.break(error))
    this.#worker.on('exit', () => this.break(new Error('The thread of an export ended without an answer.')))
  }

  tell(word: WriteWord): Promise<WriteAnswer> {
    if (this.#broken) return Promise.reject(this.#broken)
    this.#waiting = Promise.withResolvers<WriteAnswer>()
    this.#worker.postMessage(word)
    return this.#waiting.promise
  }

  /** What waits for an answer, and all that comes, is refused with `reason`. */
  break(reason: unknown): void {
    this.#broken ??= reason instanceof Error ? reason : new Error(String(reason))
    this.#waiting?.reject(this.#broken)
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}
