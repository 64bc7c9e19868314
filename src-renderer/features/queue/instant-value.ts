/** How conditions on instants are written: so long before now, or a day of the calendar. */
export type InstantValue = { kind: 'ago'; amount: number; unit: 'days' | 'hours' } | { kind: 'date'; date: string }

export function parseInstant(value: string): InstantValue {
  const [, days] = /^-P(\d+)D$/.exec(value) ?? []
  if (days) return { kind: 'ago', amount: Number(days), unit: 'days' }
  const [, hours] = /^-PT(\d+)H$/.exec(value) ?? []
  if (hours) return { kind: 'ago', amount: Number(hours), unit: 'hours' }
  const instant = new Date(value)
  return Number.isNaN(instant.getTime()) ? { kind: 'ago', amount: 1, unit: 'days' } : { kind: 'date', date: localDate(instant) }
}

/** As the server reads it; a date is the beginning of that day here. Empty while it is half typed. */
export function formatInstant(value: InstantValue): string {
  if (value.kind === 'ago') {
    const amount = Math.max(1, Math.min(9_999, Math.trunc(value.amount) || 1))
    return value.unit === 'days' ? `-P${amount}D` : `-PT${amount}H`
  }
  const instant = new Date(`${value.date}T00:00`)
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString()
}

function localDate(instant: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}
