import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import {
  heightOf,
  inReadingOrder,
  moved,
  placeFor,
  resized,
  settled,
  type Box,
  type Direction,
} from '../../src-renderer/features/dashboard/edit/grid-moves.ts'

const box = (id: string, x: number, y: number, w: number, h: number): Box => ({ id, x, y, w, h })
const smallest = { w: 2, h: 2 }
const placeOf = (tiles: readonly Box[], id: string) => {
  const tile = tiles.find((each) => each.id === id)
  return [tile?.x, tile?.y]
}
const overlap = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Two beside each other, a wide one below them. */
const three = [box('left', 0, 0, 6, 2), box('right', 6, 0, 6, 2), box('below', 0, 2, 12, 3)]

describe('moving a tile with an arrow', () => {
  test('goes past the neighbour below, which comes up in its place', () => {
    const after = moved([box('a', 0, 0, 4, 2), box('b', 0, 2, 4, 3)], 'a', 'down')
    expect(placeOf(after, 'b')).toEqual([0, 0])
    expect(placeOf(after, 'a')).toEqual([0, 3])
  })

  test('goes above the neighbour, which makes room', () => {
    const after = moved([box('a', 0, 0, 4, 2), box('b', 0, 2, 4, 3)], 'b', 'up')
    expect(placeOf(after, 'b')).toEqual([0, 0])
    expect(placeOf(after, 'a')).toEqual([0, 3])
  })

  test('pushes down what stands in its way sideways', () => {
    const after = moved(three, 'left', 'right')
    expect(placeOf(after, 'left')).toEqual([1, 0])
    expect(placeOf(after, 'right')).toEqual([6, 2])
    expect(placeOf(after, 'below')).toEqual([0, 4])
  })

  test.each([
    ['left', 'left'],
    ['left', 'up'],
    ['right', 'right'],
    ['below', 'down'],
  ] as const)('of %s to the %s changes nothing at the edge', (id, direction) => {
    expect(moved(three, id, direction)).toBe(three)
  })

  test('there and back brings everything back', () => {
    const pair = [box('a', 0, 0, 4, 2), box('b', 0, 2, 4, 3)]
    expect(moved(moved(pair, 'a', 'down'), 'a', 'up')).toEqual(pair)
  })
})

describe('resizing a tile with Shift and an arrow', () => {
  test('makes it taller and pushes the one below', () => {
    const after = resized(three, 'left', 'down', smallest)
    expect(after.find(({ id }) => id === 'left')).toMatchObject({ h: 3 })
    expect(placeOf(after, 'below')).toEqual([0, 3])
  })

  test('stops at the smallest size that can be read', () => {
    const tiles = [box('a', 0, 0, 2, 2)]
    expect(resized(tiles, 'a', 'left', smallest)).toBe(tiles)
    expect(resized(tiles, 'a', 'up', smallest)).toBe(tiles)
  })

  test('stops at the right edge', () => {
    const tiles = [box('a', 8, 0, 4, 2)]
    expect(resized(tiles, 'a', 'right', smallest)).toBe(tiles)
  })
})

test('a new tile stands beside the others where there is room, else below', () => {
  expect(placeFor([], { w: 4, h: 2 })).toEqual({ x: 0, y: 0, w: 4, h: 2 })
  expect(placeFor([box('a', 0, 0, 4, 2)], { w: 4, h: 2 })).toMatchObject({ x: 4, y: 0 })
  expect(placeFor([box('a', 0, 0, 12, 2)], { w: 4, h: 2 })).toMatchObject({ x: 0, y: 2 })
})

test('one column has the tiles in the order in which they are read', () => {
  expect(inReadingOrder(three.toReversed()).map(({ id }) => id)).toEqual(['left', 'right', 'below'])
})

const someBoxes = fc
  .array(
    fc.record({
      x: fc.nat(11),
      y: fc.nat(12),
      w: fc.integer({ min: 2, max: 12 }),
      h: fc.integer({ min: 2, max: 5 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((all) =>
    settled(all.map(({ x, w, ...rest }, n) => ({ id: String(n), ...rest, w, x: Math.min(x, 12 - w) }))),
  )
const steps = fc.array(
  fc.record({
    tile: fc.nat(8),
    direction: fc.constantFrom<Direction>('left', 'right', 'up', 'down'),
    isResize: fc.boolean(),
  }),
  { maxLength: 12 },
)

test('however tiles are moved and resized, none overlaps another, leaves the grid or hangs in the air', () => {
  fc.assert(
    fc.property(someBoxes, steps, (start, all) => {
      let tiles: readonly Box[] = start
      for (const { tile, direction, isResize } of all) {
        const id = String(tile % start.length)
        tiles = isResize ? resized(tiles, id, direction, smallest) : moved(tiles, id, direction)
      }
      tiles.forEach((a, n) => {
        expect(a.x).toBeGreaterThanOrEqual(0)
        expect(a.x + a.w).toBeLessThanOrEqual(12)
        expect(Number.isInteger(a.y)).toBe(true)
        for (const b of tiles.slice(n + 1)) expect(overlap(a, b)).toBe(false)
        expect(a.y === 0 || tiles.some((b) => b.y + b.h === a.y && b.x < a.x + a.w && a.x < b.x + b.w)).toBe(
          true,
        )
      })
      expect(heightOf(tiles)).toBeLessThanOrEqual(start.length * 20)
    }),
    { numRuns: 200 },
  )
})
