import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FigureColumn, Grouping, ReportName, ReportRow } from '../../../server/reports/contract.ts'
import { formatNumber } from '../../i18n/format.ts'
import { useChartWords } from '../../ui/charts/use-chart-words.ts'
import { figureParts, unitOf, type Change, type FigureGroup } from './figures.ts'
import { addDays, noonOf } from './office-days.ts'
import type { Days } from './period.ts'

/** A Monday: what names of weekdays are taken from. */
const SOME_MONDAY = '2024-01-01'

/** Reports in the current language: what figures, rows and times are called, and values as people read them. */
export function useReportWords() {
  const { t, locale } = useI18n()
  const chart = useChartWords()

  /** Days are the office's, whatever the zone of this computer. */
  const onDay = computed(() => {
    const with_ = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale.value, { timeZone: 'UTC', ...options })
    return {
      day: with_({ weekday: 'short', day: 'numeric', month: 'short' }),
      short: with_({ day: 'numeric', month: 'short' }),
      dated: with_({ day: 'numeric', month: 'short', year: 'numeric' }),
      month: with_({ month: 'long', year: 'numeric' }),
      weekday: with_({ weekday: 'long' }),
    }
  })
  const write = (form: keyof typeof onDay.value, day: string) =>
    onDay.value[form].format(noonOf(day)).replaceAll('.', '')

  const weekday = (number: number): string => write('weekday', addDays(SOME_MONDAY, number - 1))
  const hour = (number: number): string => t('reports.row.hour', { hour: number })

  function timeName(groupBy: Grouping, key: string): string | null {
    if (groupBy === 'day') return write('day', key)
    if (groupBy === 'week')
      return t('reports.row.week', { from: write('short', key), to: write('short', addDays(key, 6)) })
    if (groupBy === 'month') return write('month', `${key}-01`)
    if (groupBy === 'weekday') return weekday(Number(key))
    if (groupBy === 'hour') return hour(Number(key))
    if (groupBy !== 'hourOfWeek') return null
    const [day, at] = key.split('-').map(Number)
    return `${weekday(day ?? 1)}, ${hour(at ?? 0)}`
  }

  function rowName(groupBy: Grouping, { key, name }: Pick<ReportRow, 'key' | 'name'>): string {
    if (key === null) return t(`reports.without.${groupBy}`)
    if (groupBy === 'channel') return t(`conditions.option.channel.${key}`)
    return timeName(groupBy, key) ?? name ?? t('reports.row.gone')
  }

  const groupName = (report: ReportName, { id }: Pick<FigureGroup, 'id'>): string =>
    t(`reports.figures.${report}.${id}.name`)
  const how = (report: ReportName, { id }: Pick<FigureGroup, 'id'>): string =>
    t(`reports.figures.${report}.${id}.how`)

  function figureName(report: ReportName, column: FigureColumn): string {
    const { base, isElapsed, measure } = figureParts(column)
    const name = groupName(report, { id: isElapsed ? `${base}Elapsed` : base })
    return measure ? t('reports.measure.of', { name, measure: t(`reports.measure.${measure}`) }) : name
  }

  const value = (column: FigureColumn, figure: number | null | undefined): string =>
    figure === null || figure === undefined ? '–' : chart.format(figure, unitOf(column))

  /** The size of a change without its direction, which an arrow and words say. */
  function changeSize(column: FigureColumn, change: Change): string {
    const size = Math.abs(change.value)
    const number = (options: Intl.NumberFormatOptions) => formatNumber(size, locale.value, options)
    if (change.as === 'share') return number({ style: 'percent', maximumFractionDigits: size < 0.1 ? 1 : 0 })
    if (change.as === 'points')
      return t('reports.change.points', { points: number({ maximumFractionDigits: 1 }) })
    return value(column, size)
  }

  const days = ({ first, last }: Days): string =>
    first === last
      ? write('dated', first)
      : t('reports.period.days', { from: write('dated', first), to: write('dated', last) })

  return {
    rowName,
    groupName,
    how,
    figureName,
    value,
    changeSize,
    days,
    weekday,
    hour,
    format: chart.format,
    short: chart.short,
  }
}
