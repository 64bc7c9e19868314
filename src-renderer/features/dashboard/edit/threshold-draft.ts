import type { Threshold } from '../../../../server/dashboards/contract.ts'

/** Reads a limit as it is typed; null for none, undefined for what is no limit. */
export function readLimit(text: string, isShare: boolean): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (!/^\d{1,7}$/.test(trimmed)) return undefined
  const value = Number(trimmed)
  return value <= (isShare ? 100 : 1_000_000) ? value : undefined
}

/** Amber must come before red; of a share, which is bad when it falls, above it. */
export function isInOrder(
  { warnAt, alarmAt }: Pick<Threshold, 'warnAt' | 'alarmAt'>,
  isShare: boolean,
): boolean {
  if (warnAt === null || alarmAt === null) return true
  return isShare ? warnAt > alarmAt : warnAt < alarmAt
}

/** A threshold that does nothing is none. */
export const orNone = (threshold: Threshold): Threshold | null =>
  threshold.warnAt === null && threshold.alarmAt === null ? null : threshold
