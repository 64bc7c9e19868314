import { watchDebounced } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import type { Preview, PreviewAnswer } from '../../../../../server/sla/calendar.contract.ts'
import { useApi } from '../../../../api/provide.ts'

/** Typing shall not ask at every key. */
const PAUSE_MS = 250

export interface PreviewState {
  answer: PreviewAnswer | null
  error: unknown
}

/** Asks the desk to reckon, whenever the question changes; null is no question. */
export function usePreview(question: Readonly<Ref<Preview | null>>): Readonly<Ref<PreviewState>> {
  const { trpc } = useApi()
  const state = ref<PreviewState>({ answer: null, error: null })
  let newest = 0

  watchDebounced(
    () => JSON.stringify(question.value),
    async () => {
      const mine = ++newest
      if (!question.value) return void (state.value = { answer: null, error: null })
      try {
        const answer = await trpc.calendars.preview.query(question.value)
        if (mine === newest) state.value = { answer, error: null }
      } catch (error) {
        if (mine === newest) state.value = { answer: null, error }
      }
    },
    { debounce: PAUSE_MS, immediate: true },
  )
  return state
}
