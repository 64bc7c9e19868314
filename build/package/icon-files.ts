/**
 * Pictures in the containers that Windows and macOS want: both are a table of contents before PNG files. Sources: Microsoft, "The
 * format of icon resources" (PNG entries since Windows Vista); Apple's ICNS types `ic04` to `ic14`, which hold PNG.
 */

/** Sizes of an icon on Windows, from the taskbar at 100 % to Explorer's largest. Pixels. */
export const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256]

/** macOS's types with their edge in pixels; two types of one size are that size, and half of it on a fine screen. */
export const ICNS_TYPES: readonly (readonly [type: string, size: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/** An `.ico` of square pictures of at most 256 pixels. */
export function ico(pictures: readonly { readonly size: number; readonly png: Uint8Array }[]): Buffer {
  const HEADER = 6
  const ENTRY = 16
  const head = Buffer.alloc(HEADER + ENTRY * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const at = HEADER + ENTRY * index
    // A byte holds an edge of 256 as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** An `.icns` of pictures, each of the size that its type means. */
export function icns(pictures: readonly { readonly type: string; readonly png: Uint8Array }[]): Buffer {
  const blocks = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8)
    head.write(type, 'ascii')
    head.writeUInt32BE(8 + png.length, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'ascii')
  head.writeUInt32BE(8 + blocks.reduce((sum, { length }) => sum + length, 0), 4)
  return Buffer.concat([head, ...blocks])
}
