/** Comma-separated values (RFC 4180) as spreadsheets of the reader's language open them. Pure. */
import { LocalTime } from './local-time.ts'
import type { Cell, SheetColumn, Writing } from './table.ts'

/** Without it Excel takes UTF-8 for the code page of the computer. */
export const BOM = '\uFEFF'

/**
 * Words that a spreadsheet would take for a formula are kept words by an apostrophe, as OWASP advises against "CSV injection":
 * tickets hold what strangers wrote. Full-width forms are taken for the same signs by some.
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** Answers a function that writes rows, each with its line end. */
export function csvRows(columns: readonly SheetColumn[], writing: Writing) {
  // Where the comma parts whole numbers from their fractions, it can't part cells.
  const isCommaDecimal = writing.locale !== 'en'
  const separator = isCommaDecimal ? ';' : ','
  const needsQuotes = isCommaDecimal ? /[";\r\n]|^\s|\s$/ : /[",\r\n]|^\s|\s$/
  const local = new LocalTime(writing.timezone)
  const number = (value: number) => (isCommaDecimal ? String(value).replace('.', ',') : String(value))
  const quoted = (text: string) => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

  function cell(value: Cell, kind: SheetColumn['kind']): string {
    if (value === null) return ''
    if (typeof value === 'boolean') return value ? writing.yes : writing.no
    if (typeof value === 'string') return quoted(formula.test(value) ? `'${value}` : value)
    if (kind === 'instant') return wallClock(local.wall(value))
    if (kind === 'duration') return hours(value)
    // A bare number says nothing of hundredths; the head of its column does.
    if (kind === 'share') return number(Number((value * 100).toFixed(2)))
    if (kind === 'score' || kind === 'signed') return number(Number(value.toFixed(4)))
    return number(value)
  }

  const line = (cells: string[]) => `${cells.join(separator)}\r\n`
  return {
    head: () => line(columns.map(({ title }) => cell(title, 'text'))),
    rows: (rows: readonly (readonly Cell[])[]) =>
      rows.map((row) => line(columns.map(({ kind }, i) => cell(row[i] ?? null, kind)))).join(''),
  }
}

/** `2026-11-26 14:03:05`: read as a date in every language. */
const wallClock = (wall: number) => new Date(wall).toISOString().slice(0, 19).replace('T', ' ')

/** `26:03:05`, hours running on beyond the day. */
export function hours(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const text = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return ms < 0 && seconds > 0 ? `-${text}` : text
}
