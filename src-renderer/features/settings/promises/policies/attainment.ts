import type { AttainmentRow } from '../../../../../server/sla/contract.ts'

/** The share of promises that were kept; null where none was decided. */
export function keptShare({ met, breached }: Pick<AttainmentRow, 'met' | 'breached'>): number | null {
  const decided = met + breached
  return decided === 0 ? null : met / decided
}

/** Whole percent, but never a hundred while something was missed, nor zero while something was kept. */
export function sharePercent(share: number): number {
  const percent = Math.round(share * 100)
  if (percent === 100 && share < 1) return 99
  return percent === 0 && share > 0 ? 1 : percent
}
