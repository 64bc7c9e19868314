import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'

const SAMPLE = 8_192

/** Text formats that nothing in the content tells apart, by the name's ending. None that a browser would run. */
const textTypes = new Map([
  ['csv', 'text/csv'],
  ['tsv', 'text/tab-separated-values'],
  ['md', 'text/markdown'],
  ['json', 'application/json'],
  ['ics', 'text/calendar'],
  ['vcf', 'text/vcard'],
  ['eml', 'message/rfc822'],
])

/** Formats that are recognised and that a browser would run or render as a page; they are kept as the text they are. */
const activeTypes =
  /^(text\/html|application\/xhtml\+xml|application\/xml|text\/xml|image\/svg\+xml|text\/javascript)$/

/** What the file is, by its content; the name helps only among plain texts. */
export async function sniffType(path: string, name: string): Promise<string> {
  const sniffed = await fileTypeFromFile(path).then(
    (found) => found?.mime,
    // A file that breaks the parser is a file of no known type.
    () => undefined,
  )
  if (sniffed) return activeTypes.test(sniffed) ? 'text/plain' : sniffed
  if (!looksLikeText(await sampleOf(path))) return 'application/octet-stream'
  return textTypes.get(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '') ?? 'text/plain'
}

/** No control characters but those of lines and tabs. Bytes above 127 may be any of the old or new encodings. */
const looksLikeText = (sample: Uint8Array): boolean =>
  sample.every(
    (byte) => (byte >= 32 && byte !== 127) || byte === 9 || byte === 10 || byte === 12 || byte === 13,
  )

async function sampleOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
