import type { DashboardView, LiveSnapshot } from '../../../server/dashboards/contract.ts'
import type { Scope } from '../../stores/live-board.ts'
import { levelOf, teamsOf, valueAt, type Level } from './tile-values.ts'

/** How bad each tile with a limit is, by its id; those whose numbers are not known yet are left out. Pure. */
export function levelsOf(
  board: Pick<DashboardView, 'tiles' | 'teamIds'>,
  snapshotOf: (scope: Scope) => LiveSnapshot | undefined,
  now: number,
): Map<string, Level> {
  const levels = new Map<string, Level>()
  for (const tile of board.tiles) {
    const snapshot = tile.threshold && snapshotOf(teamsOf(tile, board))
    if (snapshot) levels.set(tile.id, levelOf(tile.kind, valueAt(tile.kind, snapshot, now), tile.threshold))
  }
  return levels
}
