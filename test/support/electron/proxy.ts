/**
 * The network of one client: `app://` is answered by its protocol handler, everything else is fetched for real. Servers see
 * the Origin that Electron's page would send, and their CORS answer is checked by the browser as it would be there. TLS ends
 * here and begins anew towards the server, whose certificate the client's own verify proc judges.
 */
import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import {
  createServer as createTlsServer,
  request as forwardOverTls,
  type Server as TlsServer,
} from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { substituteHost, toReal, toSubstitute } from './origins.ts'
import { proxyCertificate } from './proxy-certificate.ts'
import type { SessionAgent } from './tls.ts'

export type AppAnswer = (request: Request) => Response | Promise<Response>

export interface AppProxy {
  readonly url: string
  close(): Promise<void>
}

/** `agent` makes the TLS connections. */
export async function startAppProxy(answerApp: AppAnswer, agent: () => SessionAgent): Promise<AppProxy> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '')
    if (url.host === substituteHost) void sendAppAnswer(answerApp, url, response)
    else relay(request, response, url)
  })
  // Made when first needed: most tests speak plain HTTP.
  let tlsServer: Promise<TlsServer> | null = null
  const inside = async (): Promise<TlsServer> =>
    createTlsServer(await proxyCertificate(), (request, response) =>
      relay(request, response, new URL(request.url ?? '/', `https://${request.headers.host ?? ''}`), agent()),
    )
  // Once handed over they are nobody's but ours to close.
  const tunnels = new Set<Duplex>()
  server.on('connect', (_request, socket) => {
    tunnels.add(socket)
    socket.on('close', () => tunnels.delete(socket))
    tlsServer ??= inside()
    void tlsServer.then((decrypting) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      decrypting.emit('connection', socket)
    })
    socket.on('error', () => socket.destroy())
  })
  const { port } = await listening(server)
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const tunnel of tunnels) tunnel.destroy()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

/** Hands a request on. With `agent`, over TLS; a server that is refused looks like one that hangs up. */
function relay(request: IncomingMessage, response: ServerResponse, url: URL, agent?: SessionAgent): void {
  const options = { method: request.method ?? 'GET', headers: asElectronSends(request.headers) }
  const upstream = agent ? forwardOverTls(url, { ...options, agent }) : forward(url, options)
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, asBrowserReads(answer.headers))
    answer.pipe(response)
  })
  upstream.on('error', () => response.destroy())
  response.on('close', () => upstream.destroy())
  request.pipe(upstream)
}

async function sendAppAnswer(answerApp: AppAnswer, url: URL, response: ServerResponse): Promise<void> {
  try {
    const answer = await answerApp(new Request(toReal(url.href)))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    if (answer.body) await pipeline(Readable.from(answer.body), response)
    else response.end()
  } catch {
    // As a protocol handler that throws: the page sees a failed request. It may also have gone away meanwhile.
    response.destroy()
  }
}

function listening(server: Server): Promise<AddressInfo> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo)),
  )
}

function asElectronSends(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const sent = { ...headers }
  delete sent['proxy-connection']
  if (sent.origin !== undefined) sent.origin = toReal(sent.origin)
  return sent
}

function asBrowserReads(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const allowed = headers['access-control-allow-origin']
  return allowed === undefined
    ? headers
    : { ...headers, 'access-control-allow-origin': toSubstitute(allowed) }
}
