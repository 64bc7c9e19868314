import type { Explanation } from '../../../../server/sla/contract.ts'

type ExplainedLevel = Explanation['levels'][number]

/** When a level comes, as its policy says it: a share of the time, or minutes from the deadline (negative is before it). */
export type LevelOffset =
  { kind: 'percent'; percent: number } | { kind: 'before' | 'after'; minutes: number } | { kind: 'atDue' }

/** Reads `50%`, `-15m`, `30m`. */
export function offsetOf({ offset }: Pick<ExplainedLevel, 'offset'>): LevelOffset {
  const amount = Number.parseFloat(offset)
  if (offset.endsWith('%')) return amount === 100 ? { kind: 'atDue' } : { kind: 'percent', percent: amount }
  if (amount === 0) return { kind: 'atDue' }
  return { kind: amount < 0 ? 'before' : 'after', minutes: Math.abs(amount) }
}

/** What became of a level: it has been carried out, it will be, it waits with a paused clock, or it wasn't needed. */
export function levelState(
  { at, firedAt }: Pick<ExplainedLevel, 'at' | 'firedAt'>,
  { stoppedAt }: Pick<Explanation, 'stoppedAt'>,
): 'fired' | 'planned' | 'unplanned' | 'unneeded' {
  if (firedAt !== null) return 'fired'
  if (stoppedAt !== null) return 'unneeded'
  return at === null ? 'unplanned' : 'planned'
}
