export type DueChoice = 'inOneHour' | 'inFourHours' | 'today' | 'tomorrow' | 'nextWeek'

const HOUR_MS = 3_600_000
/** When an office day ends and begins, for deadlines given by hand. */
const CLOSING_HOUR = 18
const OPENING_HOUR = 9

/** The deadlines that people give most, as UTC ms in the local calendar; those already past are left out. */
export function dueChoices(nowMs: number): { choice: DueChoice; at: number }[] {
  const at = (days: number, hour: number) => {
    const day = new Date(nowMs)
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime()
  }
  const choices: { choice: DueChoice; at: number }[] = [
    { choice: 'inOneHour', at: nowMs + HOUR_MS },
    { choice: 'inFourHours', at: nowMs + 4 * HOUR_MS },
    { choice: 'today', at: at(0, CLOSING_HOUR) },
    { choice: 'tomorrow', at: at(1, CLOSING_HOUR) },
    { choice: 'nextWeek', at: at(daysToMonday(nowMs), OPENING_HOUR) },
  ]
  return choices.filter((each) => each.at > nowMs)
}

function daysToMonday(nowMs: number): number {
  const weekday = new Date(nowMs).getDay()
  return weekday === 1 ? 7 : (8 - weekday) % 7
}

/** An instant as a `datetime-local` field takes it: local, to the minute. */
export function toLocalInput(instantMs: number): string {
  const local = new Date(instantMs - new Date(instantMs).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** What a `datetime-local` field holds, as UTC ms; null when it is empty or half typed. */
export function fromLocalInput(text: string): number | null {
  const instant = new Date(text).getTime()
  return Number.isNaN(instant) ? null : instant
}
