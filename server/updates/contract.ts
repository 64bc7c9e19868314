/** Updates of the desktop client that this server offers to the office, so that no agent's PC needs the internet. */
import { z } from 'zod'

export type UpdatePlatform = 'windows' | 'macos' | 'linux'

/** One release can weigh 150 MB; bytes. */
export const MAX_RELEASE_FILE = 600 * 1024 * 1024

/** What electron-builder writes: the lists that clients read, and what those lists name. */
export const releaseFileName = z
  .string()
  .max(180)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} .()_+-]*\.(yml|exe|msi|zip|dmg|AppImage|deb|blockmap)$/u)

/** `missing`: named by the list and not there. `damaged`: there with another content. `unreadable`: the list itself. */
export interface ReleaseProblem {
  kind: 'missing' | 'damaged' | 'unreadable'
  file: string
}

/** What the list of one system and processor offers. */
export interface ReleaseView {
  /** The list's own file, such as `latest-mac.yml`. */
  list: string
  platform: UpdatePlatform
  /** Null when the list can't be read. */
  version: string | null
  releasedAt: string | null
  files: { name: string; size: number }[]
  /** Clients see a release only when nothing is wrong with it; null: it is offered. */
  problem: ReleaseProblem | null
}

export interface ShelfView {
  /** Where the owner may put files by hand, on the server's own disk. */
  folder: string
  serverVersion: string
  releases: ReleaseView[]
  /** Files that no list names, such as those of a former release. */
  leftovers: { name: string; size: number }[]
}

export const removeReleaseInput = z.strictObject({
  /** The files to take off the shelf. */
  names: z.array(releaseFileName).min(1).max(100),
})

/** The newest API version that this server speaks, and the oldest that it still does. Both stand in `/health`. */
export const API_VERSION = 1
export const OLDEST_API_VERSION = 1
