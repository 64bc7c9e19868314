/**
 * The parts of a workbook in Office Open XML (ECMA-376, part 1: 18.2 workbook, 18.3 worksheets, 18.8 styles). Text stands in the cells
 * themselves (`inlineStr`): a table of shared texts would have to be held in memory. Pure.
 */
import { LocalTime } from './local-time.ts'
import type { Cell, ColumnKind, SheetColumn, Writing } from './table.ts'

/** What a sheet holds, its head included; the format's own limit. */
export const SHEET_ROWS = 1_048_576
/** No more fits into a cell. */
const TEXT_MAX = 32_767
const DAY_MS = 86_400_000
/** Days are counted from 1899-12-30, for Excel believes in a 29th of February 1900. */
const EPOCH_MS = Date.UTC(1899, 11, 30)

/** Their places among `cellXfs` below; 1 is the head's. */
const styles: Record<ColumnKind, number> = {
  ...{ text: 0, flag: 0, count: 2, signed: 2, score: 3, share: 4, duration: 5, instant: 6, day: 7 },
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Answers functions that write one sheet from its beginning; the head stays in sight while one scrolls. */
export function sheetXml(columns: readonly SheetColumn[], { timezone }: Writing) {
  const local = new LocalTime(timezone)
  const names = columns.map((_, i) => columnName(i))

  function cell(value: Cell, kind: ColumnKind, place: string): string {
    if (value === null) return ''
    const style = styles[kind] === 0 ? '' : ` s="${styles[kind]}"`
    if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
    if (typeof value === 'number') return `<c r="${place}"${style}><v>${serial(value, kind, local)}</v></c>`
    // The total stands among the days and is none.
    if (kind === 'day' && /^\d{4}-\d\d-\d\d$/.test(value))
      return `<c r="${place}"${style}><v>${(Date.parse(value) - EPOCH_MS) / DAY_MS}</v></c>`
    return text(value, place)
  }

  return {
    begin: () =>
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ` +
      `activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.map(width).join('')}</cols><sheetData>` +
      `<row r="1">${columns.map(({ title }, i) => text(title, `${names[i]}1`, 1)).join('')}</row>`,
    /** @param number the row's own, from 2 on */
    row: (cells: readonly Cell[], number: number) =>
      `<row r="${number}">${columns.map(({ kind }, i) => cell(cells[i] ?? null, kind, `${names[i]}${number}`)).join('')}</row>`,
    end: () => '</sheetData></worksheet>',
  }
}

function serial(value: number, kind: ColumnKind, local: LocalTime): number {
  if (kind === 'duration') return value / DAY_MS
  return kind === 'instant' ? (local.wall(value) - EPOCH_MS) / DAY_MS : value
}

const widths: Record<ColumnKind, number> = {
  ...{ text: 28, flag: 10, count: 12, signed: 12, score: 12, share: 12, duration: 14, instant: 18, day: 12 },
}
const width = ({ kind, title }: SheetColumn, i: number) =>
  `<col min="${i + 1}" max="${i + 1}" width="${Math.max(widths[kind], Math.min(40, title.length + 2))}" customWidth="1"/>`

function text(value: string, place: string, style = 0): string {
  return `<c r="${place}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Without what XML can't hold, nor half a sign; and what only looks like the format's own escape (`_x0041_`) stays as it is. */
const escaped = (value: string) =>
  value
    .slice(0, TEXT_MAX)
    .toWellFormed()
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    // eslint-disable-next-line no-control-regex -- these are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? '')

/** `A` to `Z`, then `AA`. */
function columnName(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}

/** The parts beside the sheets, by their paths in the package. */
export function bookParts(title: string, sheets: number): [path: string, content: string][] {
  const each = Array.from({ length: sheets }, (_, i) => i + 1)
  const sheetName = (n: number) => escaped(sheets === 1 ? title : `${title} (${n})`)
  return [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
        each
          .map(
            (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
          )
          .join('') +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
        each.map((n) => `<sheet name="${sheetName(n)}" sheetId="${n}" r:id="rId${n}"/>`).join('') +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
        each
          .map(
            (n) =>
              `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
          )
          .join('') +
        `<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', stylesXml],
  ]
}

/** Number formats 1, 2, 10, 14 and 22 are built in; 14 and 22 are dates as the reader's computer writes them. */
const stylesXml =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8">' +
  '<xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>' +
  [1, 2, 10, 164, 22, 14].map((id) => `<xf xfId="0" numFmtId="${id}" applyNumberFormat="1"/>`).join('') +
  '</cellXfs></styleSheet>'

/** What a sheet may be called: no longer than 31 signs, the number behind it included, and without these. */
export const sheetTitle = (title: string) =>
  title
    .replace(/[[\]:*?/\\']/g, ' ')
    .slice(0, 24)
    .trim() || 'Balcão'
