import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { reportNames, type ReportName } from '../../../server/reports/contract.ts'
import type { SavedReportView } from '../../../server/reports/saved.contract.ts'
import { planOf, queryOf, type ReportPlan } from './report-address.ts'

/** The report that the address asks for. Whatever is changed changes the address, and Back takes it back. */
export function useReportPlan() {
  const route = useRoute()
  const router = useRouter()

  const report = computed<ReportName>(
    () => reportNames.find((name) => name === route.params['report']) ?? 'firstResponse',
  )
  const plan = computed<ReportPlan>(() => planOf(route.query))

  async function change(changes: Partial<ReportPlan>): Promise<void> {
    const query = queryOf({ ...plan.value, drill: null, ...changes })
    await router.push({ name: 'reports', params: { report: report.value }, query })
  }

  /** Another question over the same time and tickets. */
  const addressOf = (name: ReportName) => ({
    name: 'reports',
    params: { report: name },
    query: queryOf({ ...plan.value, groupBy: null, figure: null, sort: null, drill: null }),
  })

  async function openSaved({ question }: SavedReportView): Promise<void> {
    const query = queryOf({
      period: question.period,
      comparison: question.compare ? 'before' : 'none',
      groupBy: question.groupBy ?? null,
      filter: question.filter ?? {},
      ...{ figure: null, sort: null, drill: null },
    })
    await router.push({ name: 'reports', params: { report: question.report }, query })
  }

  return { report, plan, change, addressOf, openSaved }
}
