import { useI18n } from 'vue-i18n'
import type { Accuracy } from '../../../server/reports/outlook/contract.ts'
import { useFormat } from '../../i18n/use-format.ts'

/** What the outlook says in words, in the current language. */
export function useOutlookWords() {
  const { t } = useI18n()
  const format = useFormat()
  // Noon is on the same day wherever the screen stands.
  const noon = (day: string) => `${day}T12:00:00`
  const percent = (share: number) => format.number(share, { style: 'percent', maximumFractionDigits: 0 })
  const decimal = (value: number) => format.number(value, { maximumFractionDigits: 1 })

  /** How far off it was on the past, and what share of days the band held. */
  function accuracy({ mae, wape, naiveWape, inside, testedDays, horizonDays }: Accuracy): string {
    const parts = [t('outlook.accuracy.off', { mae: decimal(mae), days: testedDays, horizon: horizonDays })]
    if (wape !== null) parts.push(t('outlook.accuracy.wape', { share: percent(wape) }))
    if (naiveWape !== null) parts.push(t('outlook.accuracy.naive', { share: percent(naiveWape) }))
    if (inside !== null) parts.push(t('outlook.accuracy.inside', { share: percent(inside) }))
    return parts.join(' ')
  }

  return {
    percent,
    decimal,
    accuracy,
    day: (day: string) => format.date(noon(day)),
    weekday: (day: string) => format.day(noon(day)),
    number: (value: number) => format.number(value),
    name: (key: 'arrived' | 'expected' | 'band' | 'backlog' | 'needed' | 'usual') =>
      t(`outlook.series.${key}`),
  }
}
