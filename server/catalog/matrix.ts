import type { MatrixRow } from './catalog.entity.ts'
import { levels, type Level, type MatrixView } from './contract.ts'

/** Cells as one table. A cell that was never stored (an office not yet set up) is the empty string: no priority has that id. */
export function matrixView(cells: readonly MatrixRow[]): MatrixView {
  const priorityIdAt = (urgency: Level, impact: Level) =>
    cells.find((cell) => cell.urgency === urgency && cell.impact === impact)?.priorityId ?? ''
  return eachLevel((urgency) => eachLevel((impact) => priorityIdAt(urgency, impact)))
}

/** One table as its nine cells. */
export const matrixCells = (matrix: MatrixView): MatrixRow[] =>
  levels.flatMap((urgency) =>
    levels.map((impact) => ({ urgency, impact, priorityId: matrix[urgency][impact] })),
  )

const eachLevel = <T>(value: (level: Level) => T): Record<Level, T> => ({
  low: value('low'),
  medium: value('medium'),
  high: value('high'),
})
