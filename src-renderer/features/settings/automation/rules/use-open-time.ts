import { computed } from 'vue'
import { useCalendarChoice } from '../../promises/policies/use-calendar-choice.ts'

/** A working day where no calendar says how long it is. */
const USUAL_DAY_MINUTES = 8 * 60

/** What delays are counted by: the office's calendars. */
export function useOpenTime() {
  const calendars = useCalendarChoice()
  const firstCalendar = computed(() => calendars.known.value?.find(({ archived }) => !archived)?.id ?? null)

  return {
    calendars,
    firstCalendar,
    /** How long a working day is by this calendar, or by the office's first when none is named. */
    openMinutes: (calendarId: string | null) =>
      Math.round(calendars.openMinutesPerDay(calendarId ?? firstCalendar.value) ?? USUAL_DAY_MINUTES),
  }
}
