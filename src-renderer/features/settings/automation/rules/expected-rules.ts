import type { NewRule, RuleView } from '../../../../../server/rules/contract.ts'
import { reordered } from '../../../../stores/catalog-answers.ts'

interface Write {
  id: string
  procedure: string
  input: unknown
}

export interface RuleRow extends RuleView {
  /** On its way to the server. */
  pending: boolean
}

/** The rules as they will be after these writes, in their order. */
export function expectedRules(rules: readonly RuleView[], writes: readonly Write[]): RuleRow[] {
  return writes
    .reduce<RuleRow[]>(
      (rows, write) => {
        const { id, changes, ids, enabled } = write.input as {
          id?: string
          changes?: Partial<RuleView>
          ids?: string[]
          enabled?: boolean
        }
        const edit = (change: Partial<RuleView>) =>
          rows.map((row) => (row.id === id ? { ...row, ...change, pending: true } : row))
        switch (write.procedure) {
          case 'rules.archive':
            return edit({ archived: true, enabled: false })
          case 'rules.restore':
            return edit({ archived: false })
          case 'rules.update':
            return edit(changes ?? {})
          case 'rules.setEnabled':
            return edit({ enabled: enabled === true, fault: null })
          case 'rules.reorder':
            return reordered(rows, ids ?? [])
          case 'rules.create':
            return [...rows, toRow(write.id, write.input as NewRule, rows)]
          default:
            return rows
        }
      },
      rules.map((rule) => ({ ...rule, pending: false })),
    )
    .sort((a, b) => a.position - b.position)
}

const toRow = (commandId: string, rule: NewRule, rows: readonly RuleRow[]): RuleRow => ({
  ...rule,
  id: rule.id ?? commandId,
  position: rule.position ?? 1 + Math.max(0, ...rows.map(({ position }) => position)),
  archived: false,
  version: 0,
  fault: null,
  problems: {},
  firedCount: 0,
  lastFiredAt: null,
  waiting: 0,
  pending: true,
})
