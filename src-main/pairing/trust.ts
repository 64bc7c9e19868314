/** Which connections this program makes: decided on every one, pages and updates included. Pure. */
import type { CertificateRequest } from '../ports.ts'
import { hostnameOf } from './addresses.ts'
import type { Trust } from './ipc.ts'

export interface KnownServer {
  readonly serverUrl: string | null
  readonly serverPin: string | null
  readonly serverId: string | null
}

export type Verdict = 'accept' | 'refuse' | 'changed' | 'untrusted'

/**
 * The paired server only with its key, whatever else vouches for it; anything else as the system says. `changed` and `untrusted` are
 * refusals too, of the office's own server.
 */
export function verdictOn(request: CertificateRequest, known: KnownServer): Verdict {
  const isServer = known.serverUrl !== null && hostnameOf(known.serverUrl) === bare(request.hostname)
  if (!isServer) return request.isTrusted ? 'accept' : 'refuse'
  if (known.serverPin !== null) return request.fingerprint === known.serverPin ? 'accept' : 'changed'
  if (request.isTrusted) return 'accept'
  return known.serverUrl?.startsWith('https:') ? 'untrusted' : 'refuse'
}

/** How far a server that was looked at may be trusted. */
export function trustIn(
  looked: {
    readonly url: string
    readonly fingerprint: string
    readonly isTrusted: boolean
    readonly id: string | null
  },
  known: KnownServer,
): Trust {
  const isSamePlace = known.serverUrl !== null && hostnameOf(known.serverUrl) === hostnameOf(looked.url)
  const isSameServer = known.serverId !== null && known.serverId === looked.id
  if (known.serverPin !== null && (isSamePlace || isSameServer))
    return looked.fingerprint === known.serverPin ? 'paired' : 'changed'
  return looked.isTrusted ? 'system' : 'compare'
}

const bare = (hostname: string): string => hostname.toLowerCase().replaceAll(/^\[|\]$/g, '')
