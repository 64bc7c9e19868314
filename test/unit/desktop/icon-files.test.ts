import { expect, test } from 'vitest'
import { Resvg } from '@resvg/resvg-js'
import { icns, ICNS_TYPES, ico, ICO_SIZES } from '../../../build/package/icon-files.ts'

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const pngOf = (size: number) =>
  new Resvg('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>', {
    fitTo: { mode: 'width', value: size },
  })
    .render()
    .asPng()
/** A PNG's width stands behind its signature and the head of its first block. */
const widthAt = (file: Buffer, offset: number) => file.readUInt32BE(offset + 16)

test('every entry of an .ico points at a PNG of the size it names', () => {
  const file = ico(ICO_SIZES.map((size) => ({ size, png: pngOf(size) })))

  expect(file.readUInt16LE(2)).toBe(1)
  expect(file.readUInt16LE(4)).toBe(ICO_SIZES.length)
  const entries = ICO_SIZES.map((_size, index) => 6 + 16 * index)
  const offsets = entries.map((at) => file.readUInt32LE(at + 12))
  expect(offsets.map((offset) => file.subarray(offset, offset + 8))).toEqual(
    ICO_SIZES.map(() => PNG_SIGNATURE),
  )
  expect(offsets.map((offset) => widthAt(file, offset))).toEqual(ICO_SIZES)
  expect(entries.map((at) => file.readUInt8(at) || 256)).toEqual(ICO_SIZES)
  const last = entries.at(-1) ?? 0
  expect((offsets.at(-1) ?? 0) + file.readUInt32LE(last + 8)).toBe(file.length)
})

test('an .icns is as long as it says, and each block holds a PNG of its type’s size', () => {
  const file = icns(ICNS_TYPES.map(([type, size]) => ({ type, png: pngOf(size) })))

  expect(file.toString('ascii', 0, 4)).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  let at = 8
  for (const [type, size] of ICNS_TYPES) {
    expect(file.toString('ascii', at, at + 4)).toBe(type)
    expect(widthAt(file, at + 8)).toBe(size)
    at += file.readUInt32BE(at + 4)
  }
  expect(at).toBe(file.length)
})
