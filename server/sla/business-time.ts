import { EARLIEST_MS, LATEST_MS } from './calendar.contract.ts'
import type { BusinessTime, Stretch } from './calendar.ts'

/** The open time of one UTC year, worked out when the year is first asked for. */
interface Year {
  stretches: readonly Stretch[]
  opens: readonly Open[]
  totalMs: number
}

interface Open {
  from: number
  to: number
  /** Open time of the year before this one begins. */
  beforeMs: number
}

const FIRST_YEAR = new Date(EARLIEST_MS).getUTCFullYear()
const END_YEAR = new Date(LATEST_MS).getUTCFullYear()

/** Business time by the gapless stretches of single UTC years. */
export function businessTime(stretchesOf: (year: number) => Stretch[]): BusinessTime {
  const years = new Map<number, Year>()
  const yearOf = (number: number): Year => {
    let year = years.get(number)
    if (!year) years.set(number, (year = toYear(stretchesOf(number))))
    return year
  }

  const forwards = (from: number, ms: number): number | null => {
    const first = yearNumber(from)
    let left = ms + openUntil(yearOf(first), from)
    for (let number = first; number < END_YEAR; number++) {
      const { opens, totalMs } = yearOf(number)
      if (left <= totalMs) {
        const open = opens[firstIndex(opens, ({ from, to, beforeMs }) => beforeMs + to - from >= left)]
        return open ? open.from + left - open.beforeMs : null
      }
      left -= totalMs
    }
    return null
  }

  const backwards = (from: number, ms: number): number | null => {
    const last = yearNumber(from)
    let left = ms - openUntil(yearOf(last), from)
    for (let number = last; number >= FIRST_YEAR; number--) {
      const { opens, totalMs } = yearOf(number)
      // Measured from the year's beginning; negative when the year is not enough.
      const reached = number === last ? -left : totalMs - left
      if (reached >= 0) {
        const open = opens[firstIndex(opens, ({ from, to, beforeMs }) => beforeMs + to - from > reached)]
        return open ? open.from + reached - open.beforeMs : null
      }
      left = -reached
    }
    return null
  }

  const openTime = (from: number, to: number): number => {
    const [first, last] = [yearNumber(from), yearNumber(to)]
    let ms = openUntil(yearOf(last), to) - openUntil(yearOf(first), from)
    for (let number = first; number < last; number++) ms += yearOf(number).totalMs
    return ms
  }

  const nextOpen = (at: number): number | null => {
    if (!isKnown(at)) return null
    for (let number = yearNumber(at); number < END_YEAR; number++) {
      const { opens } = yearOf(number)
      const open = opens[firstIndex(opens, ({ to }) => to > at)]
      if (open) return Math.max(at, open.from)
    }
    return null
  }

  return {
    nextOpen,
    isOpen(at) {
      if (!isKnown(at)) return false
      const { opens } = yearOf(yearNumber(at))
      const open = opens[firstIndex(opens, ({ to }) => to > at)]
      return open !== undefined && open.from <= at
    },
    add(from, ms) {
      if (ms === 0) return from
      if (!isKnown(from)) return null
      return ms > 0 ? forwards(from, ms) : backwards(from, -ms)
    },
    // Taken from nothing rather than negated: no open time is 0, never −0.
    between: (a, b) => (a <= b ? openTime(clamp(a), clamp(b)) : 0 - openTime(clamp(b), clamp(a))),
    stretches(from, to) {
      const found: Stretch[] = []
      const end = clamp(to)
      for (let at = clamp(from); at < end; at = Date.UTC(yearNumber(at) + 1, 0, 1)) {
        const { stretches } = yearOf(yearNumber(at))
        for (const stretch of stretches.slice(firstIndex(stretches, (each) => each.to > at))) {
          if (stretch.from >= end) break
          pushStretch(found, { ...stretch, from: Math.max(at, stretch.from), to: Math.min(end, stretch.to) })
        }
      }
      return found
    },
  }
}

/** Joins it with the last one when they are alike; one without length is left out. */
export function pushStretch(stretches: Stretch[], stretch: Stretch): void {
  if (stretch.from >= stretch.to) return
  const last = stretches.at(-1)
  if (last?.to === stretch.from && last.state === stretch.state && last.holiday === stretch.holiday)
    last.to = stretch.to
  else stretches.push(stretch)
}

function toYear(stretches: readonly Stretch[]): Year {
  let totalMs = 0
  const opens: Open[] = []
  for (const { from, to, state } of stretches) {
    if (state !== 'open') continue
    opens.push({ from, to, beforeMs: totalMs })
    totalMs += to - from
  }
  return { stretches, opens, totalMs }
}

/** Open time from the year's beginning until `at`, which lies in the year. */
function openUntil({ opens, totalMs }: Year, at: number): number {
  const open = opens[firstIndex(opens, ({ to }) => to > at)]
  return open ? open.beforeMs + Math.max(0, at - open.from) : totalMs
}

/** Of the first that `isThere` holds for; it must hold for all after it. The length when for none. */
function firstIndex<T>(items: readonly T[], isThere: (item: T) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && isThere(item)) high = middle
    else low = middle + 1
  }
  return low
}

/** Is it in the years that business time is known of? */
export function isKnown(at: number): boolean {
  return at >= EARLIEST_MS && at < LATEST_MS
}

const clamp = (at: number) => Math.min(Math.max(at, EARLIEST_MS), LATEST_MS)

const yearNumber = (at: number) => new Date(at).getUTCFullYear()
