import type { HolidayOffer } from '../../../../../server/sla/calendar.contract.ts'
import { daysAfter, isPresent, isYearly, type DraftHoliday } from './holidays.ts'
import { newKey } from './week.ts'

/** One holiday to choose, with its days in all the years asked for. */
export interface OfferRow {
  id: string
  name: string
  kind: HolidayOffer['kind']
  dates: string[]
  /** The days that the calendar doesn't have yet; none left when all are there. */
  missing: string[]
  isMovable: boolean
}

/** The choices that lie ahead of `today`. */
export function offerRows(
  offers: readonly HolidayOffer[],
  holidays: readonly DraftHoliday[],
  today: string,
): OfferRow[] {
  const rows = new Map<string, OfferRow>()
  for (const { date, name, kind } of offers) {
    if (!isYearly(date) && date < today) continue
    const id = `${kind} ${name}`
    const row = rows.get(id) ?? { id, name, kind, dates: [], missing: [], isMovable: !isYearly(date) }
    row.dates.push(date)
    if (!isPresent(holidays, { date })) row.missing.push(date)
    rows.set(id, row)
  }
  const inYear = ({ dates: [date = ''] }: OfferRow) => (isYearly(date) ? date : date.slice(5))
  return [...rows.values()].sort((a, b) => inYear(a).localeCompare(inYear(b)))
}

/** Days off by law are what most offices want; the others they decide on. */
export const proposed = (rows: readonly OfferRow[]): string[] =>
  rows.filter(({ kind, missing }) => kind === 'public' && missing.length > 0).map(({ id }) => id)

export const chosenHolidays = (rows: readonly OfferRow[], chosen: ReadonlySet<string>): DraftHoliday[] =>
  rows
    .filter(({ id }) => chosen.has(id))
    .flatMap(({ name, missing }) => missing.map((date) => ({ key: newKey(), date, name, open: [] })))

/** Dates in a row as first and last. */
export function dateRuns(dates: readonly string[]): { first: string; last: string }[] {
  return dates.toSorted().reduce<{ first: string; last: string }[]>((runs, date) => {
    const run = runs.at(-1)
    return run && !isYearly(date) && daysAfter(run.last, 1) === date
      ? [...runs.slice(0, -1), { first: run.first, last: date }]
      : [...runs, { first: date, last: date }]
  }, [])
}
