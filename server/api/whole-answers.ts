import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * An `onSend` hook: sends tRPC's JSON answers in one piece. Its adapter hands Fastify a web `Response`, which Fastify would
 * pump chunk by chunk through a web stream; a short answer costs several times as much that way.
 */
export async function sendWhole(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (!(payload instanceof Response) || !isJson(payload)) return payload
  reply.code(payload.status)
  payload.headers.forEach((value, name) => reply.header(name, value))
  return payload.text()
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.startsWith('application/json') ?? false
