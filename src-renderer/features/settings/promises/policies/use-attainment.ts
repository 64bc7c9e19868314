import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { AttainmentRow } from '../../../../../server/sla/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useSessionStore } from '../../../../stores/session.ts'
import { keptShare } from './attainment.ts'

const DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1_000

/** How often each policy was kept in the last thirty days; empty for who may not see every ticket. */
export function useAttainment() {
  const { trpc } = useApi()
  const session = useSessionStore()
  const query = useQuery<AttainmentRow[]>({
    key: ['sla', 'attainment'],
    query: () =>
      trpc.sla.attainment.query({
        from: new Date(Date.now() - DAYS * DAY_MS).toISOString(),
        to: new Date().toISOString(),
        groupBy: 'policy',
      }),
    enabled: () => session.can('tickets.readAll'),
  })

  const shares = computed(
    () => new Map((query.data.value ?? []).map((row) => [row.group, keptShare(row)] as const)),
  )
  /** Between 0 and 1; null where no promise was decided. */
  return (policyId: string): number | null => shares.value.get(policyId) ?? null
}
