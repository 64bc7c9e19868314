/** What is remembered of the server on this computer. */
import { z } from 'zod'

export const hostFields = {
  /** This computer is the office's server, while this program runs. */
  hostsServer: z.boolean().catch(false),
  hostPort: z.int().min(1024).max(65_535).catch(4810),
} as const
