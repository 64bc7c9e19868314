import type { FastifyReply } from 'fastify'

const PING_MS = 15_000
/** A client that reads nothing while this many bytes wait for it is cut off. */
const MAX_BACKLOG = 4 * 1024 * 1024

/** What tRPC's subscription link expects first: to come back when it has heard nothing for so long. */
const CONNECTED = `event: connected\ndata: ${JSON.stringify({ reconnectAfterInactivityMs: 40_000 })}\n\n`

/**
 * Sends `messages` as tRPC's subscriptions would, but each one is put into its words once for all who get it, and written straight to
 * the sockets. `gone` aborts when the client leaves.
 */
export async function streamEvents<Message extends object>(
  reply: FastifyReply,
  messages: AsyncIterable<Message>,
  { frameOf, gone }: { frameOf: (message: Message) => string; gone: AbortSignal },
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
      // Whoever left before anybody listened for that is noticed here.
      if (raw.destroyed) return
      raw.write(frameOf(message))
      if (raw.writableLength > MAX_BACKLOG) raw.destroy()
    }
    if (!gone.aborted) raw.write('event: return\ndata: \n\n')
  } finally {
    clearInterval(ping)
    raw.end()
  }
}

/** Makes a message's frame once, however many it is sent to. */
export function framed<Message extends object>(
  frame: (message: Message) => string,
): (message: Message) => string {
  const frames = new WeakMap<Message, string>()
  return (message) => {
    let known = frames.get(message)
    if (known === undefined) frames.set(message, (known = frame(message)))
    return known
  }
}
