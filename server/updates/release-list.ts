import { parse } from 'yaml'
import { z } from 'zod'
import type { UpdatePlatform } from './contract.ts'

/**
 * The lists by which electron-updater's generic provider finds a release, one per system and, for Linux, per processor.
 * Source: electron-updater, `Provider.getChannelFilename` and `getDefaultChannelName`.
 */
const LIST_NAME = /^latest(-mac|-linux(?:-arm64|-arm)?)?\.yml$/

const releaseList = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  releaseDate: z.union([z.string(), z.date()]).optional(),
  files: z
    .array(z.object({ url: z.string(), sha512: z.base64(), size: z.int().positive().optional() }))
    .min(1),
})
export type ReleaseList = z.infer<typeof releaseList>

/** Which system's list a file is by its name; null: it is none. */
export function platformOfList(name: string): UpdatePlatform | null {
  const match = LIST_NAME.exec(name)
  if (!match) return null
  if (match[1] === undefined) return 'windows'
  return match[1] === '-mac' ? 'macos' : 'linux'
}

/** Null when it is no such list. */
export function parseReleaseList(text: string): ReleaseList | null {
  try {
    const parsed = releaseList.safeParse(parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The file's name as it lies on the shelf: electron-builder writes addresses, in which a space is `%20`. */
export function fileNameOf(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
