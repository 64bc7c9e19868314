import { useI18n } from 'vue-i18n'
import type { SavedReportView, Schedule, SendingView } from '../../../../server/reports/saved.contract.ts'
import { useFormat } from '../../../i18n/use-format.ts'

/** Puts schedules and what became of them into words: call inside a template or a computed. */
export function useSavedWords() {
  const { t, locale } = useI18n()
  const format = useFormat()

  /** 1 is Monday. */
  function weekday(number: number): string {
    // The 1st of January 2024 was a Monday.
    const day = Date.UTC(2024, 0, number, 12)
    return new Intl.DateTimeFormat(locale.value, { weekday: 'long', timeZone: 'UTC' }).format(day)
  }

  function schedule(schedule: Schedule | null): string {
    if (!schedule) return t('savedReports.schedule.never')
    const { at } = schedule
    if (schedule.every === 'day') return t('savedReports.schedule.day', { at })
    if (schedule.every === 'week')
      return t('savedReports.schedule.week', { weekday: weekday(schedule.weekday), at })
    return t('savedReports.schedule.month', { day: schedule.day, at })
  }

  function last({ last }: SavedReportView): string {
    return last ? ended(last) : t('savedReports.last.never')
  }

  function ended({ state, problem, at, dueAt, isLate, letters }: SendingView): string {
    if (state === 'waiting' || state === 'sending') return t('savedReports.last.running')
    const when = format.relative(at)
    if (state === 'failed')
      return t(
        `savedReports.last.failed.${problem ?? 'fault'}`,
        { when, count: letters.failed },
        letters.failed,
      )
    return isLate
      ? t('savedReports.last.late', { when, due: format.dateTime(dueAt) })
      : t('savedReports.last.sent', { when })
  }

  return { weekday, schedule, last }
}
