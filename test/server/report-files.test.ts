import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvRows } from '../../server/reports/export/csv.ts'
import { figureName, reportWords } from '../../server/reports/export/figure-words.ts'
import { fileNameOf } from '../../server/reports/export/file-names.ts'
import { definitions } from '../../server/reports/definitions.ts'
import type { SheetColumn, Writing } from '../../server/reports/export/table.ts'
import { ticketColumns } from '../../server/reports/export/ticket-words.ts'
import { writeFile } from '../../server/reports/export/write-file.ts'
import { XlsxWriter } from '../../server/reports/export/writers.ts'
import { cellColumns } from '../../server/reports/ticket-cells.ts'
import { rowsOf, unzip } from '../support/workbook.ts'

const br: Writing = { locale: 'pt-BR', timezone: 'America/Sao_Paulo', yes: 'Sim', no: 'Não' }
const columns: SheetColumn[] = [
  { title: 'Assunto', kind: 'text' },
  { title: 'Criado em', kind: 'instant' },
  { title: 'Tempo', kind: 'duration' },
  { title: 'Parte (%)', kind: 'share' },
]
const at = Date.UTC(2026, 10, 26, 17, 3, 5)
const DAY_MS = 86_400_000

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'balcao-files-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a CSV', () => {
  it('is parted as spreadsheets of its language want it, with hours that run on and the time of the office', () => {
    const row = ['Nota; com "aspas"', at, 26 * 3_600_000 + 185_000, 0.125]
    expect(csvRows(columns, br).rows([row])).toBe(
      '"Nota; com ""aspas""";2026-11-26 14:03:05;26:03:05;12,5\r\n',
    )
    expect(csvRows(columns, { ...br, locale: 'en' }).rows([row])).toBe(
      '"Nota; com ""aspas""",2026-11-26 14:03:05,26:03:05,12.5\r\n',
    )
  })

  it('says shares in hundredths, as the heads of their columns do', () => {
    const [share] = definitions.attainment.columns
    for (const locale of ['pt-BR', 'en', 'es'] as const) {
      const title = figureName(reportWords[locale], share as never)
      const csv = csvRows([{ title, kind: 'share' }], { ...br, locale })
      expect([csv.head(), csv.rows([[2 / 3], [1]])].join('')).toMatch(/ \(%\)\r\n66[.,]67\r\n100\r\n$/)
    }
  })

  it.each(['=SOMA(A1)', '+55', '-1', '@cmd', '\t=1', '＝1'])('keeps %j words, never a formula', (text) => {
    const [cell = ''] = csvRows(columns, br)
      .rows([[text, null, null, null]])
      .split(';')
    expect(cell.replace(/^"/, '')).toMatch(/^'/)
  })
})

describe('a workbook', () => {
  it('has numbers, dates and durations as such, and any text as it is', async () => {
    const path = join(folder, 'um.xlsx')
    const writer = new XlsxWriter(path, 'Volume', columns, br)
    await writer.write([['=1+1 <b> & _x0041_\u0000', at, 26 * 3_600_000, 0.5]])
    await writer.end()
    const parts = unzip(await readFile(path))
    const [head, row] = rowsOf(parts.get('xl/worksheets/sheet1.xml') ?? '')
    expect(head?.map(([, text]) => text)).toEqual(['Assunto', 'Criado em', 'Tempo', 'Parte (%)'])
    expect(row?.[0]).toEqual(['inlineStr', '=1+1 &lt;b&gt; &amp; _x005F_x0041_'])
    const days = (Date.UTC(2026, 10, 26, 14, 3, 5) - Date.UTC(1899, 11, 30)) / DAY_MS
    expect(row?.slice(1)).toEqual([
      ['s6', String(days)],
      ['s5', String(26 / 24)],
      ['s4', '0.5'],
    ])
    expect(parts.get('xl/workbook.xml')).toContain('<sheet name="Volume" sheetId="1" r:id="rId1"/>')
  })

  it('goes on in another sheet where one is full, each with the head', async () => {
    const path = join(folder, 'dois.xlsx')
    const writer = new XlsxWriter(path, 'Tickets', columns, br, 3)
    await writer.write(Array.from({ length: 5 }, (_, i) => [`T${i}`, null, null, null]))
    await writer.end()
    const parts = unzip(await readFile(path))
    const sheets = [1, 2, 3].map((n) =>
      rowsOf(parts.get(`xl/worksheets/sheet${n}.xml`) ?? '').map((row) => row[0]?.[1]),
    )
    expect(sheets).toEqual([
      ['Assunto', 'T0', 'T1'],
      ['Assunto', 'T2', 'T3'],
      ['Assunto', 'T4'],
    ])
    expect(parts.get('[Content_Types].xml')).toContain('/xl/worksheets/sheet3.xml')
  })
})

describe('a file of 200,000 rows', () => {
  it.each(['csv', 'xlsx'] as const)(
    'as %s is written in its thread, one chunk on its way at a time',
    async (format) => {
      const path = join(folder, `muitos.${format}`)
      const TOTAL = 200_000
      let read = 0
      let written = 0
      let most = 0
      function* chunks() {
        for (; read < TOTAL; read += 1_000) {
          // What has been read and is not yet with the writer's disk.
          most = Math.max(most, read - written)
          yield Array.from({ length: 1_000 }, (_, i) => [`Ticket ${read + i}`, at, i * 1_000, null])
        }
      }
      const size = await writeFile(
        { format, path, table: { title: 'Tickets', columns, writing: br } },
        chunks(),
        new AbortController().signal,
        (rows) => (written = rows),
      )
      const content = await readFile(path)
      expect(most).toBe(0)
      expect([written, content.length]).toEqual([TOTAL, size])
      const text =
        format === 'csv' ? content.toString() : (unzip(content).get('xl/worksheets/sheet1.xml') ?? '')
      expect(text.match(format === 'csv' ? /\r\n/g : /<row /g)).toHaveLength(TOTAL + 1)
      expect(text).toContain(`Ticket ${TOTAL - 1}`)
    },
  )

  it('leaves nothing running when it is broken off', async () => {
    const stop = new AbortController()
    function* endless() {
      for (;;) yield [['x', null, null, null]]
    }
    const task = {
      format: 'csv' as const,
      path: join(folder, 'meio.csv'),
      table: { title: 'x', columns, writing: br },
    }
    const writing = writeFile(task, endless(), stop.signal, (rows) => rows > 20 && stop.abort())
    await expect(writing).rejects.toThrow()
  })
})

describe('a file’s name', () => {
  it('is all that its report is called, whatever that has between its words', () => {
    const question = { from: '2026-11-01T03:00:00Z', to: '2026-12-01T03:00:00Z' }
    expect(fileNameOf('Suporte/Vendas', { format: 'csv', question }, br.timezone)).toBe(
      'Suporte-Vendas 2026-11-01 – 2026-11-30.csv',
    )
  })
})

describe('words', () => {
  it('every figure and every column of a file has its name in every language', () => {
    for (const locale of ['pt-BR', 'en', 'es'] as const) {
      const words = reportWords[locale]
      for (const { columns: figures } of Object.values(definitions))
        for (const figure of figures) {
          const name = figureName(words, figure)
          expect(name, `${locale} ${figure.key}`).not.toMatch(/^[a-z]+[A-Z]|^(?!NPS)[a-z]/)
        }
      for (const { title } of ticketColumns(cellColumns, locale)) expect(title).toMatch(/^[^a-z]/)
    }
  })
})
