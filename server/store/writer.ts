import { AsyncLocalStorage } from 'node:async_hooks'
import type { DataSource, EntityManager, QueryRunner } from 'typeorm'
import { StoreUnavailableError, withReason } from './unavailable.ts'

/** What a unit of work gets: the one manager that may write, and a place to put what must happen only after commit. */
export interface Tx {
  readonly db: EntityManager
  /** Runs once the whole transaction is on disk; never runs when it is rolled back. Must not throw. */
  afterCommit(action: () => void): void
  /** Lets no later write share this commit: for changes of what those look up in memory, which is as last committed. */
  endCommit(): void
}

interface Waiting {
  work: (tx: Tx) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** What a unit of work asked for; it counts only when the work succeeds. */
interface Wishes {
  afterCommit: (() => void)[]
  endCommit: boolean
}

interface Settled extends Wishes {
  item: Waiting
  result: unknown
}

/** How many waiting writes may share one commit: enough to pay a slow disk's flush once, few enough to stay prompt. */
const MAX_SHARED = 64

/**
 * The only place that opens transactions. SQLite has one connection here, so two overlapping transactions would mix;
 * writes therefore run one after another. Writes that wait together share one commit: each has its own savepoint (so one
 * that fails undoes only itself) and none is acknowledged before the shared commit is on disk.
 */
export class Writer {
  readonly #source: DataSource
  readonly #waiting: Waiting[] = []
  readonly #current = new AsyncLocalStorage<Tx>()
  #running: Promise<void> | undefined
  #closed = false

  constructor(source: DataSource) {
    this.#source = source
  }

  /**
   * Runs `work` in a transaction and resolves after it is durable. A call made inside another `write` joins it, under a
   * savepoint of its own. `work` must not wait for anything but the store: the whole office waits with it.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const outer = this.#current.getStore()
    if (outer) return this.#nested(outer, work)
    if (this.#closed) return Promise.reject(new StoreUnavailableError('store.closed'))
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      this.#running ??= this.#drain()
    })
  }

  /** Lets the writes in hand finish and refuses new ones. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets requests that arrived together share the first commit as well.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) await this.#commitTogether(this.#waiting.splice(0, MAX_SHARED))
    this.#running = undefined
  }

  async #commitTogether(batch: Waiting[]): Promise<void> {
    const runner = this.#source.createQueryRunner()
    const settled: Settled[] = []
    try {
      await runner.query('BEGIN IMMEDIATE')
      for (const [index, item] of batch.entries()) {
        const outcome = await this.#attempt(runner, item)
        if (outcome) settled.push(outcome)
        // Those that follow wait for the next commit, ahead of all others.
        if (outcome?.endCommit) this.#waiting.unshift(...batch.splice(index + 1))
      }
      await runner.query('COMMIT')
    } catch (error) {
      // Fails when SQLite has rolled back by itself, as it does when the disk is full.
      await runner.query('ROLLBACK').catch(() => undefined)
      for (const item of batch)
        item.reject(withReason(error instanceof TransactionLost ? error.cause : error))
      return
    }
    for (const { afterCommit } of settled) for (const action of afterCommit) action()
    for (const { item, result } of settled) item.resolve(result)
  }

  /** Runs one write under its savepoint; a failure is told to its caller alone and leaves no row. */
  async #attempt(runner: QueryRunner, item: Waiting): Promise<Settled | undefined> {
    const wishes: Wishes = { afterCommit: [], endCommit: false }
    const tx = txOf(runner.manager, wishes)
    try {
      const result = await underSavepoint(runner, () => this.#current.run(tx, () => item.work(tx)))
      return { item, result, ...wishes }
    } catch (error) {
      if (error instanceof TransactionLost) throw error
      item.reject(withReason(error))
      return undefined
    }
  }

  async #nested<T>(outer: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = outer.db.queryRunner
    if (!runner) throw new Error('A transaction without its query runner.')
    const wishes: Wishes = { afterCommit: [], endCommit: false }
    const tx = txOf(outer.db, wishes)
    // Whoever joins from inside joins this one: what they wish for goes when this is undone.
    const result = await underSavepoint(runner, () => this.#current.run(tx, () => work(tx)))
    for (const action of wishes.afterCommit) outer.afterCommit(action)
    if (wishes.endCommit) outer.endCommit()
    return result
  }
}

const txOf = (db: EntityManager, wishes: Wishes): Tx => ({
  db,
  afterCommit: (action) => void wishes.afterCommit.push(action),
  endCommit: () => void (wishes.endCommit = true),
})

/** The whole transaction is gone, not only the work under one savepoint; `cause` is what that work failed with. */
class TransactionLost extends Error {}

/**
 * Keeps all or nothing of what `work` writes. Statements of our own rather than the query runner's transactions: it counts
 * how deep it is, and after a full disk it would go on counting from where it lost the transaction.
 */
async function underSavepoint<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  await runner.query('SAVEPOINT work')
  try {
    const result = await work()
    await runner.query('RELEASE work')
    return result
  } catch (error) {
    if (error instanceof TransactionLost) throw error
    try {
      await runner.query('ROLLBACK TO work')
      await runner.query('RELEASE work')
    } catch {
      throw new TransactionLost('The store gave up the transaction.', { cause: error })
    }
    throw error
  }
}
