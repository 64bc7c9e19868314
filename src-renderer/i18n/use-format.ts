import { useI18n } from 'vue-i18n'
import { useNow } from '../ui/use-now.ts'
import {
  durationParts,
  formatDate,
  formatDateTime,
  formatDay,
  formatMoment,
  formatNumber,
  formatRelative,
  formatTime,
  type DurationParts,
  type Instant,
} from './format.ts'

/** Formatting in the current language, against the shared clock: call inside a template or a computed. */
export function useFormat() {
  const { locale, t } = useI18n()
  const now = useNow()

  /** "2 h 10", "8 min", "3 d 4 h". */
  const duration = (durationMs: number): string => inWords(durationParts(durationMs))

  /** Business time, whose day has no fixed length: "45 min", "8 h", "28 h 30". */
  function workTime(durationMs: number): string {
    const parts = durationParts(durationMs, false)
    const isWhole = parts.unit === 'hours' && Number(parts.minutes) === 0
    return isWhole ? t('common.duration.hours', { hours: parts.hours }) : inWords(parts)
  }

  function inWords({ unit, days, hours, minutes }: DurationParts): string {
    if (unit === 'days' && hours === 0) return t('common.duration.days', { days })
    if (unit === 'days') return t('common.duration.daysHours', { days, hours })
    if (unit === 'hours') return t('common.duration.hoursMinutes', { hours, minutes })
    return t('common.duration.minutes', { minutes })
  }

  /** As short as it stays clear, for narrow rows: "8 min", "2:10", "28 h", "3 d". */
  function compact(durationMs: number, inDays = true): string {
    const { unit, days, hours, minutes } = durationParts(durationMs, inDays)
    if (unit === 'days' && days > 1) return t('common.duration.days', { days })
    const allHours = days * 24 + hours
    if (allHours >= 10) return t('common.duration.hours', { hours: allHours })
    if (unit === 'hours') return t('common.duration.clock', { hours, minutes })
    return t('common.duration.minutes', { minutes })
  }

  return {
    date: (instant: Instant) => formatDate(instant, locale.value, now.value),
    day: (instant: Instant) => formatDay(instant, locale.value),
    moment: (instant: Instant) => formatMoment(instant, locale.value, now.value),
    /** In this computer's zone unless another is given. */
    time: (instant: Instant, timeZone?: string) => formatTime(instant, locale.value, timeZone),
    dateTime: (instant: Instant) => formatDateTime(instant, locale.value),
    relative: (instant: Instant) => formatRelative(instant, locale.value, now.value),
    number: (value: number, options?: Intl.NumberFormatOptions) => formatNumber(value, locale.value, options),
    duration,
    workTime,
    compact,
  }
}
