import { join } from 'node:path'
import { z } from 'zod'
import { alertFields } from '../alerts/fields.ts'
import { hostFields } from '../host/fields.ts'
import { LANGUAGES } from '../ipc/contract.ts'
import { pairingFields } from '../pairing/fields.ts'
import { phoneFields } from '../phone/fields.ts'
import { computerFields } from '../startup/computer.ts'
import { windowFields } from '../windows/remembered.ts'
import { openJsonFile, type JsonFile } from './json-file.ts'

const settingsSchema = z.object({
  /** The office server's origin. */
  serverUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
  /** What the user chose in the client; null: the system's. */
  language: z.enum(LANGUAGES).nullable().catch(null),
  ...alertFields,
  ...hostFields,
  ...pairingFields,
  ...phoneFields,
  ...windowFields,
  ...computerFields,
})

type Settings = z.infer<typeof settingsSchema>
export type SettingsFile = JsonFile<Settings>

export function openSettings(folder: string, log: (line: string) => void): SettingsFile {
  return openJsonFile(join(folder, 'settings.json'), settingsSchema, log)
}
