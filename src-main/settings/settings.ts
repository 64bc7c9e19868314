import { join } from 'node:path'
import { z } from 'zod'
import { LANGUAGES } from '../ipc/contract.ts'
import { windowPlace } from '../window-place.ts'
import { openJsonFile, type JsonFile } from './json-file.ts'

const settingsSchema = z.object({
  /** The office server's origin. */
  serverUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
  /** What the user chose in the client; null: the system's. */
  language: z.enum(LANGUAGES).nullable().catch(null),
  window: windowPlace.nullable().catch(null),
})

type Settings = z.infer<typeof settingsSchema>
export type SettingsFile = JsonFile<Settings>

export function openSettings(folder: string, log: (line: string) => void): SettingsFile {
  return openJsonFile(join(folder, 'settings.json'), settingsSchema, log)
}
