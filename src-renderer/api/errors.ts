import { TRPCClientError } from '@trpc/client'
import { errorKey } from './reasons.ts'

/**
 * What went wrong, as plain data that can be kept in the outbox.
 * `offline`: no answer of our server came, so the thing may or may not have been done.
 * `refused`: the server said no, and why. `fault`: the server broke; `faultId` finds the case in its log.
 */
export interface Failure {
  kind: 'offline' | 'refused' | 'fault'
  /** Stable dotted name, such as `ticket.not_found`. */
  reason: string
  /** tRPC's word for the class of refusal, such as `CONFLICT`; null when offline. */
  code: string | null
  /** What the refusal carries besides, such as `current` on a conflict. */
  details: Record<string, unknown>
  /** Reasons by the input's field, `changes.subject` for a nested one. */
  fieldErrors: Record<string, string[]>
  faultId: string | null
}

/** Carries a failure where an exception is wanted. */
export class FailureError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.reason)
    this.name = 'FailureError'
    this.failure = failure
  }
}

const blank = { code: null, details: {}, fieldErrors: {}, faultId: null } as const

export const offline = (reason = 'client.offline'): Failure => ({ kind: 'offline', reason, ...blank })

/** Tells apart what a call, an upload or the outbox threw. */
export function toFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure
  if (error instanceof TRPCClientError) {
    if (isRecord(error.data) && typeof error.data['code'] === 'string') return failureOf(error.data)
    // No word of our server's in the answer: the network, a proxy, or a server that is just starting.
    return offline(abortReason(error.cause))
  }
  if (error instanceof TypeError || abortReason(error)) return offline(abortReason(error))
  return { ...blank, kind: 'fault', reason: 'client.fault', details: { message: String(error) } }
}

/** Reads the `data` of an answer that is an error in the server's own words. */
export function failureOf(data: Record<string, unknown>): Failure {
  const { code, reason, httpStatus, faultId, fieldErrors, ...details } = data
  const status = typeof httpStatus === 'number' ? httpStatus : 500
  return {
    kind: status >= 500 ? 'fault' : 'refused',
    reason: typeof reason === 'string' ? reason : 'server.fault',
    code: typeof code === 'string' ? code : null,
    details,
    fieldErrors: isRecord(fieldErrors) ? (fieldErrors as Record<string, string[]>) : {},
    faultId: typeof faultId === 'string' ? faultId : null,
  }
}

export const isUnauthenticated = (failure: Failure): boolean => failure.code === 'UNAUTHORIZED'

type Translate = (key: string, values: Record<string, unknown>) => string

/** What happened and what to do, in the user's language: `toUserMessage(error, t)`. */
export function toUserMessage(error: unknown, t: Translate): string {
  return failureMessage(toFailure(error), t)
}

export function failureMessage(failure: Failure, t: Translate): string {
  return t(errorKey(failure.reason, failure.kind), { ...readable(failure.details), reason: failure.reason })
}

/** Bytes and milliseconds of an answer in the units that people read. */
function readable(details: Record<string, unknown>): Record<string, unknown> {
  const { limit, retryAfterMs, name } = details
  return {
    limit,
    /** What is meant, where a refusal names it. */
    name: typeof name === 'string' ? name : '',
    limitMb: typeof limit === 'number' ? Math.floor(limit / 1024 ** 2) : '',
    seconds: typeof retryAfterMs === 'number' ? Math.ceil(retryAfterMs / 1000) : '',
  }
}

/** The texts to show beside an input's field; empty when nothing is wrong with it. */
export function fieldMessages(error: unknown, field: string, t: Translate): string[] {
  const { fieldErrors, details } = toFailure(error)
  const reasons = fieldErrors[field] ?? []
  return reasons.map((reason) => t(errorKey(reason, 'refused'), { ...readable(details), reason }))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function abortReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'TimeoutError') return 'client.timeout'
  return error.name === 'AbortError' ? 'client.cancelled' : undefined
}
