/** What a server says on its way up and down. */
import { z } from 'zod'
import { pairingCode } from '../../server/tls/contract.ts'
import type { HostAddress, HostFailure } from './ipc.ts'

/** The one line of `server/announce.ts`, which it writes whatever its log level and wherever its log goes. */
const announcement = z.object({
  msg: z.literal('listening'),
  url: z.url(),
  addresses: z.array(z.string()).catch([]),
  fingerprint: z.hex().optional(),
})

/** Where it can be reached, from the line that says that it listens; null in any other line. */
export function addressIn(line: string): HostAddress | null {
  if (!line.startsWith('{')) return null
  try {
    const { data } = announcement.safeParse(JSON.parse(line))
    if (!data) return null
    const { url, addresses, fingerprint } = data
    return { url, addresses, code: fingerprint === undefined ? null : pairingCode(fingerprint) }
  } catch {
    return null
  }
}

/** By what it ended with: `server/README.md` has the table. */
export function failureOf(code: number | null): HostFailure {
  return code === 4 ? 'portTaken' : code === 3 ? 'storeUnusable' : 'crashed'
}

/** How long to wait after the given fall, the first being 1: 1, 2, 4 … seconds, a minute at most. */
export function pauseMs(falls: number): number {
  return Math.min(60_000, 1_000 * 2 ** (falls - 1))
}
