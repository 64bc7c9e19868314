import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MacroApplied } from '../../../../../server/macros/contract.ts'
import { toFailure, toUserMessage } from '../../../../api/errors.ts'
import { useApi } from '../../../../api/provide.ts'
import { isComplete } from '../../../../actions/property-actions.ts'
import type { MacroDraft } from './macro-draft.ts'

/** Long enough to finish a word. */
const TYPING_PAUSE_MS = 400

/** What the ready answer would be on a real ticket, anew with every change; nothing is changed by it. */
export function useMacroPreview(draft: Ref<MacroDraft>, ticketId: Ref<string | null>) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const applied = shallowRef<MacroApplied | null>(null)
  /** Why it can't be written, in words. */
  const problem = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  async function ask(id: string): Promise<void> {
    const mine = ++latest
    const { body, actions } = draft.value
    try {
      const answer = await trpc.macros.preview.mutate({
        ...{ ticketId: id, body, actions: actions.filter(isComplete) },
      })
      if (mine !== latest) return
      applied.value = answer
      problem.value = ''
    } catch (error) {
      if (mine !== latest) return
      applied.value = null
      problem.value =
        toFailure(error).kind === 'offline' ? t('macros.picker.offline') : toUserMessage(error, t)
    }
  }

  watch(
    [ticketId, () => JSON.stringify([draft.value.body, draft.value.actions])],
    ([id]) => {
      clearTimeout(timer)
      if (id) timer = setTimeout(() => void ask(id), TYPING_PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { applied, problem }
}
