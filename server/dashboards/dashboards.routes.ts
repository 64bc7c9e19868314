import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { framed, streamEvents } from '../api/event-stream.ts'
import { contextOf } from '../api/request-context.ts'
import type { Services } from '../app.ts'
import { AppError } from '../errors.ts'
import { liveScopeInput, type LiveScope, type LiveSnapshot } from './contract.ts'
import { wallSecret } from './walls.router.ts'
import { livePermission, watchFor } from './watch.ts'

/**
 * `GET /trpc/dashboard.watch` and `GET /trpc/wall.watch`, the same procedures in the same words as tRPC would serve it, but a snapshot is put into its words once
 * for all screens that show it.
 */
export function registerDashboardRoutes(app: FastifyInstance, { services }: { services: Services }): void {
  app.get('/trpc/dashboard.watch', { exposeHeadRoute: false }, async (request, reply) => {
    const { viewer } = await contextOf(request, services, app.log)
    if (!viewer) throw new AppError('UNAUTHENTICATED', 'auth.required')
    if (!viewer.permissions.has(livePermission)) throw new AppError('FORBIDDEN', 'auth.forbidden')
    const scope = readScope(request)
    await send(reply, (signal) => watchFor(services, viewer, scope, signal))
  })
  app.get('/trpc/wall.watch', { exposeHeadRoute: false }, async (request, reply) => {
    const secret = wallSecret(await contextOf(request, services, app.log))
    const scope = readScope(request)
    // Before the stream begins, for a refusal has to be an answer of its own.
    await services.walls.open(secret)
    await send(reply, (signal) => services.wallDoor.watch(secret, scope, signal))
  })
}

/** @throws VALIDATION `input.invalid` */
function readScope({ query }: FastifyRequest): LiveScope {
  try {
    const { input } = query as { input?: string }
    return liveScopeInput.parse(input === undefined ? {} : JSON.parse(input))
  } catch {
    throw new AppError('VALIDATION', 'input.invalid')
  }
}

function send(
  reply: FastifyReply,
  follow: (signal: AbortSignal) => AsyncIterable<LiveSnapshot>,
): Promise<void> {
  const gone = new AbortController()
  reply.raw.on('close', () => gone.abort())
  return streamEvents(reply, follow(gone.signal), { frameOf, gone: gone.signal })
}

const frameOf = framed<LiveSnapshot>((snapshot) => `data: ${JSON.stringify(snapshot)}\n\n`)
