import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { weekdays, type Weekday } from '../../../../../server/sla/calendar.contract.ts'

/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 86_400_000

/** The names of the weekdays in the current language: `seg`, `segunda-feira`. */
export function useWeekdays() {
  const { locale } = useI18n()
  const names = (weekday: 'short' | 'long') => {
    const format = new Intl.DateTimeFormat(locale.value, { weekday, timeZone: 'UTC' })
    const entries = weekdays.map((day, index) => [
      day,
      format.format(MONDAY + index * DAY_MS).replace('.', ''),
    ])
    return Object.fromEntries(entries) as Record<Weekday, string>
  }
  const short = computed(() => names('short'))
  const long = computed(() => names('long'))
  return {
    shortDay: (day: Weekday) => short.value[day],
    longDay: (day: Weekday) => long.value[day],
  }
}
