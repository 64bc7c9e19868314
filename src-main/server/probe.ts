/** Asks an address whether a Balcão this client understands lives there. */
import { z } from 'zod'
import type { ServerUrlOutcome } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'

const supportedApi = 1
const patienceMs = 5_000

const health = z.object({ name: z.literal('balcao'), api: z.number() })

export async function probeServer(fetch: DesktopPorts['fetch'], origin: string): Promise<ServerUrlOutcome> {
  let body: unknown
  try {
    const response = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(patienceMs) })
    body = await response.json()
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'notBalcao' : 'unreachable' }
  }
  const answer = health.safeParse(body)
  if (!answer.success) return { ok: false, reason: 'notBalcao' }
  if (answer.data.api !== supportedApi) return { ok: false, reason: 'incompatible' }
  return { ok: true, url: origin }
}
