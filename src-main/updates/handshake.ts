/** Whether this client and a server can talk: each names the versions of the API it understands. Pure. */
import { z } from 'zod'
import { API_VERSION } from '../../server/updates/contract.ts'

/** The oldest server that this client still understands, by its API; it speaks the one of the server it was built with. */
const OLDEST_SERVER_API = 1

/** What `/health` says; further fields are other rooms'. `apiSince` is absent in servers of the first release. */
export const health = z.object({
  name: z.literal('balcao'),
  version: z.string(),
  api: z.int(),
  apiSince: z.int().optional(),
})
export type Health = z.infer<typeof health>

export type Compatibility = 'ok' | 'clientTooOld' | 'clientTooNew'

export function compatibilityWith(
  server: Pick<Health, 'api' | 'apiSince'>,
  client: { readonly api: number; readonly oldestServer: number } = {
    api: API_VERSION,
    oldestServer: OLDEST_SERVER_API,
  },
): Compatibility {
  if (client.api < (server.apiSince ?? server.api)) return 'clientTooOld'
  return client.oldestServer > server.api ? 'clientTooNew' : 'ok'
}
