import { useI18n } from 'vue-i18n'
import { useFormat } from '../../i18n/use-format.ts'
import type { ChartUnit, ChartWords } from './chart-data.ts'

const MINUTE_MS = 60_000

/** Figures in the current language: "2 h 10", "87,5 %", "1.204". Call inside a template or a computed. */
export function useChartWords(): ChartWords {
  const { t } = useI18n()
  const { number, duration, workTime, compact } = useFormat()

  /** Under a minute people count seconds, and nothing at all is said as such. */
  const underMinute = (ms: number): string => t('charts.seconds', { seconds: Math.round(ms / 1000) })

  function format(value: number, unit: ChartUnit): string {
    if (unit === 'share') return number(value, { style: 'percent', maximumFractionDigits: 1 })
    if (unit === 'score') return number(value, { maximumFractionDigits: 2 })
    if (unit === 'count') return number(value)
    // A little below zero is zero, and not "-0".
    if (unit === 'signed') return number(value, { maximumFractionDigits: 0, signDisplay: 'negative' })
    if (Math.abs(value) < MINUTE_MS) return underMinute(value)
    return unit === 'elapsed' ? duration(value) : workTime(value)
  }

  function short(value: number, unit: ChartUnit): string {
    if (value === 0) return unit === 'share' ? format(0, unit) : number(0)
    if (unit === 'share') return number(value, { style: 'percent', maximumFractionDigits: 0 })
    if (unit === 'score') return number(value, { maximumFractionDigits: 1 })
    if (unit === 'count' || unit === 'signed')
      return number(
        value,
        Math.abs(value) < 10_000
          ? { maximumFractionDigits: 0, signDisplay: 'negative' }
          : { notation: 'compact' },
      )
    if (value < MINUTE_MS) return underMinute(value)
    return compact(value, unit === 'elapsed')
  }

  return { format, short, range: (low, high) => t('charts.range', { low, high }) }
}
