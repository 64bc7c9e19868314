/** Asks an address, in clear, whether a Balcão this client understands lives there. */
import { z } from 'zod'
import type { DesktopPorts } from '../ports.ts'
import { compatibilityWith } from '../updates/handshake.ts'

const PATIENCE_MS = 5_000

const health = z.object({ name: z.literal('balcao'), api: z.int(), apiSince: z.int().optional() })

export type ProbeOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unreachable' | 'notBalcao' | 'incompatible' }

export async function probeServer(fetch: DesktopPorts['fetch'], origin: string): Promise<ProbeOutcome> {
  let body: unknown
  try {
    const response = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) })
    body = await response.json()
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'notBalcao' : 'unreachable' }
  }
  const answer = health.safeParse(body)
  if (!answer.success) return { ok: false, reason: 'notBalcao' }
  return compatibilityWith(answer.data) === 'ok' ? { ok: true } : { ok: false, reason: 'incompatible' }
}
