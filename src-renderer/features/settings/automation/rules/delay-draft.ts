import type { Delay } from '../../../../../server/rules/action.contract.ts'

export const delayUnits = ['minutes', 'hours', 'days'] as const
export type DelayUnit = (typeof delayUnits)[number]

/** A delay as typed: a number of units, on the clock or in open hours. */
export interface DelayDraft {
  amount: string
  unit: DelayUnit
  business: boolean
  calendarId: string | null
}

/** How many minutes a calendar is open on a working day. */
export type OpenMinutes = (calendarId: string | null) => number

const HOUR = 60
const DAY = 24 * HOUR

const minutesOf = (
  unit: DelayUnit,
  { business, calendarId }: Omit<DelayDraft, 'amount'>,
  open: OpenMinutes,
) => (unit === 'minutes' ? 1 : unit === 'hours' ? HOUR : business ? open(calendarId) : DAY)

export const newDelay = (amount = '', unit: DelayUnit = 'days'): DelayDraft => ({
  amount,
  unit,
  business: false,
  calendarId: null,
})

/** Reads what was typed; null while it is no time. */
export function readDelay(draft: DelayDraft, open: OpenMinutes): Delay | null {
  const typed = draft.amount.trim().replace(',', '.')
  const minutes = /^\d+(?:\.\d+)?$/.test(typed)
    ? Math.round(Number(typed) * minutesOf(draft.unit, draft, open))
    : 0
  if (minutes < 1) return null
  const { business, calendarId } = draft
  return { minutes, business, ...(business && calendarId ? { calendarId } : {}) }
}

/** A delay in the largest unit that it fills without a rest. */
export function inUnits(
  { minutes, business, calendarId = null }: Delay,
  open: OpenMinutes,
): { amount: number; unit: DelayUnit } {
  const draft = { unit: 'days', business, calendarId } as const
  const fits = (unit: DelayUnit) => minutes % minutesOf(unit, draft, open) === 0
  const unit = delayUnits.findLast(fits) ?? 'minutes'
  return { amount: minutes / minutesOf(unit, draft, open), unit }
}

export function openDelay(delay: Delay, open: OpenMinutes): DelayDraft {
  const { amount, unit } = inUnits(delay, open)
  return {
    amount: String(amount),
    unit,
    business: delay.business,
    calendarId: delay.calendarId ?? null,
  }
}
