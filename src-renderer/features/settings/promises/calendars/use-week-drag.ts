import { computed, ref, type Ref } from 'vue'
import { weekdays } from '../../../../../server/sla/calendar.contract.ts'
import { MINUTES_PER_DAY } from './times.ts'
import { dragged, FINE_STEP, STEP, type Spot, type WeekDrag } from './week-drag.ts'
import type { DraftWindow } from './week.ts'

/** A press that moves less is a click. */
const THRESHOLD_PX = 4

interface Running {
  drag: WeekDrag
  x: number
  y: number
  /** Null until the pointer has really moved. */
  windows: readonly DraftWindow[] | null
}

export interface WeekDragOptions {
  windows: () => readonly DraftWindow[]
  /** The seven columns, whole days high. */
  columns: Readonly<Ref<HTMLElement | null>>
  onChange: (windows: readonly DraftWindow[]) => void
}

/** Whether a step shall be a quarter of an hour in place of half an hour. */
export const isFine = ({ altKey, ctrlKey, metaKey }: PointerEvent | KeyboardEvent): boolean =>
  altKey || ctrlKey || metaKey

/** Painting, moving and resizing windows with mouse, pen or finger. Nothing is changed until the pointer is let go. */
export function useWeekDrag({ windows, columns, onChange }: WeekDragOptions) {
  const running = ref<Running | null>(null)

  function spotOf({ clientX, clientY }: PointerEvent): Spot {
    const { left, top, width, height } = columns.value?.getBoundingClientRect() ?? new DOMRect()
    const column = Math.floor(((clientX - left) / width) * weekdays.length)
    const minute = ((clientY - top) / height) * MINUTES_PER_DAY
    return {
      column: Math.min(weekdays.length - 1, Math.max(0, column)),
      minute: Math.min(MINUTES_PER_DAY, Math.max(0, minute)),
    }
  }

  function start(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element) || event.target.closest('[data-act]')) return
    const piece = event.target.closest<HTMLElement>('[data-window]')
    // A finger on free ground scrolls the page.
    if (!piece && event.pointerType === 'touch') return
    const begin = spotOf(event)
    const key = Number(piece?.dataset.window)
    const edge = event.target.closest<HTMLElement>('[data-edge]')?.dataset.edge
    const kind = edge === 'start' || edge === 'end' ? edge : 'move'
    const drag: WeekDrag = piece ? { kind, key, begin } : { kind: 'paint', begin }
    columns.value?.setPointerCapture(event.pointerId)
    event.preventDefault()
    piece?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
    running.value = { drag, x: event.clientX, y: event.clientY, windows: null }
  }

  function follow(event: PointerEvent): void {
    const now = running.value
    if (!now) return
    const distance = Math.hypot(event.clientX - now.x, event.clientY - now.y)
    if (now.windows === null && distance < THRESHOLD_PX) return
    const step = isFine(event) ? FINE_STEP : STEP
    running.value = { ...now, windows: dragged(windows(), now.drag, spotOf(event), step) }
  }

  function drop(): void {
    const result = running.value?.windows
    running.value = null
    if (result) onChange(result)
  }

  return {
    /** The windows as they would be if the pointer were let go now. */
    shown: computed(() => running.value?.windows ?? windows()),
    kind: computed(() => (running.value?.windows ? running.value.drag.kind : null)),
    start,
    follow,
    drop,
    cancel: () => void (running.value = null),
  }
}
