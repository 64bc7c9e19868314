import { GridStack, type GridItemHTMLElement } from 'gridstack'
import 'gridstack/dist/gridstack.css'
import { nextTick, onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import type { Tile } from '../../../../server/dashboards/contract.ts'
import { tileSpecs } from '../tile-kinds.ts'
import type { Box } from './grid-moves.ts'

/** The same rows as those of the grid outside of arranging: 56 px and 12 px between them. */
const CELL_PX = 68
const MARGIN_PX = 6

/**
 * Lets tiles be dragged and resized with the pointer. Vue draws them (`[data-tile]` inside `host`); the library only places them, and
 * tells where they have been left.
 */
export function useGridstack(
  host: Ref<HTMLElement | null>,
  tiles: Ref<readonly Tile[]>,
  onPlaced: (boxes: Box[]) => void,
): void {
  let grid: GridStack | null = null
  /** Places that the model has given are no news to it. */
  let isTold = false

  const elementOf = (id: string): GridItemHTMLElement | null =>
    host.value?.querySelector<GridItemHTMLElement>(`[data-tile="${id}"]`) ?? null

  function optionsOf({ id, kind, x, y, w, h }: Tile) {
    const { smallest } = tileSpecs[kind]
    return { id, x, y, w, h, minW: smallest.w, minH: smallest.h, maxH: 20 }
  }

  function tell(work: (grid: GridStack) => void): void {
    const told = grid
    if (!told) return
    isTold = true
    told.batchUpdate()
    work(told)
    told.batchUpdate(false)
    isTold = false
  }

  function readPlaces(): void {
    if (!grid || isTold) return
    const boxes = grid.engine.nodes.flatMap(({ id, x, y, w, h }) =>
      id === undefined ? [] : [{ id: String(id), x: x ?? 0, y: y ?? 0, w: w ?? 1, h: h ?? 1 }],
    )
    onPlaced(boxes)
  }

  onMounted(() => {
    if (!host.value) return
    const made = GridStack.init(
      {
        // Vue's elements are made tiles one by one below, each with its place.
        auto: false,
        column: 12,
        cellHeight: CELL_PX,
        margin: MARGIN_PX,
        animate: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
        resizable: { handles: 's,e,se' },
      },
      host.value,
    )
    if (!made) return
    grid = made
    tell(() => {
      for (const tile of tiles.value) {
        const element = elementOf(tile.id)
        if (element) made.makeWidget(element, optionsOf(tile))
      }
    })
    made.on('change', readPlaces)
  })

  watch(tiles, async (now, before) => {
    const kept = new Set(now.map(({ id }) => id))
    // While the elements are still there; it is Vue that takes them away.
    for (const { id } of before) {
      const element = kept.has(id) ? null : elementOf(id)
      if (element) tell((made) => made.removeWidget(element, false, false))
    }
    await nextTick()
    tell((made) => {
      for (const tile of now) {
        const element = elementOf(tile.id)
        if (!element) continue
        if (element.gridstackNode) made.update(element, optionsOf(tile))
        else made.makeWidget(element, optionsOf(tile))
      }
    })
  })

  onBeforeUnmount(() => {
    grid?.destroy(false)
    grid = null
  })
}
