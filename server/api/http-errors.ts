import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPCError } from '@trpc/server'
import { errorMapping, refusalIn } from './error-mapping.ts'

type Code = TRPCError['code']

/** Whatever goes wrong outside tRPC: the caller's mistakes are told, ours get an id and a line in the log. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalIn(error)
  if (refusal) return sendTrpcShaped(reply, errorMapping[refusal.code].trpc, refusal.reason, refusal.details)
  const status = (error as Partial<FastifyError>).statusCode ?? 500
  if (status === 413)
    return sendTrpcShaped(reply, 'PAYLOAD_TOO_LARGE', 'request.too_large', {
      limit: request.routeOptions.bodyLimit,
    })
  if (status === 415) return sendTrpcShaped(reply, 'UNSUPPORTED_MEDIA_TYPE', 'request.unsupported_media_type')
  if (status >= 400 && status < 500) return sendTrpcShaped(reply, 'BAD_REQUEST', 'request.unreadable')
  const faultId = randomUUID()
  request.log.error({ faultId, err: error, url: request.url.split('?')[0] }, 'fault')
  return sendTrpcShaped(reply, 'INTERNAL_SERVER_ERROR', 'server.fault', { faultId })
}

/** Answers what never became a request: it was no HTTP, its head was too long, or it did not come to an end. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const { status, body } = shapedBySocketError(error.code)
    const json = JSON.stringify(body)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
    )
  }
  socket.destroy()
}

function shapedBySocketError(code: string | undefined) {
  if (code === 'HPE_HEADER_OVERFLOW') return trpcShaped('PAYLOAD_TOO_LARGE', 'request.too_large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return trpcShaped('TIMEOUT', 'request.timeout')
  return trpcShaped('BAD_REQUEST', 'request.unreadable')
}

/** Answers in tRPC's own shape, so that clients read one kind of error only. */
export function sendTrpcShaped(
  reply: FastifyReply,
  code: Code,
  reason: string,
  details: Record<string, unknown> = {},
): FastifyReply {
  const { status, body } = trpcShaped(code, reason, details)
  return reply.code(status).send(body)
}

function trpcShaped(code: Code, reason: string, details: Record<string, unknown> = {}) {
  const httpStatus = getHTTPStatusCodeFromError(new TRPCError({ code }))
  return {
    status: httpStatus,
    body: {
      error: {
        message: reason,
        code: TRPC_ERROR_CODES_BY_KEY[code],
        data: { code, httpStatus, reason, ...details },
      },
    },
  }
}
