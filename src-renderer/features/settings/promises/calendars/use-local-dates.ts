import { useI18n } from 'vue-i18n'

const SHORT = { day: '2-digit', month: 'short' } as const

/** Local dates (`2026-12-25`) as people read them. */
export function useLocalDates() {
  const { locale } = useI18n()
  const at = (date: string): number => Date.parse(`${date}T00:00:00Z`)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value, { ...options, timeZone: 'UTC' })
  /** "sex., 25 de dez. de 2026" without the small words. */
  const plain = (text: string): string => text.replaceAll(/\.|,| de\b/g, '')

  const day = (date: string): string =>
    plain(format({ ...SHORT, weekday: 'short', year: 'numeric' }).format(at(date)))

  return {
    day,
    /** `12-25`: the same every year. */
    yearlyDay: (date: string): string => plain(format(SHORT).format(at(`2024-${date}`))),
    dayRange: (first: string, last: string): string =>
      first === last
        ? day(first)
        : plain(format({ ...SHORT, year: 'numeric' }).formatRange(at(first), at(last))),
  }
}
