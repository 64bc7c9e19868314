import { weekdays, type Weekday } from '../../../../../server/sla/calendar.contract.ts'
import { MINUTES_PER_DAY } from './times.ts'
import { endedAt, movedTo, painted, replaced, spanOf, startedAt, type DraftWindow } from './week.ts'

/** Where the pointer is in the grid: a column from Monday, and minutes from its top, not yet snapped. */
export interface Spot {
  column: number
  minute: number
}

export type WeekDrag =
  { kind: 'paint'; begin: Spot } | { kind: 'move' | 'start' | 'end'; key: number; begin: Spot }

export const STEP = 30
export const FINE_STEP = 15

/** The windows as they would be if the drag ended here. */
export function dragged(
  windows: readonly DraftWindow[],
  drag: WeekDrag,
  at: Spot,
  step: number,
): readonly DraftWindow[] {
  if (drag.kind === 'paint') return paintedBetween(windows, drag.begin, at, step)
  const window = windows.find(({ key }) => key === drag.key)
  const span = window && spanOf(window)
  if (!window || !span) return windows
  const minutes = at.minute - drag.begin.minute
  const columns = at.column - drag.begin.column
  const home = weekdays.indexOf(window.day)
  if (drag.kind === 'move') {
    const start = snapped(span.start + minutes, step)
    return replaced(windows, movedTo(window, dayAt(home + columns), start))
  }
  // An edge that is pulled into the next column has gone over midnight, and one pulled back has returned.
  const edge = drag.kind === 'start' ? span.start : span.end
  const moved = snapped(edge + minutes + columns * MINUTES_PER_DAY, step)
  return replaced(windows, drag.kind === 'start' ? startedAt(window, moved) : endedAt(window, moved))
}

/** One window on every day between the two spots. */
function paintedBetween(windows: readonly DraftWindow[], a: Spot, b: Spot, step: number): DraftWindow[] {
  const [top, bottom] = a.minute <= b.minute ? [a.minute, b.minute] : [b.minute, a.minute]
  const start = Math.min(Math.floor(top / step) * step, MINUTES_PER_DAY - step)
  const end = Math.max(start + step, Math.min(MINUTES_PER_DAY, Math.ceil(bottom / step) * step))
  const days = weekdays.slice(Math.min(a.column, b.column), Math.max(a.column, b.column) + 1)
  return painted(windows, days, { start, end })
}

const snapped = (minute: number, step: number): number => Math.round(minute / step) * step

/** Columns end at Monday and Sunday. */
const dayAt = (column: number): Weekday => weekdays[Math.min(6, Math.max(0, column))] ?? 'mon'
