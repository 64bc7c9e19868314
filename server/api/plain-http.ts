/** Who may speak plain HTTP: this very machine, and others only where the office says so. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendTrpcShaped } from './http-errors.ts'

export interface PlainHttpRule {
  /** Whether other machines may too. */
  readonly allowHttp: boolean
  /** Whether an address is this machine's own. */
  readonly isLoopback: (address: string) => boolean
}

/**
 * Leads a browser to the encrypted page and refuses everything else in clear. The request's token has come in clear by then;
 * what matters is that nobody gets an answer for it and that no client goes on like that. `/health` holds nothing
 * secret, and whoever watches over the server may ask for it as ever.
 */
export function refusePlainHttp(server: FastifyInstance, { allowHttp, isLoopback }: PlainHttpRule): void {
  if (allowHttp) return
  server.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https' || isLoopback(request.socket.remoteAddress ?? '')) return
    if (request.url.split('?')[0] === '/health') return
    if (isForPage(request)) return reply.redirect(`https://${request.headers.host}${request.url}`, 308)
    return sendTrpcShaped(reply, 'PRECONDITION_FAILED', 'server.https_required', { httpStatus: 426 })
      .code(426)
      .header('upgrade', 'TLS/1.2, HTTP/1.1')
      .header('connection', 'close, upgrade')
  })
}

/** What a browser asks for when somebody opens an address. */
const isForPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers.host !== undefined &&
  !/^\/(trpc|files|live|updates)(\/|\?|$)/.test(url) &&
  // A backslash would make another host of it in some browsers.
  !url.includes('\\') &&
  URL.canParse(`https://${headers.host}${url}`)
