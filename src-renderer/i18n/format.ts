/** Pure formatting of instants, durations and numbers. An instant is an ISO 8601 string or UTC milliseconds. */

export type Instant = string | number | Date

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Building a formatter costs a hundred times its use. */
const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>()

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  kind: string,
  locale: string,
  options: object,
  make: () => T,
): T {
  const key = `${kind}|${locale}|${JSON.stringify(options)}`
  const known = formatters.get(key) as T | undefined
  if (known) return known
  const made = make()
  formatters.set(key, made)
  return made
}

function dateFormatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached('date', locale, options, () => new Intl.DateTimeFormat(locale, options))
}

export function toMs(instant: Instant): number {
  return new Date(instant).getTime()
}

/** "21 de nov." in the current year, "21 de nov. de 2025" in another. */
export function formatDate(instant: Instant, locale: string, nowMs: number): string {
  const date = new Date(instant)
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear()
  const year = sameYear ? {} : { year: 'numeric' as const }
  return dateFormatter(locale, { day: 'numeric', month: 'short', ...year }).format(date)
}

/** "seg 23". */
export function formatDay(instant: Instant, locale: string): string {
  const date = new Date(instant)
  const weekday = dateFormatter(locale, { weekday: 'short' }).format(date)
  return `${weekday.replace('.', '')} ${dateFormatter(locale, { day: 'numeric' }).format(date)}`
}

/** "14:05". */
export function formatTime(instant: Instant, locale: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone }
  return dateFormatter(locale, { hour: '2-digit', minute: '2-digit', ...zone }).format(new Date(instant))
}

/** An instant as it is spoken of: "14:05" today, "amanhã 08:00", "seg 08:00" within the week ahead, else with its date. */
export function formatMoment(instant: Instant, locale: string, nowMs: number): string {
  const time = formatTime(instant, locale)
  const days = daysBetween(new Date(nowMs), new Date(instant))
  if (days === 0) return time
  if (Math.abs(days) === 1) return `${relativeFormatter(locale, 'long').format(days, 'day')} ${time}`
  if (days < 0 || days > 6) return `${formatDate(instant, locale, nowMs)} ${time}`
  const weekday = dateFormatter(locale, { weekday: 'short' }).format(new Date(instant))
  return `${weekday.replace('.', '')} ${time}`
}

/** Midnights from one to the other, in the calendar of whoever looks. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.round((day(to) - day(from)) / DAY_MS)
}

const relativeFormatter = (locale: string, style: 'short' | 'long'): Intl.RelativeTimeFormat => {
  const options = { numeric: 'auto', style } as const
  return cached('relative', locale, options, () => new Intl.RelativeTimeFormat(locale, options))
}

/** The whole instant, for tooltips and records: "sábado, 21 de novembro de 2026 às 14:05". */
export function formatDateTime(instant: Instant, locale: string): string {
  return dateFormatter(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(instant))
}

export function formatNumber(value: number, locale: string, options: Intl.NumberFormatOptions = {}): string {
  return cached('number', locale, options, () => new Intl.NumberFormat(locale, options)).format(value)
}

/** "há 3 min" up to a day in either direction, the date beyond. */
export function formatRelative(instant: Instant, locale: string, nowMs: number): string {
  const differenceMs = toMs(instant) - nowMs
  const distanceMs = Math.abs(differenceMs)
  if (distanceMs >= DAY_MS) return formatDate(instant, locale, nowMs)
  const formatter = relativeFormatter(locale, 'short')
  const text = (value: number, unit: 'second' | 'minute' | 'hour') =>
    formatter.format(value, unit).replace('.', '')
  if (distanceMs < MINUTE_MS) return text(0, 'second')
  if (distanceMs < HOUR_MS) return text(Math.trunc(differenceMs / MINUTE_MS), 'minute')
  return text(Math.trunc(differenceMs / HOUR_MS), 'hour')
}

export interface DurationParts {
  unit: 'days' | 'hours' | 'minutes'
  days: number
  hours: number
  /** Two digits after hours, so that columns of remaining times line up. */
  minutes: string
}

/**
 * Splits a duration at the precision people act on: days and hours, hours and minutes, or minutes; at least one
 * minute, since nobody waits for zero. `inDays` is false for business time, whose day has fewer hours than 24.
 */
export function durationParts(durationMs: number, inDays = true): DurationParts {
  const totalMinutes = Math.max(1, Math.floor(Math.abs(durationMs) / MINUTE_MS))
  const days = inDays ? Math.floor(totalMinutes / 1440) : 0
  const hours = Math.floor((totalMinutes - days * 1440) / 60)
  const minutes = totalMinutes % 60
  if (days > 0) return { unit: 'days', days, hours, minutes: String(minutes) }
  if (hours > 0) return { unit: 'hours', days, hours, minutes: String(minutes).padStart(2, '0') }
  return { unit: 'minutes', days, hours, minutes: String(minutes) }
}
