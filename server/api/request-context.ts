import { isIP } from 'node:net'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { isWallSecret } from '../dashboards/walls.service.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../app.ts'
import type { Context } from './trpc.ts'

/** Who and where a request comes from. @throws VALIDATION `input.command_id` when the idempotency key is no key. */
export async function contextOf(
  request: FastifyRequest,
  services: Services,
  log: FastifyBaseLogger,
): Promise<Context> {
  const given = bearerToken(request.headers.authorization)
  const isOfWall = given !== null && isWallSecret(given)
  const token = isOfWall ? null : given
  const viewer = token === null ? null : await services.sessions.authenticate(token, services.clock.now())
  if (viewer) services.attendance.asked(viewer.agentId)
  return {
    services,
    token,
    viewer,
    wallSecret: isOfWall ? given : null,
    address: request.ip,
    isLocal: isLoopback(request.ip) && isLoopbackName(request.hostname),
    device: request.headers['user-agent'] ?? '',
    commandId: commandId(request.headers['idempotency-key']),
    reportFault: (faultId, error, path) => log.error({ faultId, path, err: error }, 'fault'),
  }
}

/** The token of an `Authorization: Bearer` header, or null. */
function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([\w-]{20,100})$/.exec(header ?? '')?.[1] ?? null
}

function commandId(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  if (typeof header !== 'string' || !/^[\w-]{8,64}$/.test(header))
    throw new AppError('VALIDATION', 'input.command_id')
  return header
}

const isLoopback = (address: string) => address === '::1' || /^(::ffff:)?127\./.test(address)

/** A page from elsewhere can point its own name at 127.0.0.1; it can't make the browser say that the host is `localhost`. */
const isLoopbackName = (name: string) =>
  name === 'localhost' ||
  (isIP(name.replace(/^\[|\]$/g, '')) !== 0 && isLoopback(name.replace(/^\[|\]$/g, '')))
