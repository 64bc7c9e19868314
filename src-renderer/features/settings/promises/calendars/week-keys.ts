import { FINE_STEP, STEP } from './week-drag.ts'
import { dayAfter, endedAt, movedTo, spanOf, type DraftWindow } from './week.ts'

export interface KeyPress {
  key: string
  shift: boolean
  /** A quarter of an hour in place of half an hour. */
  fine: boolean
}

/** The window as an arrow key changes it; null for a key that changes nothing. */
export function keyed({ key, shift, fine }: KeyPress, window: DraftWindow): DraftWindow | null {
  const span = spanOf(window)
  const [axis, direction] = ARROWS[key] ?? []
  if (!span || !axis || !direction) return null
  const minutes = direction * (fine ? FINE_STEP : STEP)
  if (axis === 'time')
    return shift ? endedAt(window, span.end + minutes) : movedTo(window, window.day, span.start + minutes)
  return shift || fine ? null : movedTo(window, dayAfter(window.day, direction), span.start)
}

const ARROWS: Record<string, ['time' | 'day', 1 | -1]> = {
  ArrowUp: ['time', -1],
  ArrowDown: ['time', 1],
  ArrowLeft: ['day', -1],
  ArrowRight: ['day', 1],
}
