/**
 * The network of one client: `app://` is answered by its protocol handler, everything else is fetched for real. Servers see
 * the Origin that Electron's page would send, and their CORS answer is checked by the browser as it would be there.
 */
import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { substituteHost, toReal, toSubstitute } from './origins.ts'

export type AppAnswer = (request: Request) => Response | Promise<Response>

export interface AppProxy {
  readonly url: string
  close(): Promise<void>
}

export async function startAppProxy(answerApp: AppAnswer): Promise<AppProxy> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '')
    if (url.host === substituteHost) {
      void sendAppAnswer(answerApp, url, response)
      return
    }
    const upstream = forward(url, {
      method: request.method ?? 'GET',
      headers: asElectronSends(request.headers),
    })
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, asBrowserReads(answer.headers))
      answer.pipe(response)
    })
    upstream.on('error', () => response.destroy())
    response.on('close', () => upstream.destroy())
    request.pipe(upstream)
  })
  const { port } = await listening(server)
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
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
