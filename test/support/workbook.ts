/** Reads a workbook back, with nothing of what writes it. */
import { inflateRawSync } from 'node:zlib'

/** The parts of a zip by their paths, as its central directory names them (PKWARE APPNOTE, 4.3.12). */
export function unzip(file: Buffer): Map<string, string> {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  const parts = new Map<string, string>()
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset))
    const name = file.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    const local = file.readUInt32LE(at + 42)
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const content = file.subarray(begin, begin + file.readUInt32LE(at + 20))
    parts.set(name, (file.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString())
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return parts
}

/** Rows of cells as `[type or style, text]`. */
export const rowsOf = (sheet: string): [string, string][][] =>
  [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<c r="\w+"(?: s="(\d)")?(?: t="(\w+)")?(?: s="\d")?>(.*?)<\/c>/gs)].map(
      ([, style, type, inner = '']) => [type ?? `s${style ?? ''}`, inner.replace(/<[^>]+>/g, '')],
    ),
  )
