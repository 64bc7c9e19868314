/** `[from, until)` in milliseconds UTC, in which local time is UTC plus `offsetMs`. */
interface OffsetSpan {
  from: number
  until: number
  offsetMs: number
}

/** The local time of a place, as the IANA database knows it. */
export interface Zone {
  /** The constant offsets of one UTC year, gapless; what is asked once is remembered. */
  spansOf(year: number): readonly OffsetSpan[]
}

const SECOND_MS = 1_000
/** Shorter than any offset held since 1970: the record is not quite seven days (Boa Vista, October 2000). */
const SAMPLE_MS = 3 * 24 * 60 * 60 * SECOND_MS

const zones = new Map<string, Zone>()

/** @throws RangeError for a zone that this machine doesn't know. */
export function zoneOf(timezone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    day: 'numeric',
    timeZoneName: 'longOffset',
  })
  // A zone may be written in any case; it is kept once.
  const { timeZone } = format.resolvedOptions()
  const known = zones.get(timeZone)
  if (known) return known
  const years = new Map<number, readonly OffsetSpan[]>()
  const zone: Zone = {
    spansOf(year) {
      let spans = years.get(year)
      if (!spans) years.set(year, (spans = readYear(format, year)))
      return spans
    },
  }
  zones.set(timeZone, zone)
  return zone
}

function readYear(format: Intl.DateTimeFormat, year: number): OffsetSpan[] {
  const end = Date.UTC(year + 1, 0, 1)
  const spans: OffsetSpan[] = []
  let from = Date.UTC(year, 0, 1)
  let offset = offsetAt(format, from)
  for (let at = from; at < end; at += SAMPLE_MS) {
    const next = Math.min(at + SAMPLE_MS, end - SECOND_MS)
    const after = offsetAt(format, next)
    if (after === offset) continue
    const until = changeBetween(format, at, next)
    spans.push({ from, until, offsetMs: milliseconds(offset) })
    from = until
    offset = after
  }
  return [...spans, { from, until: end, offsetMs: milliseconds(offset) }]
}

/** The first instant that no longer has the offset of `at`. Offsets change at whole seconds. */
function changeBetween(format: Intl.DateTimeFormat, at: number, changed: number): number {
  const before = offsetAt(format, at)
  let [low, high] = [at, changed]
  while (high - low > SECOND_MS) {
    const middle = low + Math.floor((high - low) / (2 * SECOND_MS)) * SECOND_MS
    if (offsetAt(format, middle) === before) low = middle
    else high = middle
  }
  return high
}

/** As `GMT-03:00`, and with seconds where a place still kept its sun's time. */
function offsetAt(format: Intl.DateTimeFormat, at: number): string {
  const text = format.format(at)
  return text.slice(text.indexOf('G'))
}

function milliseconds(offset: string): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(offset) ?? []
  if (sign === undefined) throw new Error(`The offset ${offset} can’t be read.`)
  const total = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * SECOND_MS
  return sign === '-' ? -total : total
}
