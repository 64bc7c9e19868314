/** Durations as people type them in forms of promises. A day is 24 hours here, as everywhere in the product. */

const MINUTES = { d: 24 * 60, h: 60, m: 1 } as const
type Unit = keyof typeof MINUTES

/** A number and perhaps a unit, in any of our languages, with what may stand between two of them. */
const TERM =
  /(\d+(?:[.,]\d+)?)\s*(?:(d)(?:[ií]as?|ays?)?|(h)(?:rs?|s|oras?|ours?)?|(m)(?:ins?|inutos?|inutes?)?)?(?![a-zí])\.?\s*(?:(?:e|y|and)\s+)?/gy

/**
 * Reads "15 min", "4h", "1d 4h", "1h30", "1:30" or "90" (minutes) as whole minutes; null when that isn't what it says. A bare
 * number after hours is minutes, after days it is hours.
 */
export function parseDuration(text: string): number | null {
  const clock = /^\s*(\d{1,4}):([0-5]\d)\s*$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const typed = text.trim().toLowerCase()
  let at = 0
  let total = 0
  let last: Unit | null = null
  TERM.lastIndex = 0
  for (let term = TERM.exec(typed); term; term = TERM.exec(typed)) {
    at = TERM.lastIndex
    const unit: Unit = ((term[2] ?? term[3] ?? term[4]) as Unit | undefined) ?? below(last)
    if (last !== null && MINUTES[unit] >= MINUTES[last]) return null
    total += Number((term[1] ?? '').replace(',', '.')) * MINUTES[unit]
    last = unit
  }
  const isWhole = last !== null && at === typed.length && Math.abs(total - Math.round(total)) < 1e-6
  return isWhole ? Math.round(total) : null
}

const below = (unit: Unit | null): Unit => (unit === 'd' ? 'h' : 'm')

/** Hours and minutes, never days: "48 h" of business time are no two days. */
export interface HoursAndMinutes {
  hours: number
  minutes: number
}

export const hoursAndMinutes = (minutes: number): HoursAndMinutes => ({
  hours: Math.floor(minutes / 60),
  minutes: minutes % 60,
})

/** How many days of `dayMinutes` a duration fills, to one place; null below one and a half, where nobody thinks in days. */
export function inDays(minutes: number, dayMinutes: number): number | null {
  const days = Math.round((minutes / dayMinutes) * 10) / 10
  return days >= 1.5 ? days : null
}
