import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../app.ts'
import { HookRefusal, readReport } from './hook-fields.contract.ts'
import { hookWords, type HookProblem } from './hook-words.contract.ts'
import { TokenBuckets } from './token-bucket.ts'

const BODY_LIMIT = 64 * 1024
/** A group of fifty phones that ring, and stop ringing, at once. */
const EVENTS_AT_ONCE = 300
const EVENTS_PER_SECOND = 20
/** Strangers at one address who try keys. */
const TRIES_AT_ONCE = 20
const TRIES_PER_SECOND = 0.2

/**
 * `POST /hooks/phone`: where a telephone exchange tells of calls; `GET` with the fields in the address is for those that can do no
 * other. Whoever shows a key, always in a header, may tell, and do nothing else. Answers are for people who set exchanges up:
 * `{"callId","state"}`, or what is wrong in the office's language.
 */
export async function registerPhoneHook(
  scope: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const events = new TokenBuckets(EVENTS_AT_ONCE, EVENTS_PER_SECOND)
  const tries = new TokenBuckets(TRIES_AT_ONCE, TRIES_PER_SECOND)

  scope.removeContentTypeParser('text/plain')
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  )
  scope.setErrorHandler<FastifyError | HookRefusal>(async (error, request, reply) => {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return refuse(services, request, reply, refusal)
  })
  const take = async (
    request: FastifyRequest,
    reply: FastifyReply,
    fields: unknown,
  ): Promise<FastifyReply> => {
    const keyId = await services.phoneKeys.check(keyIn(request))
    const now = services.clock.now()
    if (keyId === null) {
      if (!tries.take(request.ip, now)) throw new HookRefusal(429, 'too_many')
      throw new HookRefusal(401, 'key_unknown')
    }
    if (!events.take(keyId, now)) throw new HookRefusal(429, 'too_many')
    const told = await services.calls.hook(keyId, readReport(fields))
    return reply.code(202).header('cache-control', 'no-store').send(told)
  }
  scope.get('/hooks/phone', { exposeHeadRoute: false, onRequest: knock }, (request, reply) =>
    take(request, reply, request.query),
  )
  scope.post('/hooks/phone', { bodyLimit: BODY_LIMIT, onRequest: knock }, (request, reply) =>
    take(request, reply, request.body),
  )
}

/** Before the body is read. */
async function knock(request: FastifyRequest): Promise<void> {
  const inAddress = Object.keys(request.query as object).some((name) =>
    /key|token|chave|auth|secret/i.test(name),
  )
  if (inAddress) throw new HookRefusal(400, 'key_in_address')
  if (keyIn(request) === '') throw new HookRefusal(401, 'key_missing')
  return Promise.resolve()
}

/** An exchange that sets a header at every step of a call sends it several times over; the same key twice is one key. */
function keyIn({ headers }: FastifyRequest): string {
  const own = headers['x-balcao-key']
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
  const said = [own ?? bearer ?? ''].flat().join(',')
  const [first = '', ...others] = said.split(',').map((part) => part.trim())
  return others.every((other) => other === first) ? first : said
}

function refusalOf(error: FastifyError | HookRefusal): HookRefusal | undefined {
  if (error instanceof HookRefusal) return error
  const problem = ({ 413: 'too_large', 415: 'content_type' } as const)[Number(error.statusCode)]
  if (problem) return new HookRefusal(error.statusCode ?? 400, problem)
  const isOurs = !error.statusCode || error.statusCode >= 500
  return isOurs || !String(error.code).startsWith('FST_ERR_CTP')
    ? undefined
    : new HookRefusal(400, 'body_unreadable')
}

async function refuse(
  { settings }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, problem, value }: HookRefusal,
): Promise<FastifyReply> {
  const { locale } = await settings.get()
  // Whoever looks into the server's log finds why an exchange is silent; never what it sent.
  request.log.info({ reason: `phone.${problem}` }, 'the telephone hook refused')
  if (status === 429) reply.header('retry-after', '5')
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  const told: { reason: `phone.${HookProblem}`; message: string } = {
    reason: `phone.${problem}`,
    message: hookWords(locale, problem, value),
  }
  return reply.code(status).send({ error: told })
}
