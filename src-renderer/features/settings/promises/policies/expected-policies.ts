import type { NewPolicy, PolicyView } from '../../../../../server/sla/contract.ts'
import { reordered } from '../../../../stores/catalog-answers.ts'

interface Write {
  id: string
  procedure: string
  input: unknown
}

export interface PolicyRow extends PolicyView {
  /** On its way to the server. */
  pending: boolean
}

/** The policies as they will be after these writes, in their order. */
export function expectedPolicies(policies: readonly PolicyView[], writes: readonly Write[]): PolicyRow[] {
  return writes
    .reduce<PolicyRow[]>(
      (rows, write) => {
        const { id, changes, ids } = write.input as {
          id?: string
          changes?: Partial<NewPolicy>
          ids?: string[]
        }
        const edit = (change: Partial<PolicyView>) =>
          rows.map((row) => (row.id === id ? { ...row, ...change, pending: true } : row))
        switch (write.procedure) {
          case 'sla.policies.archive':
            return edit({ archived: true })
          case 'sla.policies.restore':
            return edit({ archived: false })
          case 'sla.policies.update':
            return edit(changes as Partial<PolicyView>)
          case 'sla.policies.reorder':
            return reordered(rows, ids ?? [])
          case 'sla.policies.create':
            return [...rows, toRow(write.id, write.input as NewPolicy, rows)]
          default:
            return rows
        }
      },
      policies.map((policy) => ({ ...policy, pending: false })),
    )
    .sort((a, b) => a.position - b.position)
}

const toRow = (id: string, policy: NewPolicy, rows: readonly PolicyRow[]): PolicyRow => ({
  ...policy,
  id,
  position: 1 + Math.max(0, ...rows.map(({ position }) => position)),
  escalations: policy.escalations.map((level, index) => ({ ...level, id: level.id ?? `level ${index}` })),
  version: 0,
  archived: false,
  openTickets: 0,
  pending: true,
})
