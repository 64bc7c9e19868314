import type { Freshness } from '../../stores/live-board.ts'

/** Cuts that heal at once are not worth a word. */
const GRACE_MS = 4_000
/** A server that is well says something several times in this time; without a word the numbers are old, however alive the link looks. */
const SILENT_MS = 45_000

/** Since when the numbers stand still (UTC milliseconds, like `now`); null while they are true. */
export function staleSince({ trueAt, cutAt }: Freshness, now: number): number | null {
  if (trueAt === null) return null
  const isOld = cutAt === null ? now - trueAt >= SILENT_MS : now - cutAt >= GRACE_MS
  return isOld ? trueAt : null
}
