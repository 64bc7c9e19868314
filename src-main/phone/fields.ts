/** What is remembered of telephones on this computer. */
import { z } from 'zod'

export const phoneFields = {
  /** Softphones of this computer tell of calls here. */
  hearsPhones: z.boolean().catch(false),
  phonePort: z.int().min(1024).max(65_535).catch(4811),
  /**
   * What they show. It lies here as it is, for it is shown again in the settings: it opens nothing but telling of calls, on this
   * computer alone, in a file that is its owner's.
   */
  phoneKey: z
    .string()
    .regex(/^[\w-]{32,64}$/)
    .nullable()
    .catch(null),
  /** Who was signed in last and has not left: what is heard before the server was reached is theirs. */
  reporterId: z.uuid().nullable().catch(null),
} as const
