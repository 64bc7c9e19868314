import {
  createTRPCClientProxy,
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client'
import { EventSource } from 'eventsource'
import type { AppRouter } from '../../server/api/root.ts'
import { isUnauthenticated, toFailure } from './errors.ts'
import { aheadOf } from './server-time.ts'

export interface TransportOptions {
  /** The server's origin (`http://192.168.0.10:4810`), without a slash at the end. */
  baseUrl(): string
  /** The session's secret; null before the log-in. */
  getToken(): string | null
  /** The server no longer knows the session that `token` named. */
  onUnauthenticated(token: string): void
  /** By every answer: how far the server's clock is ahead of this PC's, in milliseconds. */
  onServerAhead?(ms: number): void
  fetch?: typeof fetch
}

export interface Transport {
  /** The server's procedures. Queries made in the same tick share a request; what writes goes through the outbox. */
  readonly trpc: TRPCClient<AppRouter>
  /**
   * Sends a stored command. The server does it once, however often it comes with the same `commandId`.
   * @throws whatever `toFailure` tells apart.
   */
  send(procedure: string, input: unknown, commandId: string): Promise<unknown>
  /** A request with the session; a path goes to the server. */
  fetch(address: string | URL, init?: RequestInit): Promise<Response>
}

/** Queries travel in the address, and the server takes no more than 16 KiB of address and headers. */
const MAX_URL_LENGTH = 14_000
/** The server takes 50. */
const MAX_BATCH = 40

/** A connection that swallows requests and never answers must not hold anything up for ever. */
const ANSWER_WITHIN_MS = 30_000

/** The only place that knows how this product's programs talk to the server: the page, and the desktop's main process. */
export function createTransport(options: TransportOptions): Transport {
  const doFetch = options.fetch ?? ((input, init) => fetch(input, init))

  /** Adds the session to a request. */
  async function signedFetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const token = options.getToken()
    const headers = new Headers(init.headers)
    if (token) headers.set('Authorization', `Bearer ${token}`)
    const url = address.toString()
    return doFetch(url.startsWith('/') ? options.baseUrl() + url : url, { ...init, headers })
  }

  const call: typeof fetch = async (address, init = {}) => {
    const inTime = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const signal = init.signal ? AbortSignal.any([init.signal, inTime]) : inTime
    const askedAt = Date.now()
    const answer = await signedFetch(address instanceof Request ? address.url : address, { ...init, signal })
    const ahead = aheadOf(answer.headers.get('date'), askedAt, Date.now())
    if (ahead !== null) options.onServerAhead?.(ahead)
    return answer
  }

  /** To the link a feed that is refused is one that broke off; that the session has ended only the answer itself says. */
  const openFeed = async (address: string | URL, init: RequestInit): Promise<Response> => {
    const token = options.getToken()
    const answer = await signedFetch(address, init)
    if (token && answer.status === 401) options.onUnauthenticated(token)
    return answer
  }

  /** Notices the answer that the session has ended, on whichever way it comes. */
  const watchSession: TRPCLink<AppRouter> =
    () =>
    ({ op, next }) => {
      const token = options.getToken()
      const answers = next(op)
      return {
        ...answers,
        subscribe: (observer) =>
          answers.subscribe({
            ...observer,
            error(error) {
              if (token && isUnauthenticated(toFailure(error))) options.onUnauthenticated(token)
              observer.error?.(error)
            },
          }),
      }
    }

  const client = createTRPCUntypedClient<AppRouter>({
    links: [
      watchSession,
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url: () => `${options.baseUrl()}/trpc`,
          // The browser's own EventSource can't send a header, and a token in an address ends in logs.
          EventSource,
          eventSourceOptions: { fetch: (url, init) => openFeed(url, init as RequestInit) },
        }),
        false: splitLink({
          condition: (op) => op.type === 'query',
          true: httpBatchLink({
            url: '/trpc',
            fetch: call,
            maxURLLength: MAX_URL_LENGTH,
            maxItems: MAX_BATCH,
          }),
          false: httpLink({ url: '/trpc', fetch: call, headers: ({ op }) => commandHeader(op.context) }),
        }),
      }),
    ],
  })

  return {
    trpc: createTRPCClientProxy(client),
    send: (procedure, input, commandId) => client.mutation(procedure, input, { context: { commandId } }),
    fetch: signedFetch,
  }
}

const commandHeader = ({ commandId }: Record<string, unknown>): Record<string, string> =>
  typeof commandId === 'string' ? { 'Idempotency-Key': commandId } : {}
