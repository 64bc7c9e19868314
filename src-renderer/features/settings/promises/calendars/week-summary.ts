import { weekdays, type Hours, type Weekday } from '../../../../../server/sla/calendar.contract.ts'

interface DayGroup {
  first: Weekday
  last: Weekday
  /** `08:00–12:00`, in order. */
  windows: string[]
}

/** Days in a row with the same windows, closed days left out. */
function dayGroups(hours: Hours): DayGroup[] {
  const groups: DayGroup[] = []
  let before: Weekday | null = null
  for (const day of weekdays) {
    const windows = (hours[day] ?? []).toSorted().map(([from, until]) => `${from}–${until}`)
    const group = groups.at(-1)
    if (group && group.last === before && group.windows.join() === windows.join()) group.last = day
    else if (windows.length > 0) groups.push({ first: day, last: day, windows })
    before = day
  }
  return groups
}

/** Every minute of the week. */
export const isAlwaysOpen = (hours: Hours): boolean =>
  weekdays.every((day) => hours[day]?.length === 1 && hours[day][0]?.join() === '00:00,24:00')

/** The week in a line: `seg–sex 08:00–12:00, 13:30–18:00 · sáb 08:00–12:00`. */
export function weekSummary(hours: Hours, dayName: (day: Weekday) => string): string {
  return dayGroups(hours)
    .map(({ first, last, windows }) => {
      const days = first === last ? dayName(first) : `${dayName(first)}–${dayName(last)}`
      return `${days} ${windows.join(', ')}`
    })
    .join(' · ')
}
