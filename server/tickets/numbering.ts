import type { Tx } from '../store/store.ts'

/**
 * The next protocol number, `2026-000123`: counted within the year of the office's own calendar. It is taken in the
 * transaction that uses it, so a ticket that fails leaves no gap.
 */
export async function nextNumber(tx: Tx, now: number, timezone: string): Promise<string> {
  const year = yearIn(timezone, now)
  const [{ last }] = await tx.db.sql<[{ last: number }]>`
    INSERT INTO ticket_counter (year, last) VALUES (${year}, 1)
    ON CONFLICT (year) DO UPDATE SET last = ticket_counter.last + 1
    RETURNING last`
  return formatNumber(year, last)
}

export const formatNumber = (year: number, count: number) => `${year}-${String(count).padStart(6, '0')}`

const yearFormats = new Map<string, Intl.DateTimeFormat>()

function yearIn(timezone: string, instant: number): number {
  let format = yearFormats.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone: timezone, year: 'numeric', calendar: 'gregory' })
    yearFormats.set(timezone, format)
  }
  return Number(format.format(instant))
}
