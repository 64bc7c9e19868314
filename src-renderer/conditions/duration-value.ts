const MINUTES = { minutes: 1, hours: 60, days: 1_440 } as const
export type Unit = keyof typeof MINUTES
export const units: readonly Unit[] = ['minutes', 'hours', 'days']

/** Whole minutes as the server reads them; empty while it is no whole number. */
export function minutesOf(amount: string, unit: Unit): string {
  return /^-?\d{1,6}$/.test(amount.trim()) ? `${Number(amount) * MINUTES[unit]}` : ''
}

/** The same in the largest unit that it fills; without one when nothing is said yet. */
export function spanOf(minutes: string): { amount: string; unit: Unit | null } {
  const total = Number(minutes)
  if (minutes.trim() === '' || !Number.isInteger(total)) return { amount: '', unit: null }
  const unit = units.findLast((each) => total !== 0 && total % MINUTES[each] === 0) ?? 'minutes'
  return { amount: `${total / MINUTES[unit]}`, unit }
}
