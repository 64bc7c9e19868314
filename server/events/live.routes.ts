import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Services } from '../app.ts'
import { contextOf } from '../api/request-context.ts'
import { livePermission, followFor } from './live.ts'
import { liveInput, type LiveMessage } from './contract.ts'
import { AppError, invalid } from '../errors.ts'

const PING_MS = 15_000
/** A client that reads nothing while this many bytes wait for it is cut off; it resumes where it was. */
const MAX_BACKLOG = 4 * 1024 * 1024

/** What tRPC's subscription link expects first: to come back when it has heard nothing for so long. */
const CONNECTED = `event: connected\ndata: ${JSON.stringify({ reconnectAfterInactivityMs: 40_000 })}\n\n`

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
    await stream(reply, followFor(services, viewer, lastEventId ?? null, gone.signal), gone)
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

async function stream(
  reply: FastifyReply,
  messages: AsyncIterable<LiveMessage>,
  gone: AbortController,
): Promise<void> {
  const { raw } = reply.hijack()
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  raw.writeHead(200, {
    ...(Object.fromEntries(headers) as Record<string, string>),
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    // The stream is the connection: when it ends nobody should wait for more.
    connection: 'close',
  })
  raw.write(CONNECTED)
  const ping = setInterval(() => raw.write('event: ping\ndata: \n\n'), PING_MS)
  try {
    for await (const message of messages) {
      raw.write(frameOf(message))
      if (raw.writableLength > MAX_BACKLOG) raw.destroy()
    }
    if (!gone.signal.aborted) raw.write('event: return\ndata: \n\n')
  } finally {
    clearInterval(ping)
    raw.end()
  }
}

const frames = new WeakMap<LiveMessage, string>()

function frameOf(message: LiveMessage): string {
  let frame = frames.get(message)
  if (frame === undefined) {
    frame = `data: ${JSON.stringify(message)}\nid: ${message.seq}\n\n`
    frames.set(message, frame)
  }
  return frame
}
