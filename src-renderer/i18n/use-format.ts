import { useI18n } from 'vue-i18n'
import { useNow } from '../ui/use-now.ts'
import {
  dueState,
  durationParts,
  formatDate,
  formatDateTime,
  formatNumber,
  formatRelative,
  formatTime,
  toMs,
  type Instant,
} from './format.ts'

/** Formatting in the current language, against the shared clock: call inside a template or a computed. */
export function useFormat() {
  const { locale, t } = useI18n()
  const now = useNow()

  /** "2 h 10", "8 min", "3 d 4 h". */
  function duration(durationMs: number): string {
    const { unit, days, hours, minutes } = durationParts(durationMs)
    if (unit === 'days') return t('common.duration.daysHours', { days, hours })
    if (unit === 'hours') return t('common.duration.hoursMinutes', { hours, minutes })
    return t('common.duration.minutes', { minutes })
  }

  /** "2 h 10" while far, "vence em 8 min" when `soonMs` or less remain, "vencido há 3 min" after. */
  function remaining(dueAt: Instant, soonMs: number): string {
    const time = duration(toMs(dueAt) - now.value)
    const state = dueState(dueAt, now.value, soonMs)
    if (state === 'overdue') return t('common.due.overdue', { time })
    return state === 'soon' ? t('common.due.soon', { time }) : time
  }

  return {
    date: (instant: Instant) => formatDate(instant, locale.value, now.value),
    time: (instant: Instant) => formatTime(instant, locale.value),
    dateTime: (instant: Instant) => formatDateTime(instant, locale.value),
    relative: (instant: Instant) => formatRelative(instant, locale.value, now.value),
    number: (value: number, options?: Intl.NumberFormatOptions) => formatNumber(value, locale.value, options),
    duration,
    remaining,
  }
}
