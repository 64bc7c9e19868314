import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { MacroFigures, MacroView } from '../../../../../server/macros/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { reordered } from '../../../../stores/catalog-answers.ts'
import { useMacrosStore } from '../../../../stores/macros.ts'
import { useOutboxStore } from '../../../../stores/outbox.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../../stores/use-submit.ts'
import type { MacroContent } from './macro-draft.ts'

/** The days that figures look back. */
export const FIGURE_DAYS = 30
const FIGURES = ['macros', 'figures']

/** The library with what is on its way laid over, and everything that can be done to it. */
export function useMacros() {
  const { trpc } = useApi()
  const store = useMacrosStore()
  const outbox = useOutboxStore()
  const submit = useSubmit()

  const figures = useQuery<MacroFigures[]>({
    key: FIGURES,
    query: () => trpc.macros.figures.query({ days: FIGURE_DAYS }),
  })
  useFreshQuery(FIGURES, ({ type }) => type.startsWith('macro.'))

  const macros = computed(() =>
    store.rows
      ? outbox.waiting.reduce<MacroView[]>(
          (rows, { procedure, input }) => expected(rows, procedure, input),
          store.rows,
        )
      : null,
  )

  /** Refusals of these stand in the outbox, where `RefusedWrites` shows them. */
  async function archive(id: string): Promise<MacroView> {
    return (await outbox.enqueue('macros.archive', { id })).answer
  }
  const restore = async (id: string) =>
    void (await outbox.enqueue('macros.restore', { id })).answer.catch(() => undefined)
  const reorder = async (ids: string[]) =>
    void (await outbox.enqueue('macros.reorder', { ids })).answer.catch(() => undefined)

  return {
    macros,
    figureOf: (id: string) => figures.data.value?.find(({ macroId }) => macroId === id) ?? null,
    load: store.load,
    archive,
    restore,
    reorder,
    /**
     * Answers null when the write waits for a network.
     * @throws what the server refuses, for the form to show
     */
    create: (macro: MacroContent) => submit('macros.create', macro),
    /** As `create`; `version` is the one that the changes were made on. */
    update: (id: string, version: number, changes: Partial<MacroContent>) =>
      submit('macros.update', { id, version, changes }),
  }
}

function expected(rows: readonly MacroView[], procedure: string, input: unknown): MacroView[] {
  const { id, ids } = input as { id?: string; ids?: string[] }
  const set = (archived: boolean) => rows.map((row) => (row.id === id ? { ...row, archived } : row))
  if (procedure === 'macros.archive') return set(true)
  if (procedure === 'macros.restore') return set(false)
  return procedure === 'macros.reorder' ? reordered(rows, ids ?? []) : [...rows]
}
