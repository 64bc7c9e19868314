/** Why a request was refused. A closed set: every code has its HTTP answer in `api/error-mapping.ts`. */
export type ErrorCode =
  | 'VALIDATION'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'LIMIT'
  | 'TOO_LARGE'
  | 'UNAVAILABLE'

export interface AppErrorOptions {
  /** Extra fields of the answer's `data`, such as `current` on a conflict. Never put secrets here. */
  details?: Record<string, unknown>
  cause?: unknown
}

/**
 * A refusal the product foresees. `reason` is a stable dotted name (`ticket.not_found`) that clients translate;
 * it is part of the contract, so never rename one.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly reason: string
  readonly details: Record<string, unknown>

  constructor(code: ErrorCode, reason: string, options: AppErrorOptions = {}) {
    super(reason, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.reason = reason
    this.details = options.details ?? {}
  }
}

export const notFound = (what: string) => new AppError('NOT_FOUND', `${what}.not_found`)

/** A value the domain refuses at a named input field; clients show `reason` beside that field. */
export const invalid = (field: string, reason: string) =>
  new AppError('VALIDATION', reason, { details: { fieldErrors: { [field]: [reason] } } })
