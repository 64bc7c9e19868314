import type { FastifyInstance } from 'fastify'
import { sendTrpcShaped } from './http-errors.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS'])

/**
 * Turns away what no client of ours sends and what the adapters behind would stumble over, and whoever comes once `closing`
 * is aborted. Those who are inside by then get their answer and are asked not to keep the connection.
 */
export function guardDoor(server: FastifyInstance, closing: AbortSignal): void {
  server.addHook('onRequest', async (request, reply) => {
    if (closing.aborted) return sendTrpcShaped(reply, 'SERVICE_UNAVAILABLE', 'server.stopping')
    if (!methods.has(request.method))
      return sendTrpcShaped(reply, 'METHOD_NOT_SUPPORTED', 'request.method_not_supported')
    if (!URL.canParse(`http://${request.headers.host ?? 'localhost'}`))
      return sendTrpcShaped(reply, 'BAD_REQUEST', 'request.unreadable')
  })
  server.addHook('onSend', async (_request, reply) => {
    if (closing.aborted) reply.header('connection', 'close')
  })
}
