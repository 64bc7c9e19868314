/** A report as a table for files and letters. Pure. */
import type { FigureColumn, Grouping, Report, ReportRow } from '../contract.ts'
import { figureName, groupName, type ReportWords } from './figure-words.ts'
import type { Cell, SheetColumn } from './table.ts'

export interface ReportTable {
  title: string
  columns: SheetColumn[]
  /** The last is the total. */
  rows: Cell[][]
}

/** As it is shown: a row for each group, with the same of the compared time beside each figure where there is one. */
export function reportTable(report: Report, words: ReportWords): ReportTable {
  const { groupBy, columns, rows, total } = report
  const hasBefore = total.before !== null || rows.some(({ before }) => before !== null)
  const title = (column: FigureColumn) => figureName(words, column)
  const isDay = groupBy === 'day' || groupBy === 'week'
  const figures = ({ figures, before }: ReportRow): Cell[] =>
    columns.flatMap(({ key }) => [figures[key] ?? null, ...(hasBefore ? [before?.[key] ?? null] : [])])
  return {
    title: words.report[report.report],
    columns: [
      { title: words.grouping[groupBy], kind: isDay ? 'day' : 'text' },
      ...columns.flatMap((column): SheetColumn[] => [
        { title: title(column), kind: column.kind },
        ...(hasBefore ? [{ title: `${title(column)} – ${words.before}`, kind: column.kind } as const] : []),
      ]),
    ],
    rows: [
      ...rows.map((row): Cell[] => [groupCell(words, groupBy, row), ...figures(row)]),
      [words.total, ...figures(total)],
    ],
  }
}

const groupCell = (words: ReportWords, groupBy: Grouping, row: ReportRow): string =>
  groupBy === 'day' || groupBy === 'week' ? (row.key ?? words.without) : groupName(words, groupBy, row)
