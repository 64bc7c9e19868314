/** First and last byte, both included. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * What a `Range` header asks for of `size` bytes: one stretch, `'unsatisfiable'`, or undefined for all of it (no header,
 * another unit, several stretches at once: then the whole answer is always right).
 */
export function parseByteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < start) return undefined
  return start >= size ? 'unsatisfiable' : { start, end }
}
