import { computed, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import type { SavedView } from '../../../server/views/contract.ts'
import { useCatalogStore } from '../../stores/catalog.ts'
import { planInAddress } from './ad-hoc.ts'
import { parseQueueKey, planOf, queueRow, samePlan, type ListPlan, type QueueKey } from './queues.ts'

const STORAGE_KEY = 'balcao.queue'

const remembered = (): QueueKey => parseQueueKey(localStorage.getItem(STORAGE_KEY) ?? '') ?? 'mine'

/** The queue on screen: the address names it, and while a ticket is open the last one stays. */
export function useQueue(views: Ref<readonly SavedView[]>) {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const catalog = useCatalogStore()

  const key = ref<QueueKey>(remembered())
  /** What the user made of the queue's filter and order, until they choose a queue again. */
  const own = ref<ListPlan | null>(null)

  const kept = computed(() => planOf(key.value, views.value))
  const plan = computed<ListPlan | null>(() => own.value ?? kept.value)
  const isChanged = computed(
    () => own.value !== null && kept.value !== null && !samePlan(own.value, kept.value),
  )

  watch(
    () => (route.name === 'queue' ? ([route.params['queue'], route.query] as const) : null),
    (address) => {
      if (!address) return
      const [named, query] = address
      const asked = typeof named === 'string' ? parseQueueKey(named) : null
      if (asked) choose(asked)
      own.value = planInAddress(query) ?? own.value
    },
    { immediate: true },
  )

  function choose(chosen: QueueKey): void {
    if (chosen === key.value) return
    key.value = chosen
    own.value = null
    localStorage.setItem(STORAGE_KEY, chosen)
  }

  function change(changes: Partial<ListPlan>): void {
    if (plan.value) own.value = { ...plan.value, ...changes }
  }

  function reset(): void {
    own.value = null
    // An address that still asked for the filter would bring it back on the way back from a ticket.
    if (route.name === 'queue' && route.query['filter']) void router.replace({ query: {} })
  }

  function nameOf(queue: QueueKey): string {
    const row = queueRow(queue)
    if (!row) return t(`queue.standard.${queue}`)
    if (row.kind === 'team') return catalog.teamName(row.id) ?? t('queue.unknownTeam')
    return views.value.find(({ id }) => id === row.id)?.name ?? t('queue.unknownView')
  }

  return {
    key,
    plan,
    isChanged,
    name: computed(() => nameOf(key.value)),
    change,
    /** Back to the queue as it was saved. */
    reset,
  }
}
