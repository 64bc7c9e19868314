/** What is remembered of the server beside its address. */
import { z } from 'zod'

export const pairingFields = {
  /** SHA-256 of the server's public key (SPKI, DER) in hex; null: the system's authorities vouch for it, or it is this computer. */
  serverPin: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .catch(null),
  /** The server's own, the same wherever it moves. */
  serverId: z.uuid().nullable().catch(null),
  /** The address at which it was first met: the page's storage is named after it. */
  serverKey: z.string().nullable().catch(null),
} as const
