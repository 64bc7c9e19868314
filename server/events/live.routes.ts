import type { FastifyInstance } from 'fastify'
import type { Services } from '../app.ts'
import { framed, streamEvents } from '../api/event-stream.ts'
import { contextOf } from '../api/request-context.ts'
import { livePermission, followFor } from './live.ts'
import { liveInput, type LiveMessage } from './contract.ts'
import { AppError, invalid } from '../errors.ts'

/**
 * `GET /trpc/live.events`, the same procedure in the same words as tRPC would serve it, but each event is put into its words
 * once for all screens and written straight to the sockets. Through tRPC's own stream an event costs each of 200 screens about
 * a tenth of a millisecond of this process (`npm run bench`).
 */
export function registerLiveRoute(app: FastifyInstance, { services }: { services: Services }): void {
  app.get('/trpc/live.events', { exposeHeadRoute: false }, async (request, reply) => {
    const { viewer } = await contextOf(request, services, app.log)
    if (!viewer) throw new AppError('UNAUTHENTICATED', 'auth.required')
    if (!viewer.permissions.has(livePermission)) throw new AppError('FORBIDDEN', 'auth.forbidden')
    const { input } = request.query as { input?: string }
    const lastEventId = readInput(request.headers['last-event-id'], input)
    const gone = new AbortController()
    reply.raw.on('close', () => gone.abort())
    const messages = followFor(services, viewer, lastEventId ?? null, gone.signal)
    await streamEvents(reply, messages, { frameOf, gone: gone.signal })
  })
}

/** The header, which the browser sets when it comes back, is newer than what the page said at first. */
function readInput(header: unknown, text: string | undefined): string | null | undefined {
  try {
    const given: unknown = text === undefined ? undefined : JSON.parse(text)
    return liveInput.parse(header === undefined ? given : { lastEventId: header })?.lastEventId
  } catch {
    throw invalid('lastEventId', 'input.invalid')
  }
}

const frameOf = framed<LiveMessage>((message) => `data: ${JSON.stringify(message)}\nid: ${message.seq}\n\n`)
