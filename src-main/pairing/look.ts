/** What lives at an address. It reads and decides; nothing is remembered here. */
import { z } from 'zod'
import type { DesktopPorts } from '../ports.ts'
import { probeServer } from '../server/probe.ts'
import { parseServerUrl } from '../server/server-url.ts'
import { compatibilityWith } from '../updates/handshake.ts'
import { hostnameOf } from './addresses.ts'
import { NoTlsError, type Inspect, type Inspected } from './inspect.ts'
import type { LookProblem, Trust } from './ipc.ts'
import { trustIn, type KnownServer } from './trust.ts'

/** What `/health` tells of who answers; servers before encryption say neither `server` nor `office`. */
const healthSchema = z.object({
  name: z.literal('balcao'),
  api: z.int(),
  apiSince: z.int().optional(),
  server: z.uuid().optional().catch(undefined),
  office: z.string().max(500).catch(''),
})

/** A server that was looked at, with all that remembering it takes. */
export interface Seen {
  readonly url: string
  readonly name: string
  readonly trust: Trust
  readonly id: string | null
  /** Null on this very computer, which is spoken to in clear. */
  readonly fingerprint: string | null
}

export interface LookDeps {
  readonly fetch: DesktopPorts['fetch']
  readonly inspect: Inspect
}

export async function lookAt(deps: LookDeps, typed: string, known: KnownServer): Promise<Seen | LookProblem> {
  const url = parseServerUrl(typed)
  if (url === null) return 'invalid'
  return url.startsWith('https:') ? lookThroughTls(deps, url, known) : lookLocally(deps, url, known)
}

async function lookThroughTls(deps: LookDeps, url: string, known: KnownServer): Promise<Seen | LookProblem> {
  let inspected: Inspected
  try {
    inspected = await deps.inspect(url)
  } catch (error) {
    if (!(error instanceof NoTlsError)) return 'unreachable'
    const inClear = await probeServer(deps.fetch, url.replace('https:', 'http:'))
    if (!inClear.ok) return inClear.reason
    return isHost(url, known) ? 'downgrade' : 'insecure'
  }
  const health = healthSchema.safeParse(inspected.health)
  if (!health.success) return 'notBalcao'
  if (compatibilityWith(health.data) !== 'ok') return 'incompatible'
  const id = health.data.server ?? null
  const { fingerprint, isTrusted } = inspected
  return {
    ...{ url, id, fingerprint, name: health.data.office },
    trust: trustIn({ url, fingerprint, isTrusted, id }, known),
  }
}

async function lookLocally(deps: LookDeps, url: string, known: KnownServer): Promise<Seen | LookProblem> {
  if (isHost(url, known)) return 'downgrade'
  const outcome = await probeServer(deps.fetch, url)
  if (!outcome.ok) return outcome.reason
  return { url, name: '', trust: 'local', id: null, fingerprint: null }
}

/** Known encrypted: in clear anybody could be there. */
const isHost = (url: string, { serverUrl }: KnownServer): boolean =>
  serverUrl !== null && serverUrl.startsWith('https:') && hostnameOf(serverUrl) === hostnameOf(url)
