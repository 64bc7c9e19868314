/** The form of the quiet hours. Pure. */
import { quietHours, type QuietHours } from '../../../../server/alerts/preferences.contract.ts'

export interface QuietDraft {
  on: boolean
  /** 0 is Sunday. */
  days: number[]
  from: string
  to: string
}

export const draftOf = (quiet: QuietHours | null): QuietDraft => ({
  on: quiet !== null,
  days: [...(quiet?.days ?? [0, 1, 2, 3, 4, 5, 6])],
  from: quiet?.from ?? '19:00',
  to: quiet?.to ?? '07:00',
})

/** Null: none. Undefined: what was filled in makes no hours. */
export function quietOf({ on, days, from, to }: QuietDraft): QuietHours | null | undefined {
  if (!on) return null
  // A browser may give the seconds too.
  return quietHours.safeParse({ days: [...days].sort(), from: from.slice(0, 5), to: to.slice(0, 5) }).data
}

export const isNextDay = ({ from, to }: Pick<QuietDraft, 'from' | 'to'>): boolean => to <= from
