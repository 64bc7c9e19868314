/** What an installation was told, kept in the program's folder: the next one and `uninstall` go by it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RECORD } from './service.ts'

const schema = z.object({
  version: z.string(),
  dataDir: z.string(),
  port: z.number(),
  user: z.string().nullable(),
  /** Further flags of `start`, without the dashes. */
  flags: z.record(z.string(), z.union([z.string(), z.literal(true)])),
})
export type InstallRecord = z.infer<typeof schema>

/** Null when nothing is installed there, or what is there isn't ours to understand. */
export function readRecord(programDir: string): InstallRecord | null {
  try {
    return schema.parse(JSON.parse(readFileSync(join(programDir, RECORD), 'utf8')))
  } catch {
    return null
  }
}

/** The flags as a command line has them. */
export function flagWords(flags: InstallRecord['flags']): string[] {
  return Object.entries(flags).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, value],
  )
}
