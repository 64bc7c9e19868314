import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { PassThrough, type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { ExportFormat } from '../export.contract.ts'
import { BOM, csvRows } from './csv.ts'
import { bookParts, SHEET_ROWS, sheetTitle, sheetXml } from './sheet-xml.ts'
import type { Cell, SheetColumn, TableWriter, Writing } from './table.ts'

/** A new file's writer. @throws when the disk refuses, at the next write */
export const openWriter = (
  format: ExportFormat,
  path: string,
  { title, columns, writing }: { title: string; columns: readonly SheetColumn[]; writing: Writing },
): TableWriter =>
  format === 'csv'
    ? new CsvWriter(path, columns, writing)
    : new XlsxWriter(path, sheetTitle(title), columns, writing)

/** To the stream as it takes it: what is written waits for the disk, so no more than a stream's own buffer is held. */
async function put(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text) && !stream.destroyed) await once(stream, 'drain')
}

class CsvWriter implements TableWriter {
  readonly #file: WriteStream
  readonly #csv: ReturnType<typeof csvRows>
  readonly #broken: Promise<never>

  constructor(path: string, columns: readonly SheetColumn[], writing: Writing) {
    this.#file = createWriteStream(path, { flags: 'wx' })
    this.#broken = faultOf(this.#file)
    this.#csv = csvRows(columns, writing)
    this.#file.write(BOM + this.#csv.head())
  }

  write(rows: readonly (readonly Cell[])[]): Promise<void> {
    return Promise.race([put(this.#file, this.#csv.rows(rows)), this.#broken])
  }

  async end(): Promise<number> {
    this.#file.end()
    await Promise.race([finished(this.#file), this.#broken])
    return this.#file.bytesWritten
  }

  abandon(): Promise<void> {
    return closed(this.#file)
  }
}

/** One sheet after another is compressed on its way to the disk; what is said about all of them comes last. */
export class XlsxWriter implements TableWriter {
  readonly #zip = new ZipFile()
  readonly #file: WriteStream
  readonly #broken: Promise<never>
  readonly #xml: ReturnType<typeof sheetXml>
  readonly #title: string
  readonly #sheetRows: number
  #sheet: PassThrough
  #sheets = 0
  /** Rows in the sheet at hand, its head included. */
  #rows = 0

  /** @param sheetRows for tests; the format's limit else */
  constructor(
    path: string,
    title: string,
    columns: readonly SheetColumn[],
    writing: Writing,
    sheetRows = SHEET_ROWS,
  ) {
    this.#file = createWriteStream(path, { flags: 'wx' })
    this.#broken = faultOf(this.#file, this.#zip)
    this.#zip.outputStream.pipe(this.#file)
    this.#xml = sheetXml(columns, writing)
    this.#title = title
    this.#sheetRows = sheetRows
    this.#sheet = this.#nextSheet()
  }

  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    let text = ''
    for (const cells of rows) {
      if (this.#rows === this.#sheetRows) {
        await this.#put(text)
        text = ''
        this.#sheet.end(this.#xml.end())
        this.#sheet = this.#nextSheet()
      }
      this.#rows += 1
      text += this.#xml.row(cells, this.#rows)
    }
    await this.#put(text)
  }

  async end(): Promise<number> {
    this.#sheet.end(this.#xml.end())
    for (const [path, content] of bookParts(this.#title, this.#sheets))
      this.#zip.addBuffer(Buffer.from(content), path)
    this.#zip.end()
    await Promise.race([finished(this.#file), this.#broken])
    return this.#file.bytesWritten
  }

  abandon(): Promise<void> {
    this.#zip.outputStream.unpipe(this.#file)
    return closed(this.#file)
  }

  #put(text: string): Promise<void> {
    return text === '' ? Promise.resolve() : Promise.race([put(this.#sheet, text), this.#broken])
  }

  #nextSheet(): PassThrough {
    this.#sheets += 1
    this.#rows = 1
    const sheet = new PassThrough({ highWaterMark: 256 * 1_024 })
    this.#zip.addReadStream(sheet, `xl/worksheets/sheet${this.#sheets}.xml`)
    sheet.write(this.#xml.begin())
    return sheet
  }
}

/** Rejects with what goes wrong outside of anybody's call. */
function faultOf(...sources: { once(event: 'error', listener: (error: Error) => void): unknown }[]) {
  const { promise, reject } = Promise.withResolvers<never>()
  for (const source of sources) source.once('error', reject)
  promise.catch(() => undefined)
  return promise
}

async function closed(file: WriteStream): Promise<void> {
  if (file.closed) return
  const end = once(file, 'close').catch(() => undefined)
  file.destroy()
  await end
}
