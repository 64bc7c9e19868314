/** Whether a request to this computer's hook comes from a telephone program, and what it tells. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { OwnCallReport } from '../../server/phone/contract.ts'
import { HookRefusal, readReport } from '../../server/phone/hook-fields.contract.ts'
import type { LocalProblem } from './hook-words.ts'

export interface Knock {
  readonly method: string
  /** Path and query, as it was asked for. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
}

export interface Refused {
  readonly status: number
  readonly problem: LocalProblem
  /** What the words name. */
  readonly value?: string
}

/**
 * Null: it may tell, if its key is right. A page whose name was made to lead here (DNS rebinding) says its own name as the host; one that
 * asks from elsewhere names its origin, or that it is another site. An address that a person or a program opens itself is neither.
 */
export function refuseStranger({ method, target, headers }: Knock, port: number): Refused | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!hosts.includes(headers.host?.toLowerCase() ?? '')) return { status: 403, problem: 'host_unknown' }
  const site = headers['sec-fetch-site']
  if (headers.origin !== undefined || (site !== undefined && site !== 'none'))
    return { status: 403, problem: 'browser_refused' }
  if (urlOf(target)?.pathname !== '/hooks/phone') return { status: 404, problem: 'not_found' }
  return method === 'GET' || method === 'POST' ? null : { status: 405, problem: 'method' }
}

/** In the header, or in the address for programs that know nothing but addresses; it stays on this computer. Empty: none. */
export function keyIn({ target, headers }: Knock): string {
  const own = headers['x-balcao-key']
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
  return ([own].flat()[0] ?? bearer ?? urlOf(target)?.searchParams.get('key') ?? '').trim()
}

/** In the same time whatever is wrong with it. */
export function isKey(shown: string, key: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(shown), hash(key))
}

/**
 * What it tells, from its body and its address alike; the extension is left out, for it rings at whoever is signed in here.
 * @throws HookRefusal in words for whoever sets the softphone up
 */
export function reportIn({ target, headers }: Knock, body: string): OwnCallReport {
  const query = Object.fromEntries(urlOf(target)?.searchParams ?? [])
  const { event, callId, number, direction, recordingUrl, talkMs, at } = readReport({
    ...query,
    ...fieldsOf(body, headers['content-type'] ?? ''),
  })
  return { event, callId, number, direction, recordingUrl, talkMs, at }
}

function fieldsOf(body: string, contentType: string): object {
  if (body.trim() === '') return {}
  const [type] = contentType.toLowerCase().split(';')
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body))
  if (type !== 'application/json') throw new HookRefusal(415, 'content_type')
  let fields: unknown
  try {
    fields = JSON.parse(body)
  } catch {
    throw new HookRefusal(400, 'body_unreadable')
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new HookRefusal(400, 'body_no_object')
  return fields
}

const urlOf = (target: string): URL | null =>
  target.startsWith('/') && URL.canParse(`http://localhost${target}`)
    ? new URL(`http://localhost${target}`)
    : null
