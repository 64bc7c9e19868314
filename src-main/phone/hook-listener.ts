/** The port on this computer where softphones tell of calls. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { HookRefusal } from '../../server/phone/hook-fields.contract.ts'
import type { LocalProblem } from './hook-words.ts'
import { refuseStranger, type Knock, type Refused } from './knock.ts'

export interface HookListener {
  close(): void
}

export interface Listening {
  readonly port: number
  /** Called before anything of the body is read. Null: it may tell. */
  admit(knock: Knock): Refused | null
  /** Null: it was taken. @throws HookRefusal */
  take(knock: Knock, body: string): Refused | null
  words(problem: LocalProblem, value: string): string
}

const BODY_LIMIT = 64 * 1024
const PATIENCE_MS = 5_000
const CONNECTIONS_AT_ONCE = 32

/** Resolves when it listens. @throws when it can't: `EADDRINUSE` is another program's */
export function listenForPhones(wanted: Listening): Promise<HookListener> {
  const { port } = wanted
  const server = createServer(
    { headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS, connectionsCheckingInterval: 1_000 },
    (request, response) => void serve(wanted, request, response),
  )
  server.maxConnections = CONNECTIONS_AT_ONCE
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Never another address: the network has the server's own hook.
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve({
        close() {
          server.close()
          server.closeAllConnections()
        },
      })
    })
  })
}

async function serve(wanted: Listening, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const knock = { method: request.method ?? '', target: request.url ?? '', headers: request.headers }
  const refused = await answerOf(wanted, knock, request)
  const body = refused
    ? {
        error: {
          reason: `phone.${refused.problem}`,
          message: wanted.words(refused.problem, refused.value ?? ''),
        },
      }
    : { accepted: true }
  response.writeHead(refused?.status ?? 202, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // What is left of a body that was refused is not waited for.
    connection: 'close',
    ...(refused?.status === 429 && { 'retry-after': '5' }),
  })
  response.end(JSON.stringify(body))
}

async function answerOf(wanted: Listening, knock: Knock, request: IncomingMessage): Promise<Refused | null> {
  try {
    const refused = refuseStranger(knock, wanted.port) ?? wanted.admit(knock)
    if (refused) return refused
    return wanted.take(knock, await bodyOf(request))
  } catch (error) {
    if (error instanceof HookRefusal) return error
    // The connection broke off: there is nobody to read the answer.
    return { status: 400, problem: 'body_unreadable' }
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) throw new HookRefusal(413, 'too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
