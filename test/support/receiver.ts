/** The other side of a webhook: a real HTTP server that remembers what came and answers as it is told. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** `silence` takes the request and never says a word. */
export type Reply =
  { status: number; body?: string | Buffer; headers?: Record<string, string> } | 'silence' | 'hang-up'

export interface Receiver extends AsyncDisposable {
  url: string
  received: Received[]
  /** How it answers from now on. */
  reply: Reply
  /** Takes it from the network, as a power cut would; `up` puts it back at the same address. */
  down(): Promise<void>
  up(): Promise<void>
}

export async function startReceiver(reply: Reply = { status: 204 }): Promise<Receiver> {
  let server = listening()
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/balcao`,
    received: [],
    reply,
    async down() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
    async up() {
      server = listening(port)
      await once(server, 'listening')
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await receiver.down()
    },
  }
  return receiver

  function listening(port = 0): Server {
    return createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => void parts.push(part))
      request.on('end', () => {
        receiver.received.push({ headers: request.headers, body: Buffer.concat(parts).toString() })
        const { reply } = receiver
        if (reply === 'hang-up') request.socket.destroy()
        if (typeof reply === 'string') return
        // Not kept alive: a connection that was left open would outlive `down`.
        response.writeHead(reply.status, { connection: 'close', ...reply.headers }).end(reply.body)
      })
    }).listen(port, '127.0.0.1')
  }
}
