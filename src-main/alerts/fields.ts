/** What this room keeps in `settings.json`. */
import { z } from 'zod'
import { alertSettings } from './ipc.ts'

export const alertFields = {
  alerts: alertSettings.catch(alertSettings.parse({})),
  /** What the server knows this computer by; made on its first report. */
  screenId: z.uuid().nullable().catch(null),
}
