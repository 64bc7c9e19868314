const spanKinds = ['daysAgo', 'hoursAgo', 'daysAhead', 'hoursAhead'] as const
type SpanKind = (typeof spanKinds)[number]

/** How conditions on instants are written: so long before or after now, or a day of the calendar. */
export type InstantValue = { kind: SpanKind; amount: number } | { kind: 'date'; date: string }

export const instantKinds = [...spanKinds, 'date'] as const

export function parseInstant(value: string): InstantValue {
  const [, sign, days, hours] = /^(-?)P(?:(\d+)D|T(\d+)H)$/.exec(value) ?? []
  if (days) return { kind: sign ? 'daysAgo' : 'daysAhead', amount: Number(days) }
  if (hours) return { kind: sign ? 'hoursAgo' : 'hoursAhead', amount: Number(hours) }
  const instant = new Date(value)
  return Number.isNaN(instant.getTime())
    ? { kind: 'daysAgo', amount: 1 }
    : { kind: 'date', date: localDate(instant) }
}

/** As the server reads it; a date is the beginning of that day here. Empty while it is half typed. */
export function formatInstant(value: InstantValue): string {
  if (value.kind !== 'date') {
    const amount = Math.max(1, Math.min(9_999, Math.trunc(value.amount) || 1))
    const sign = value.kind.endsWith('Ago') ? '-' : ''
    return value.kind.startsWith('days') ? `${sign}P${amount}D` : `${sign}PT${amount}H`
  }
  const instant = new Date(`${value.date}T00:00`)
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString()
}

export function localDate(instant: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}
