import { computed, ref, type Ref } from 'vue'
import { flattenTree, landing, movesSomething, subtree, type Branch, type Move } from './tree.ts'

/** How far one level lies to the right, in pixels; the style sheet of the list says the same. */
export const INDENT = 22

interface Drag {
  id: string
  startX: number
  startDepth: number
  /** Where it would land: pixels from the list's top, and the level. */
  top: number
  depth: number
  move: Move
}

export interface DragOrderOptions<Row extends Branch> {
  rows: () => readonly Row[]
  /** How many levels the list may have. */
  levels: () => number
  /** Holds one element with `data-row` per row, in the order drawn, and is their offset parent. */
  list: Readonly<Ref<HTMLElement | null>>
  onMove: (move: Move) => void
}

/** Dragging rows by their handle, with mouse, pen or finger. Nothing moves until the row is let go. */
export function useDragOrder<Row extends Branch>({ rows, levels, list, onMove }: DragOrderOptions<Row>) {
  const drag = ref<Drag | null>(null)

  function start(event: PointerEvent, id: string): void {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const leaf = flattenTree(rows()).find(({ row }) => row.id === id)
    if (!leaf) return
    const siblings = rows().map((row) => row.id)
    const move = { id, parentId: leaf.row.parentId, siblings }
    drag.value = { id, startX: event.clientX, startDepth: leaf.depth, depth: leaf.depth, top: -1, move }
  }

  function follow(event: PointerEvent): void {
    const current = drag.value
    if (!current || !list.value) return
    const leaves = flattenTree(rows())
    const dragged = new Set(subtree(leaves, current.id).map(({ row }) => row.id))
    const others = [...list.value.querySelectorAll<HTMLElement>('[data-row]')].filter(
      (element) => !dragged.has(element.dataset.row ?? ''),
    )
    const gap = others.filter((element) => middleOf(element) < event.clientY).length
    const wantedDepth = current.startDepth + Math.round((event.clientX - current.startX) / INDENT)
    const { depth, move } = landing(rows(), current.id, gap, wantedDepth, levels())
    const below = others[gap]
    const above = others[gap - 1]
    const top = below ? below.offsetTop : above ? above.offsetTop + above.offsetHeight : 0
    ;(below ?? above)?.scrollIntoView({ block: 'nearest' })
    drag.value = { ...current, depth, top, move }
  }

  function drop(): void {
    const current = drag.value
    drag.value = null
    if (current && current.top >= 0 && movesSomething(rows(), current.move)) onMove(current.move)
  }

  return {
    dragging: computed(() => drag.value?.id ?? null),
    /** The line that shows where the row would land. */
    mark: computed(() =>
      drag.value && drag.value.top >= 0 ? { top: drag.value.top, depth: drag.value.depth } : null,
    ),
    start,
    follow,
    drop,
    cancel: () => (drag.value = null),
  }
}

function middleOf(element: HTMLElement): number {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}
