import Sqlite, { type Database, type Statement } from 'better-sqlite3'

type Value = string | number | null

/** A question to the store with what to put in for each `?`. Written once each: the compiled statement is kept. */
export type Ask = <Row>(sql: string, ...values: Value[]) => Row[]

/**
 * Answers several questions from one and the same state of the store: `work` waits for nothing, and only this process writes, so no
 * commit can fall between two of them. For work of a few milliseconds; the whole office waits with it.
 */
export class ConsistentReader {
  readonly #file: string
  readonly #statements = new Map<string, Statement<Value[]>>()
  #database: Database | undefined

  constructor(file: string) {
    this.#file = file
  }

  read<T>(work: (ask: Ask) => T): T {
    return work(this.#ask)
  }

  /** A number that stays the same as long as nobody commits anything. */
  version(): number {
    return Number(this.#open().pragma('data_version', { simple: true }))
  }

  close(): void {
    this.#statements.clear()
    this.#database?.close()
    this.#database = undefined
  }

  readonly #ask: Ask = <Row>(sql: string, ...values: Value[]) => {
    let statement = this.#statements.get(sql)
    if (!statement) this.#statements.set(sql, (statement = this.#open().prepare<Value[]>(sql)))
    return statement.all(...values) as Row[]
  }

  #open(): Database {
    if (this.#database) return this.#database
    const database = new Sqlite(this.#file, { readonly: true, fileMustExist: true })
    database.pragma('busy_timeout = 5000')
    database.pragma('cache_size = -16000')
    return (this.#database = database)
  }
}
