import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DashboardView } from '../../../../server/dashboards/contract.ts'
import { toFailure, toUserMessage } from '../../../api/errors.ts'
import { showToast } from '../../../ui/toasts.ts'
import type { useDashboards } from '../use-dashboards.ts'
import type { BoardContent } from './board-draft.ts'

/** Saves what was arranged. What somebody else has saved meanwhile stops it, and waits in `theirs` until it is decided. */
export function useSaving(
  board: DashboardView,
  stored: Pick<ReturnType<typeof useDashboards>, 'create' | 'update'>,
  onSaved: (id: string) => void,
) {
  const { t } = useI18n()
  const isBusy = ref(false)
  const problem = ref('')
  const theirs = ref<DashboardView | null>(null)
  /** What one's own changes are made on. */
  let base = board

  async function save(content: BoardContent): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    const input = { ...content, name: content.name.trim() }
    try {
      const id = base.version === 0 ? await stored.create(input) : board.id
      if (base.version > 0) await stored.update(base.id, base.version, differences(base, input))
      showToast({ tone: 'success', text: t('dashboard.edit.saved', { name: input.name }) })
      onSaved(id)
    } catch (error) {
      const { code, details } = toFailure(error)
      if (code === 'CONFLICT' && details['current']) theirs.value = details['current'] as DashboardView
      else problem.value = toUserMessage(error, t)
    } finally {
      isBusy.value = false
    }
  }

  /** Saves one's own over what the other has saved. */
  async function saveOver(content: BoardContent): Promise<void> {
    if (theirs.value) base = { ...base, version: theirs.value.version }
    theirs.value = null
    await save(content)
  }

  /** Goes on with what the other has saved. */
  function takeTheirs(): DashboardView | null {
    const taken = theirs.value
    if (taken) base = taken
    theirs.value = null
    return taken
  }

  return { isBusy, problem, theirs, save, saveOver, takeTheirs }
}

/** Only what was changed, so that it can be joined with what somebody else has changed. */
function differences(before: BoardContent, after: BoardContent): Partial<BoardContent> {
  const isSame = (name: keyof BoardContent) => JSON.stringify(before[name]) === JSON.stringify(after[name])
  return Object.fromEntries(
    (Object.keys(after) as (keyof BoardContent)[])
      .filter((name) => !isSame(name))
      .map((name) => [name, after[name]]),
  )
}
