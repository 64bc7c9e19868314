import type { FigureColumn, Grouping, ReportRow } from '../../../server/reports/contract.ts'
import type { Sort } from './report-address.ts'

const timeGroupings: ReadonlySet<Grouping> = new Set([
  'hour',
  'weekday',
  'hourOfWeek',
  'day',
  'week',
  'month',
])

/** Rows that stand one after the other in time, and are read so. */
export const isTime = (groupBy: Grouping): boolean => timeGroupings.has(groupBy)

/**
 * Rows by a figure or by name, times by when they are; what is unknown stands last both ways. Without a sort they stay as the server
 * put them.
 */
export function sortedRows(
  rows: readonly ReportRow[],
  sort: Sort | null,
  nameOf: (row: ReportRow) => string,
  locale: string,
  groupBy?: Grouping,
): readonly ReportRow[] {
  if (!sort) return rows
  const sign = sort.descending ? -1 : 1
  if (sort.by === 'name' && groupBy && isTime(groupBy)) return sort.descending ? rows.toReversed() : rows
  if (sort.by === 'name') {
    const { compare } = new Intl.Collator(locale, { numeric: true })
    return rows.toSorted(
      (a, b) => Number(a.key === null) - Number(b.key === null) || sign * compare(nameOf(a), nameOf(b)),
    )
  }
  const valueOf = ({ figures }: ReportRow) => figures[sort.by] ?? null
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (left - right)
  })
}

/** What a press on a head does: the most first, then the least, then as it was. Names begin at A. */
export function nextSort(sort: Sort | null, by: string): Sort | null {
  const startsDescending = by !== 'name'
  if (sort?.by !== by) return { by, descending: startsDescending }
  return sort.descending === startsDescending ? { by, descending: !startsDescending } : null
}

/** Whether there is anything to show: an amount that is not zero, or a share or a score that is known. */
export const isEmptyRow = ({ figures }: ReportRow, columns: readonly FigureColumn[]): boolean =>
  columns.every(({ key, kind }) =>
    kind === 'share' || kind === 'score' ? figures[key] === null : !figures[key],
  )
