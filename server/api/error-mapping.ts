import { TRPCError } from '@trpc/server'
import type { AppError, ErrorCode } from '../errors.ts'

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

/** Our refusal as tRPC throws it; the formatter finds the original in `cause`. */
export const toTrpcError = (error: AppError) =>
  new TRPCError({ code: errorMapping[error.code].trpc, cause: error })
