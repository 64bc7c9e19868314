/** What a tile says of a snapshot, and how bad that is. Pure. */
import type { LiveSnapshot, Tile, TileKind } from '../../../server/dashboards/contract.ts'
import { levelOf, valueOf, type ThresholdLevel } from '../../../server/dashboards/threshold.contract.ts'

export { levelOf }
export type Level = ThresholdLevel

/** The number of a tile, as the server would reckon it at this moment (UTC milliseconds): waiting goes on between its pictures. */
export const valueAt = (kind: TileKind, snapshot: LiveSnapshot, now: number): number | null =>
  valueOf(kind, { ...snapshot, at: new Date(now).toISOString() })

/** Whose work a tile shows: its own teams, else those of its dashboard; null is all that may be seen. */
export const teamsOf = (
  tile: Pick<Tile, 'teamIds'>,
  board: { teamIds: readonly string[] | null },
): readonly string[] | null => tile.teamIds ?? board.teamIds

/** The tiles that have just become red, and want it heard. What was red when one began to look is no news. */
export function turnedRed(
  tiles: readonly Pick<Tile, 'id' | 'threshold'>[],
  before: ReadonlyMap<string, Level>,
  after: ReadonlyMap<string, Level>,
): string[] {
  return tiles.flatMap(({ id, threshold }) => {
    const was = before.get(id)
    return threshold?.sound && was !== undefined && was !== 'alarm' && after.get(id) === 'alarm' ? [id] : []
  })
}

/** How a number stands beside what is usual at this minute of this weekday. */
export function besideUsual(
  value: number,
  usual: { low: number; high: number } | null,
): 'below' | 'within' | 'above' | null {
  if (!usual) return null
  if (value > usual.high) return 'above'
  return value < usual.low ? 'below' : 'within'
}
