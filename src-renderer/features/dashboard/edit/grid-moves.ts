/** Arranging tiles on a grid without gaps above them, as by the keyboard. Pure. */
import { GRID_COLUMNS } from '../../../../server/dashboards/contract.ts'

/** A tile's place, in columns and rows. */
export interface Box {
  id: string
  x: number
  y: number
  w: number
  h: number
}

interface Smallest {
  w: number
  h: number
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** As far down as a stored tile may stand, and as tall as it may be. */
const MAX_Y = 200
const MAX_H = 20

/**
 * Nothing overlaps and nothing hangs in the air: each tile, from the top on, rises until it meets another. Of two on the same row the
 * one called `first` has its way.
 */
export function settled<T extends Box>(tiles: readonly T[], first: string | null = null): T[] {
  const inOrder = [...tiles].sort(
    (a, b) => a.y - b.y || Number(b.id === first) - Number(a.id === first) || a.x - b.x,
  )
  const placed: T[] = []
  for (const tile of inOrder) {
    let y = 0
    // Below everything that was placed above it in its columns; a hole lower down is not looked for, so that order is kept.
    for (const other of placed) if (sharesColumns(tile, other)) y = Math.max(y, other.y + other.h)
    placed.push({ ...tile, y })
  }
  return tiles.map((tile) => placed.find(({ id }) => id === tile.id) ?? tile)
}

/** The tiles after one of them was moved one step; the same list when it can go no further. */
export function moved<T extends Box>(tiles: readonly T[], id: string, direction: Direction): readonly T[] {
  const tile = tiles.find((each) => each.id === id)
  if (!tile) return tiles
  const to = stepOf(tiles, tile, direction)
  return to ? changed(tiles, { ...tile, ...to }) : tiles
}

/** The tiles after one of them became wider or taller by one, or less so; the same list when it can't. */
export function resized<T extends Box>(
  tiles: readonly T[],
  id: string,
  direction: Direction,
  smallest: Smallest,
): readonly T[] {
  const tile = tiles.find((each) => each.id === id)
  if (!tile) return tiles
  const w = tile.w + (direction === 'right' ? 1 : direction === 'left' ? -1 : 0)
  const h = tile.h + (direction === 'down' ? 1 : direction === 'up' ? -1 : 0)
  const fits = w >= smallest.w && h >= smallest.h && h <= MAX_H && tile.x + w <= GRID_COLUMNS
  return fits ? changed(tiles, { ...tile, w, h }) : tiles
}

/** Where a new tile of this size goes: beside the others in the last row if there is room, else below them. */
export function placeFor(tiles: readonly Box[], { w, h }: Smallest): Pick<Box, 'x' | 'y' | 'w' | 'h'> {
  const bottom = heightOf(tiles)
  for (let y = Math.max(0, bottom - h); y <= bottom; y++)
    for (let x = 0; x + w <= GRID_COLUMNS; x++) {
      const place = { id: '', x, y, w, h }
      const rests = y === 0 || tiles.some((tile) => sharesColumns(tile, place) && tile.y + tile.h === y)
      if (rests && !tiles.some((tile) => overlaps(tile, place))) return { x, y, w, h }
    }
  return { x: 0, y: Math.min(bottom, MAX_Y), w, h }
}

/** The number of rows that all tiles together take. */
export const heightOf = (tiles: readonly Pick<Box, 'y' | 'h'>[]): number =>
  Math.max(0, ...tiles.map(({ y, h }) => y + h))

/** From the top left to the bottom right: the order in which they are read, and stand in one column. */
export const inReadingOrder = <T extends Pick<Box, 'x' | 'y'>>(tiles: readonly T[]): T[] =>
  [...tiles].sort((a, b) => a.y - b.y || a.x - b.x)

function changed<T extends Box>(tiles: readonly T[], tile: T): readonly T[] {
  const after = settled(
    tiles.map((each) => (each.id === tile.id ? tile : each)),
    tile.id,
  )
  return after.some((each, n) => !samePlace(each, tiles[n])) ? after : tiles
}

/** Sideways by a column; up and down past the whole neighbour, for a single row would let it fall back. */
function stepOf(tiles: readonly Box[], tile: Box, direction: Direction): { x: number; y: number } | null {
  const { x, y, w, h } = tile
  if (direction === 'left') return x > 0 ? { x: x - 1, y } : null
  if (direction === 'right') return x + w < GRID_COLUMNS ? { x: x + 1, y } : null
  const neighbours = tiles.filter((each) => each.id !== tile.id && sharesColumns(each, tile))
  if (direction === 'up') {
    const above = neighbours.filter((each) => each.y + each.h <= y).sort((a, b) => b.y + b.h - a.y - a.h)[0]
    return above ? { x, y: above.y } : null
  }
  const below = neighbours.filter((each) => each.y >= y + h).sort((a, b) => a.y - b.y)[0]
  return below ? { x, y: below.y + 0.5 } : null
}

const samePlace = (a: Box, b: Box | undefined): boolean =>
  b !== undefined && a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h
const sharesColumns = (a: Pick<Box, 'x' | 'w'>, b: Pick<Box, 'x' | 'w'>): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w
const overlaps = (a: Box, b: Box): boolean => sharesColumns(a, b) && a.y < b.y + b.h && b.y < a.y + a.h
