import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { toUserMessage } from '../../api/errors.ts'
import { useSessionStore } from '../../stores/session.ts'
import { showToast } from '../../ui/toasts.ts'
import { queueRow, viewQueue, type ListPlan } from './queues.ts'
import type { useQueue } from './use-queue.ts'
import type { useViews } from './use-views.ts'

/** Keeps what the user made of a queue: as a new view, or in the view it was made from. */
export function useSaveView(
  queue: ReturnType<typeof useQueue>,
  plan: Ref<ListPlan>,
  stored: ReturnType<typeof useViews>,
) {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSessionStore()

  const isAsking = ref(false)
  const isSaving = ref(false)
  const error = ref<string>()

  const view = computed(() => {
    const row = queueRow(queue.key.value)
    return row?.kind === 'view' ? stored.views.value.find(({ id }) => id === row.id) : undefined
  })
  const mayUpdate = computed(
    () => view.value !== undefined && (!view.value.shared || session.can('views.share')),
  )

  function ask(): void {
    error.value = undefined
    isAsking.value = true
  }

  async function create(name: string, shared: boolean): Promise<void> {
    isSaving.value = true
    error.value = undefined
    try {
      const id = await stored.create(plan.value, name, shared)
      isAsking.value = false
      showToast({ text: t('queue.save.done', { name }), tone: 'success' })
      if (id) await router.push({ name: 'queue', params: { queue: viewQueue(id) } })
    } catch (failure) {
      error.value = toUserMessage(failure, t)
    } finally {
      isSaving.value = false
    }
  }

  async function update(): Promise<void> {
    const updated = view.value
    if (!updated) return
    try {
      await stored.update(updated.id, plan.value)
      queue.reset()
      showToast({ text: t('queue.save.updated', { name: updated.name }), tone: 'success' })
    } catch (failure) {
      showToast({ text: toUserMessage(failure, t), tone: 'danger' })
    }
  }

  return { isAsking, isSaving, error, mayUpdate, ask, create, update }
}
