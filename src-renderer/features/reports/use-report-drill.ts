import { computed, nextTick, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DrillDown, Report, RunReport } from '../../../server/reports/contract.ts'
import type { Drill } from './report-address.ts'
import { isTime } from './report-rows.ts'
import { useReportWords } from './use-report-words.ts'

interface DrilledReport {
  /** The question without what it is compared with, for tickets are of one time. */
  asked: Readonly<Ref<RunReport>>
  /** The answer on screen; null while there is none. */
  shown: Readonly<Ref<Report | null>>
  /** The figure that the address wants to look behind. */
  drill: () => Drill | null
  /** Puts another into the address. */
  change: (drill: Drill | null) => void
}

/** Which tickets the panel beside a report lists, what it is called, and how it is opened and closed. */
export function useReportDrill({ asked, shown, drill, change }: DrilledReport) {
  const { t } = useI18n()
  const words = useReportWords()

  const column = computed(() => shown.value?.columns.find(({ key }) => key === drill()?.column) ?? null)
  const question = computed<DrillDown | null>(() => {
    const wanted = drill()
    if (!wanted || !shown.value) return null
    const { groupBy, rows } = shown.value
    // All times of the period have a row: another is none of it.
    if (typeof wanted.key === 'string' && isTime(groupBy) && !rows.some(({ key }) => key === wanted.key))
      return null
    return {
      ...asked.value,
      groupBy,
      ...(wanted.key !== undefined && { key: wanted.key }),
      ...(column.value && { column: column.value.key }),
    }
  })
  const title = computed(() => {
    if (!shown.value) return t('reports.drill.title')
    const { report, groupBy, rows } = shown.value
    const name = column.value ? words.figureName(report, column.value) : t('reports.drill.title')
    const key = drill()?.key
    if (key === undefined) return name
    return `${name}: ${words.rowName(groupBy, rows.find((row) => row.key === key) ?? { key, name: null })}`
  })

  /** What had the keyboard before the panel took it. */
  let cameFrom: HTMLElement | null = null
  function open(wanted: Drill): void {
    cameFrom = document.activeElement instanceof HTMLElement ? document.activeElement : null
    change(wanted)
  }
  async function close(): Promise<void> {
    change(null)
    await nextTick()
    cameFrom?.focus()
  }

  return {
    drillColumn: column,
    drillQuestion: question,
    drillTitle: title,
    openDrill: open,
    closeDrill: close,
  }
}
