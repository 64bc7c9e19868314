import type { Clock } from '../clock.ts'
import type { Outcome } from '../jobs/handler.ts'
import type { TryProblem } from '../jobs/contract.ts'
import type { Alarm } from '../schedule/alarm.ts'
import { version } from '../version.ts'
import { signatureOf } from './signature.ts'

const TIMEOUT_MS = 10_000
/** No more of an answer is read; it is only shown to people, and of that the beginning. */
const ANSWER_MAX = 64 * 1_024
const SHOWN_MAX = 500

interface Post {
  url: string
  secret: string
  deliveryId: string
  event: string
  body: string
}

/** Posts signed JSON once, following no redirect. Never throws: what goes wrong is the outcome. */
export async function post(
  { url, secret, deliveryId, event, body }: Post,
  { clock, alarm, signal }: { clock: Clock; alarm: Alarm; signal: AbortSignal },
): Promise<Outcome> {
  const timeout = new AbortController()
  const cancel = alarm.ring(clock.now() + TIMEOUT_MS, () => timeout.abort())
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([timeout.signal, signal]),
      headers: {
        'content-type': 'application/json',
        'user-agent': `Balcao/${version}`,
        'balcao-delivery': deliveryId,
        'balcao-event': event,
        'balcao-signature': signatureOf(secret, body, clock.now()),
      },
      body,
    })
    // The status has said it all; an answer that breaks off in its words is one all the same.
    return outcomeOf(answer.status, await beginningOf(answer).catch(() => null))
  } catch (error) {
    const problem = timeout.signal.aborted ? 'timeout' : problemOf(codeOf(error))
    return { ok: false, status: null, problem, message: problem === 'unreachable' ? codeOf(error) : null }
  } finally {
    cancel()
  }
}

function outcomeOf(status: number, message: string | null): Outcome {
  if (status >= 200 && status < 300) return { ok: true, status, problem: null, message }
  if (status === 410) return { ok: false, status, problem: 'gone', message, isFinal: true }
  const isRedirect = status >= 300 && status < 400
  return { ok: false, status, problem: isRedirect ? 'redirect' : 'status', message }
}

/** Reads as far as it will be shown, and lets go of the rest. */
async function beginningOf({ body }: Response): Promise<string | null> {
  if (!body) return null
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the stream, and with it the connection.
  for await (const part of body) {
    parts.push(part)
    size += part.byteLength
    if (size >= ANSWER_MAX) break
  }
  const text = Buffer.concat(parts).toString('utf8', 0, ANSWER_MAX).replace(/\s+/g, ' ').trim()
  return text.slice(0, SHOWN_MAX) || null
}

/** What the system calls it: `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0])
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.message : String(cause)
}

function problemOf(code: string): TryProblem {
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknownHost'
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'timeout'
  return /CERT|SSL|TLS|SIGNATURE|ISSUER/.test(code) ? 'certificate' : 'unreachable'
}
