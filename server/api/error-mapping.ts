import { TRPCError } from '@trpc/server'
import { AppError, type ErrorCode } from '../errors.ts'
import { StoreUnavailableError } from '../store/unavailable.ts'

/** The one table from our refusals to tRPC's codes (and so to HTTP) and to how loudly the log says it. */
export const errorMapping: Record<ErrorCode, { trpc: TRPCError['code']; log: 'debug' | 'info' | 'warn' }> = {
  VALIDATION: { trpc: 'BAD_REQUEST', log: 'debug' },
  UNAUTHENTICATED: { trpc: 'UNAUTHORIZED', log: 'info' },
  FORBIDDEN: { trpc: 'FORBIDDEN', log: 'info' },
  NOT_FOUND: { trpc: 'NOT_FOUND', log: 'debug' },
  CONFLICT: { trpc: 'CONFLICT', log: 'debug' },
  LIMIT: { trpc: 'TOO_MANY_REQUESTS', log: 'warn' },
  TOO_LARGE: { trpc: 'PAYLOAD_TOO_LARGE', log: 'info' },
  UNAVAILABLE: { trpc: 'SERVICE_UNAVAILABLE', log: 'warn' },
}

/** The refusal that an error is or carries; undefined for a fault of ours. */
export function refusalIn(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (error instanceof StoreUnavailableError)
    return new AppError('UNAVAILABLE', error.reason, { cause: error.cause })
  return error instanceof TRPCError && error.cause ? refusalIn(error.cause) : undefined
}

/** Our refusal as tRPC throws it; the formatter finds the original in `cause`. */
export const toTrpcError = (error: AppError) =>
  new TRPCError({ code: errorMapping[error.code].trpc, cause: error })
