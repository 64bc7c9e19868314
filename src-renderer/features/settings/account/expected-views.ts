import type { SavedView } from '../../../../server/views/contract.ts'
import { reordered } from '../../../stores/catalog-answers.ts'

interface Write {
  procedure: string
  input: unknown
}

/** The views as they will be after these writes, shared ones first, each kind in its order. */
export function expectedViews(views: readonly SavedView[], writes: readonly Write[]): SavedView[] {
  return writes
    .reduce<SavedView[]>(
      (rows, { procedure, input }) => {
        const { id, changes, ids } = input as { id: string; changes?: Partial<SavedView>; ids?: string[] }
        if (procedure === 'views.delete') return rows.filter((row) => row.id !== id)
        if (procedure === 'views.reorder') return reordered(rows, ids ?? [])
        if (procedure === 'views.update')
          return rows.map((row) => (row.id === id ? { ...row, ...changes } : row))
        if (procedure !== 'views.create' || rows.some((row) => row.id === id)) return rows
        return [...rows, input as SavedView]
      },
      [...views],
    )
    .sort((a, b) => Number(b.shared) - Number(a.shared) || a.position - b.position)
}
