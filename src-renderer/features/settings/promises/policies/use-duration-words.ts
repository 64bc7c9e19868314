import { useI18n } from 'vue-i18n'
import { useFormat } from '../../../../i18n/use-format.ts'
import { hoursAndMinutes, inDays } from './duration.ts'

const DAY_MINUTES = 24 * 60

/** Durations of promises in words. */
export function useDurationWords() {
  const { t } = useI18n()
  const format = useFormat()

  /** "15 min", "4 h", "1 h 30": what `parseDuration` reads as the same. */
  function write(total: number): string {
    const { hours, minutes } = hoursAndMinutes(total)
    if (hours === 0) return t('sla.duration.minutes', { minutes })
    if (minutes === 0) return t('sla.duration.hours', { hours })
    return t('sla.duration.hoursMinutes', { hours, minutes: String(minutes).padStart(2, '0') })
  }

  /** The same with the days that it makes: of the clock, or of a calendar that is open `openMinutes` a day. */
  function explain(minutes: number, openMinutes: number | null): string {
    const days = inDays(minutes, openMinutes ?? DAY_MINUTES)
    const time = write(minutes)
    if (days === null) return time
    const named = { time, days: format.number(days) }
    return openMinutes === null ? t('sla.duration.days', named) : t('sla.duration.openDays', named)
  }

  return { write, explain }
}
