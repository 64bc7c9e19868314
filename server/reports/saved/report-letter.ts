/** A report as a letter: the table in it, readable in any program for mail. Pure. */
import { hours } from '../export/csv.ts'
import type { ReportTable } from '../export/report-table.ts'
import type { Cell, ColumnKind } from '../export/table.ts'
import type { OfficeSettings } from '../../settings/contract.ts'

interface About {
  name: string
  office: OfficeSettings
  /** The period, milliseconds UTC; it ends where the next begins. */
  from: number
  to: number
  /** Rows beyond what is shown. */
  leftOut: number
  /** When it should have gone out, where it is late. */
  lateSince: number | null
}

/** Longer tables are for the attachment. */
const SHOWN = 60

export function reportLetter(table: ReportTable, about: About) {
  const { name, office } = about
  const words = letterWords[office.locale]
  const period = periodText(about)
  const notes = notesOf(table, about)
  const rows =
    table.rows.length > SHOWN ? [...table.rows.slice(0, SHOWN - 1), ...table.rows.slice(-1)] : table.rows
  const written = rows.map((row) =>
    row.map((cell, i) => shown(cell, table.columns[i]?.kind ?? 'text', office)),
  )
  const titles = table.columns.map(({ title }) => title)
  return {
    subject: `${name} · ${period}`,
    text: [
      `${name} – ${table.title}`,
      period,
      ...notes,
      '',
      titles.join(' | '),
      ...written.map((row) => row.join(' | ')),
      '',
      words.foot.replace('{company}', () => office.company),
    ].join('\n'),
    html: html({ name, title: table.title, period, notes, titles, written, foot: words.foot }, table, office),
  }
}

interface Parts {
  name: string
  title: string
  period: string
  notes: string[]
  titles: string[]
  written: string[][]
  foot: string
}

/** Mail programs know no style sheets: every cell says how it looks. */
function html(parts: Parts, { columns }: ReportTable, { locale, company }: OfficeSettings): string {
  const side = (i: number) => (columns[i]?.kind === 'text' || columns[i]?.kind === 'day' ? 'left' : 'right')
  const cell = (tag: string, text: string, i: number, more = '') =>
    `<${tag} style="padding:6px 10px;border-bottom:1px solid #dde1e6;text-align:${side(i)};${more}">${escaped(text)}</${tag}>`
  const last = parts.written.length - 1
  const line = (row: string[], n: number) =>
    `<tr>${row.map((text, i) => cell('td', text, i, n === last ? 'font-weight:bold' : '')).join('')}</tr>`
  return (
    `<!doctype html><html lang="${locale}"><body style="margin:0;padding:16px;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:14px;color:#1c2128">` +
    `<h1 style="font-size:18px;margin:0 0 4px">${escaped(parts.name)}</h1><p style="margin:0 0 12px;color:#57606a">${escaped(`${parts.title} · ${parts.period}`)}</p>` +
    parts.notes.map((note) => `<p style="margin:0 0 12px">${escaped(note)}</p>`).join('') +
    `<table style="border-collapse:collapse;font-size:13px"><thead><tr>${parts.titles.map((text, i) => cell('th', text, i)).join('')}</tr></thead>` +
    `<tbody>${parts.written.map(line).join('')}</tbody></table>` +
    `<p style="margin:16px 0 0;font-size:12px;color:#57606a">${escaped(parts.foot.replace('{company}', () => company))}</p></body></html>`
  )
}

function shown(cell: Cell, kind: ColumnKind, { locale, timezone }: OfficeSettings): string {
  if (cell === null) return '–'
  if (typeof cell === 'boolean') return cell ? '✓' : ''
  if (typeof cell === 'string')
    return kind === 'day' && /^\d{4}-\d\d-\d\d$/.test(cell) ? dayText(Date.parse(cell), locale, 'UTC') : cell
  if (kind === 'duration') return hours(cell)
  if (kind === 'share')
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(cell)
  if (kind === 'instant') return dayText(cell, locale, timezone)
  return new Intl.NumberFormat(locale, { maximumFractionDigits: kind === 'signed' ? 0 : 2 }).format(cell)
}

function periodText({ from, to, office: { locale, timezone } }: About): string {
  const [first, last] = [dayText(from, locale, timezone), dayText(to - 1, locale, timezone)]
  return first === last ? first : `${first} – ${last}`
}

function notesOf({ rows }: ReportTable, { leftOut, lateSince, office }: About): string[] {
  const words = letterWords[office.locale]
  const { locale, timezone } = office
  const notes: string[] = []
  if (lateSince !== null) {
    const format = new Intl.DateTimeFormat(locale, {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: timezone,
    })
    notes.push(words.late.replace('{when}', () => format.format(lateSince)))
  }
  const hidden = leftOut + Math.max(0, rows.length - SHOWN)
  if (hidden > 0) notes.push(words.leftOut.replace('{count}', () => String(hidden)))
  return notes
}

const dayText = (at: number, locale: string, timeZone: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone }).format(at)

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? '')

const letterWords: Record<OfficeSettings['locale'], { late: string; leftOut: string; foot: string }> = {
  'pt-BR': {
    late: 'Este relatório era para {when} e sai com atraso: o servidor estava desligado.',
    leftOut: 'Linhas que não aparecem aqui: {count}.',
    foot: 'Enviado pelo Balcão de {company}.',
  },
  en: {
    late: 'This report was due {when} and is late: the server was switched off.',
    leftOut: 'Rows not shown here: {count}.',
    foot: 'Sent by the Balcão of {company}.',
  },
  es: {
    late: 'Este informe era para {when} y sale con retraso: el servidor estaba apagado.',
    leftOut: 'Filas que no aparecen aquí: {count}.',
    foot: 'Enviado por el Balcão de {company}.',
  },
}
