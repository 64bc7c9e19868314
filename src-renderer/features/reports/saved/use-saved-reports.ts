import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { NewSavedReport, SavedReportView } from '../../../../server/reports/saved.contract.ts'
import { useApi } from '../../../api/provide.ts'
import { newId } from '../../../outbox/new-id.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../stores/use-submit.ts'

const KEY = ['savedReports']

/** Saved reports as the server has them, fresh with everything that becomes of them, and what one does about them. */
export function useSavedReports() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const submit = useSubmit()
  const query = useQuery<SavedReportView[]>({ key: KEY, query: () => trpc.savedReports.list.query() })
  const mail = useQuery({ key: ['savedReports', 'mail'], query: () => trpc.mail.isReady.query() })
  useFreshQuery(KEY, ({ type }) => type.startsWith('savedReport.') || type === 'mail.updated')

  /** Keeps what the server answered until the next reading. */
  function keep(answer: SavedReportView | null): boolean {
    if (answer)
      cache.setQueryData<SavedReportView[]>(KEY, (old = []) =>
        [...old.filter(({ id }) => id !== answer.id), ...(answer.archived ? [] : [answer])].sort((a, b) =>
          a.name.localeCompare(b.name),
        ),
      )
    return answer !== null
  }

  return {
    reports: computed(() => query.data.value ?? null),
    /** Null while that is not known. */
    canSend: computed(() => mail.data.value?.ready ?? null),
    error: query.error,
    refetch: query.refetch,
    /** False when no answer came in time: the write is safe and waits. */
    create: async (report: Omit<NewSavedReport, 'id'>) =>
      keep(await submit('savedReports.create', { id: newId(), ...report })),
    update: async ({ id, version }: SavedReportView, changes: Omit<NewSavedReport, 'id'>) =>
      keep(await submit('savedReports.update', { id, version, changes })),
    remove: async (id: string) => keep(await submit('savedReports.remove', { id })),
    restore: async (id: string) => keep(await submit('savedReports.restore', { id })),
    send: async (id: string) => keep(await submit('savedReports.send', { id, sendingId: newId() })),
  }
}
