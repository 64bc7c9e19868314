import type { FastifyReply } from 'fastify'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPCError } from '@trpc/server'
import type { AppError } from '../errors.ts'
import { errorMapping } from './error-mapping.ts'

/** Answers a refusal outside tRPC in tRPC's own shape, so that clients read one kind of error only. */
export function sendError(reply: FastifyReply, error: AppError): FastifyReply {
  const code = errorMapping[error.code].trpc
  return sendTrpcShaped(reply, code, error.reason, error.details)
}

export function sendTrpcShaped(
  reply: FastifyReply,
  code: TRPCError['code'],
  reason: string,
  details: Record<string, unknown> = {},
): FastifyReply {
  const httpStatus = getHTTPStatusCodeFromError(new TRPCError({ code }))
  return reply.code(httpStatus).send({
    error: {
      message: reason,
      code: TRPC_ERROR_CODES_BY_KEY[code],
      data: { code, httpStatus, reason, ...details },
    },
  })
}
