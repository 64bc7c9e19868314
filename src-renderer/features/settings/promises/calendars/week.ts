import {
  minuteOfDay,
  newCalendarInput,
  weekdays,
  type Hours,
  type OpenWindow,
  type Weekday,
} from '../../../../../server/sla/calendar.contract.ts'
import { MINUTES_PER_DAY, timeText } from './times.ts'

/** A stretch of open time as the editor holds it: the texts may be wrong while they are being written. */
export interface DraftWindow {
  key: number
  day: Weekday
  from: string
  until: string
}

/** What a window may run over midnight at most. */
const LONGEST_NIGHT = 12 * 60
const SHORTEST = 15

// Drafts outlive the page, and so do their keys.
let lastKey = Date.now()
/** Tells the rows of an editor apart. */
export const newKey = (): number => ++lastKey

/** Minutes since the midnight that the window's day begins with; beyond 1440 on the day after. Null while the texts make no sense. */
export function spanOf({ from, until }: Pick<DraftWindow, 'from' | 'until'>): Span | null {
  if (!READABLE.test(from) || !READABLE.test(until)) return null
  const start = minuteOfDay(from)
  const end = minuteOfDay(until) + (minuteOfDay(until) <= start ? MINUTES_PER_DAY : 0)
  const isNight = end > MINUTES_PER_DAY
  return end - start > (isNight ? LONGEST_NIGHT : MINUTES_PER_DAY) || from === until ? null : { start, end }
}
interface Span {
  start: number
  end: number
}
const READABLE = /^\d{2}:\d{2}$/

export interface Piece {
  window: DraftWindow
  /** The column, from Monday. */
  column: number
  /** Minutes from the top of the column. */
  from: number
  until: number
  /** `head` goes on in the next column, as `tail`. */
  part: 'whole' | 'head' | 'tail'
}

/** The windows as they are drawn: what runs over midnight goes on at the top of the next day. */
export function piecesOf(windows: readonly DraftWindow[]): Piece[] {
  return windows.flatMap((window): Piece[] => {
    const span = spanOf(window)
    if (!span) return []
    const column = weekdays.indexOf(window.day)
    const { start, end } = span
    if (end <= MINUTES_PER_DAY) return [{ window, column, from: start, until: end, part: 'whole' }]
    const next = (column + 1) % weekdays.length
    return [
      { window, column, from: start, until: MINUTES_PER_DAY, part: 'head' },
      { window, column: next, from: 0, until: end - MINUTES_PER_DAY, part: 'tail' },
    ]
  })
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

const withSpan = (window: DraftWindow, { start, end }: Span): DraftWindow => ({
  ...window,
  from: timeText(start),
  until: timeText(end > MINUTES_PER_DAY ? end - MINUTES_PER_DAY : end),
})

/** The latest that a window beginning at `start` may end. */
const latestEnd = (start: number): number =>
  start + LONGEST_NIGHT > MINUTES_PER_DAY ? start + LONGEST_NIGHT : MINUTES_PER_DAY

/** Puts the window at `start` of `day`, as long as it was; what is too long for a night ends with its day. */
export function movedTo(window: DraftWindow, day: Weekday, start: number): DraftWindow {
  const span = spanOf(window)
  if (!span) return window
  const length = span.end - span.start
  const latest = length > LONGEST_NIGHT ? MINUTES_PER_DAY - length : MINUTES_PER_DAY - SHORTEST
  const from = clamp(start, 0, latest)
  return withSpan({ ...window, day }, { start: from, end: from + length })
}

/** Ends the window at `end` minutes of its day; more than 1440 is over midnight. */
export function endedAt(window: DraftWindow, end: number): DraftWindow {
  const span = spanOf(window)
  if (!span) return window
  return withSpan(window, {
    start: span.start,
    end: clamp(end, span.start + SHORTEST, latestEnd(span.start)),
  })
}

/** Begins the window at `start` minutes of its day. */
export function startedAt(window: DraftWindow, start: number): DraftWindow {
  const span = spanOf(window)
  if (!span) return window
  const earliest = span.end > MINUTES_PER_DAY ? span.end - LONGEST_NIGHT : 0
  const latest = Math.min(span.end, MINUTES_PER_DAY) - SHORTEST
  return withSpan(window, { start: clamp(start, earliest, latest), end: span.end })
}

/** The weekday so many days on, round the week. */
export function dayAfter(day: Weekday, days = 1): Weekday {
  const index = weekdays.indexOf(day) + days
  return weekdays[((index % weekdays.length) + weekdays.length) % weekdays.length] ?? day
}

/** Opens `[from, until)` on these days; windows that it touches become one with it. */
export function painted(
  windows: readonly DraftWindow[],
  days: readonly Weekday[],
  { start, end }: Span,
): DraftWindow[] {
  return days.reduce<DraftWindow[]>(
    (before, day) => {
      let span: Span = { start, end }
      const gone = new Set<number>()
      const touched = before.filter((window) => window.day === day).toSorted(byStart)
      for (const window of touched) {
        const other = spanOf(window)
        if (!other || other.start > span.end || other.end < span.start) continue
        const joined = { start: Math.min(span.start, other.start), end: Math.max(span.end, other.end) }
        if (joined.end > latestEnd(joined.start)) span = { start: span.start, end: other.start }
        else {
          span = joined
          gone.add(window.key)
        }
      }
      if (span.end <= span.start) return before
      const window = withSpan({ key: newKey(), day, from: '', until: '' }, span)
      return [...before.filter(({ key }) => !gone.has(key)), window]
    },
    [...windows],
  )
}

/** Gives `days` the windows of `day`, in place of what they had. */
export function copiedDay(
  windows: readonly DraftWindow[],
  day: Weekday,
  days: readonly Weekday[],
): DraftWindow[] {
  const others = days.filter((each) => each !== day)
  const source = windows.filter((window) => window.day === day)
  return [
    ...windows.filter((window) => !others.includes(window.day)),
    ...others.flatMap((each) => source.map((window) => ({ ...window, key: newKey(), day: each }))),
  ]
}

/** A window to begin with where somebody adds one to a day: in the first gap after the last, else the usual morning. */
export function nextWindow(windows: readonly DraftWindow[], day: Weekday): DraftWindow {
  const ends = windows.filter((window) => window.day === day).flatMap((window) => spanOf(window)?.end ?? [])
  const last = Math.max(0, ...ends)
  const start = last === 0 ? 8 * 60 : last + 60
  const fits = start + 60 <= MINUTES_PER_DAY
  const span = fits ? { start, end: Math.min(MINUTES_PER_DAY, start + 4 * 60) } : { start: 0, end: 60 }
  return withSpan({ key: newKey(), day, from: '', until: '' }, span)
}

export const replaced = (windows: readonly DraftWindow[], changed: DraftWindow): DraftWindow[] =>
  windows.map((window) => (window.key === changed.key ? changed : window))

/** The windows of one day in the order of their beginnings. */
export const windowsOf = (windows: readonly DraftWindow[], day: Weekday): DraftWindow[] =>
  windows.filter((window) => window.day === day).toSorted(byStart)

const byStart = (a: DraftWindow, b: DraftWindow): number => a.from.localeCompare(b.from) || a.key - b.key

export const fromHours = (hours: Hours): DraftWindow[] =>
  weekdays.flatMap((day) => (hours[day] ?? []).map(([from, until]) => ({ key: newKey(), day, from, until })))

export function toHours(windows: readonly DraftWindow[]): Hours {
  return Object.fromEntries(
    weekdays.flatMap((day) => {
      const own = windowsOf(windows, day).map(({ from, until }): OpenWindow => [from, until])
      return own.length > 0 ? [[day, own]] : []
    }),
  )
}

export interface WeekFaults {
  /** Reasons by the window's key. */
  windows: ReadonlyMap<number, string>
  /** Of the week as a whole. */
  week: string | null
}

/** What the desk would say about these hours. */
export function weekFaults(windows: readonly DraftWindow[]): WeekFaults {
  const { error } = newCalendarInput.shape.hours.safeParse(toHours(windows))
  return sortedFaults(
    windows,
    (error?.issues ?? []).map(({ path, message }) => ({ path, reason: message })),
  )
}

/** Faults by the window they stand at, given their paths in {@link toHours}. */
export function sortedFaults(
  windows: readonly DraftWindow[],
  faults: readonly { path: readonly PropertyKey[]; reason: string }[],
): WeekFaults {
  const found = new Map<number, string>()
  let week: string | null = null
  for (const { path, reason } of faults) {
    const day = weekdays.find((each) => each === path[0])
    const window = day && windowsOf(windows, day)[Number(path[1])]
    if (!window) week ??= reason
    else if (!found.has(window.key)) found.set(window.key, reason)
  }
  return { windows: found, week }
}
