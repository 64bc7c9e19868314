import Sqlite from 'better-sqlite3'
import { QueryFailedError } from 'typeorm'

export type UnavailableReason = 'store.full' | 'store.unwritable' | 'store.closed'

/** Nothing was written and nothing is wrong with the request: the same write may succeed later. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError'
  readonly reason: UnavailableReason

  constructor(reason: UnavailableReason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/** What the disk or another program did to us, told apart from mistakes of our own, which stay as they are. */
export function withReason(error: unknown): unknown {
  const driverError: unknown = error instanceof QueryFailedError ? error.driverError : error
  if (!(driverError instanceof Sqlite.SqliteError)) return error
  if (driverError.code === 'SQLITE_FULL') return new StoreUnavailableError('store.full', error)
  return /^SQLITE_(IOERR|BUSY|READONLY|CANTOPEN)/.test(driverError.code)
    ? new StoreUnavailableError('store.unwritable', error)
    : error
}
