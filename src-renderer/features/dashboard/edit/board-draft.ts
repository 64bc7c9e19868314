import { shallowRef, computed } from 'vue'
import type { DashboardInput, DashboardView, Tile, TileKind } from '../../../../server/dashboards/contract.ts'
import { newId } from '../../../outbox/new-id.ts'
import { tileSpecs } from '../tile-kinds.ts'
import { moved, placeFor, resized, settled, type Box, type Direction } from './grid-moves.ts'

export type BoardContent = Omit<DashboardInput, 'id'>

export const contentOf = ({ name, audience, teamIds, tiles }: BoardContent): BoardContent => ({
  name,
  audience,
  teamIds,
  tiles,
})

/** The most tiles that a dashboard may have. */
export const MOST_TILES = 40

/** A dashboard being arranged: every change can be taken back, one by one. */
export function createBoardDraft(board: DashboardView) {
  const begun: BoardContent = { ...contentOf(board), tiles: settled(board.tiles) }
  const content = shallowRef(begun)
  const past = shallowRef<readonly BoardContent[]>([])
  /** Of the last change: typing on in the same field is one change. */
  let lastField: string | null = null

  function change(changes: Partial<BoardContent>, field: string | null = null): void {
    if (field === null || field !== lastField) past.value = [...past.value, content.value]
    lastField = field
    content.value = { ...content.value, ...changes }
  }

  /** Answers whether anything moved. */
  function put(tiles: readonly Tile[]): boolean {
    if (tiles === content.value.tiles) return false
    change({ tiles: [...tiles] })
    return true
  }

  /** Takes places over from where they were dragged to. */
  function place(boxes: readonly Box[]): void {
    const byId = new Map(boxes.map((box) => [box.id, box]))
    const isMoved = content.value.tiles.some((tile) => {
      const box = byId.get(tile.id)
      return box && (box.x !== tile.x || box.y !== tile.y || box.w !== tile.w || box.h !== tile.h)
    })
    if (isMoved) change({ tiles: content.value.tiles.map((tile) => ({ ...tile, ...byId.get(tile.id) })) })
  }

  function add(kind: TileKind): Tile {
    const { size } = tileSpecs[kind]
    const tile: Tile = {
      id: newId(),
      kind,
      ...placeFor(content.value.tiles, size),
      teamIds: null,
      threshold: null,
    }
    change({ tiles: [...content.value.tiles, tile] })
    return tile
  }

  function undo(): boolean {
    const before = past.value.at(-1)
    if (!before) return false
    past.value = past.value.slice(0, -1)
    lastField = null
    content.value = before
    return true
  }

  return {
    content,
    isChanged: computed(() => JSON.stringify(content.value) !== JSON.stringify(begun)),
    canUndo: computed(() => past.value.length > 0),
    change,
    undo,
    place,
    add,
    move: (id: string, direction: Direction) => put(moved(content.value.tiles, id, direction)),
    resize(id: string, direction: Direction): boolean {
      const tile = content.value.tiles.find((each) => each.id === id)
      return tile ? put(resized(content.value.tiles, id, direction, tileSpecs[tile.kind].smallest)) : false
    },
    remove: (id: string) => put(settled(content.value.tiles.filter((tile) => tile.id !== id))),
    changeTile(id: string, changes: Partial<Pick<Tile, 'teamIds' | 'threshold'>>, field: string): void {
      const tiles = content.value.tiles.map((tile) => (tile.id === id ? { ...tile, ...changes } : tile))
      change({ tiles }, `${id}.${field}`)
    },
  }
}

export type BoardDraft = ReturnType<typeof createBoardDraft>
