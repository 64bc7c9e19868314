const fields = new Map<string, Intl.DateTimeFormat>()

function wallFormat(zone: string): Intl.DateTimeFormat {
  const known = fields.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  fields.set(zone, made)
  return made
}

/** What a clock on the wall of `zone` shows, as `2026-11-27T17:30`. */
export const wallTime = (atMs: number, zone: string): string =>
  wallFormat(zone).format(atMs).replace(' ', 'T')

/** The date in `zone`, as `2026-11-27`. */
export const localDate = (atMs: number, zone: string): string => wallTime(atMs, zone).slice(0, 10)

/**
 * When the clocks of `zone` show `wall` (`2026-11-27T17:30`), in milliseconds UTC; null for what is no time. Of an hour that comes
 * twice it is the first, and a time that the clocks skip is as much later as they skip.
 */
export function instantOf(wall: string, zone: string): number | null {
  const asUtc = Date.parse(`${wall}Z`)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(asUtc)) return null
  const offsetAt = (atMs: number): number =>
    Date.parse(`${wallTime(atMs, zone)}Z`) - Math.floor(atMs / 60_000) * 60_000
  const before = asUtc - offsetAt(asUtc - DAY_MS)
  const after = asUtc - offsetAt(asUtc + DAY_MS)
  const matches = [before, after].filter((each) => wallTime(each, zone) === wall)
  return matches.length > 0 ? Math.min(...matches) : before
}
const DAY_MS = 86_400_000
