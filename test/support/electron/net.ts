import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as tlsRequest, type RequestOptions } from 'node:https'
import { Readable } from 'node:stream'
import type { SessionAgent } from './tls.ts'

/** As Electron's `net.fetch`: every TLS connection is decided by the session's verify proc. It follows no redirects. */
export async function fetchThrough(
  agent: SessionAgent,
  url: string,
  init: RequestInit = {},
): Promise<Response> {
  if (new URL(url).protocol !== 'https:') return fetch(url, init)
  const { method, headers, body, signal } = new Request(url, init)
  const sent = body && Buffer.from(await new Response(body).arrayBuffer())
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = tlsRequest(url, { agent, method, headers: Object.fromEntries(headers), signal })
    request.once('response', resolve)
    // As `fetch` says it; Electron's words are the cause's.
    request.once('error', (error) => reject(new TypeError('fetch failed', { cause: error })))
    request.end(sent ?? undefined)
  })
  const status = answer.statusCode ?? 502
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
  const stream = hasBody ? (Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>) : null
  return new Response(stream, { status, headers: flat(answer) })
}

/** As much of `net.request` as electron-updater uses: Node's own request has the same shape. */
export function requestThrough(
  agent: SessionAgent,
  options: RequestOptions & { readonly session?: object },
): ClientRequest {
  // To Node, a session is one of TLS.
  const ours: RequestOptions = { ...options, ...{ session: undefined } }
  return options.protocol === 'https:' ? tlsRequest({ ...ours, agent }) : plainRequest(ours)
}

function flat({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
}
