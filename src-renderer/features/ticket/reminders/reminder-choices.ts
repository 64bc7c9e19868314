export type ReminderChoice = 'inOneHour' | 'thisAfternoon' | 'tomorrowMorning' | 'nextOpenDay'

/** When the office is open, in order; UTC milliseconds. */
export type OpenHours = readonly (readonly [from: number, until: number])[]

const HOUR_MS = 3_600_000
const AFTERNOON_HOUR = 13
/** Where nobody knows the office's hours. */
const USUAL_AFTERNOON_HOUR = 14
const USUAL_MORNING_HOUR = 9
/** Looked at for the next open day: beyond a week somebody names the date. */
const DAYS_AHEAD = 7

/** The times that people name most, in the reader's calendar and the office's hours where they are known; only those to come. */
export function reminderChoices(
  nowMs: number,
  hours: OpenHours | null,
): { choice: ReminderChoice; at: number }[] {
  const afternoon = afternoonOf(nowMs, hours)
  const choices: { choice: ReminderChoice; at: number | null }[] = [
    { choice: 'inOneHour', at: nowMs + HOUR_MS },
    { choice: 'thisAfternoon', at: afternoon },
    nextMorning(nowMs, hours),
  ]
  return choices.flatMap(({ choice, at }) => (at !== null && at > nowMs ? [{ choice, at }] : []))
}

function afternoonOf(nowMs: number, hours: OpenHours | null): number | null {
  if (!hours) return hourOf(nowMs, 0, USUAL_AFTERNOON_HOUR)
  return firstOpen(hours, hourOf(nowMs, 0, AFTERNOON_HOUR), hourOf(nowMs, 1, 0))
}

function nextMorning(nowMs: number, hours: OpenHours | null): { choice: ReminderChoice; at: number | null } {
  if (!hours) return { choice: 'tomorrowMorning', at: hourOf(nowMs, 1, USUAL_MORNING_HOUR) }
  for (let days = 1; days <= DAYS_AHEAD; days++) {
    const at = firstOpen(hours, hourOf(nowMs, days, 0), hourOf(nowMs, days + 1, 0))
    if (at !== null) return { choice: days === 1 ? 'tomorrowMorning' : 'nextOpenDay', at }
  }
  return { choice: 'tomorrowMorning', at: null }
}

/** The first open instant from `from` on, before `until`. */
function firstOpen(hours: OpenHours, from: number, until: number): number | null {
  const stretch = hours.find(([, end]) => end > from)
  const at = stretch ? Math.max(from, stretch[0]) : null
  return at !== null && at < until ? at : null
}

function hourOf(nowMs: number, days: number, hour: number): number {
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime()
}
