import { useQuery } from '@pinia/colada'
import { computed, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CallView, ListCalls } from '../../../server/phone/contract.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { showToast } from '../../ui/toasts.ts'
import { callLists, type Decided } from './call-lists.ts'

const STEP = 50
const MOST = 200

/** The calls of the reader, or all for those who oversee the desk; the missed ones that wait for somebody apart. */
export function useCallList(scope: Readonly<Ref<ListCalls['scope']>>) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const outbox = useOutboxStore()
  const limit = ref(STEP)
  const decided = ref<Decided>(new Map())

  const missed = useQuery({
    key: () => ['calls', 'missed', scope.value],
    query: () => trpc.calls.list.query({ scope: scope.value, state: 'missed', limit: MOST }),
  })
  const all = useQuery({
    key: () => ['calls', 'all', scope.value, limit.value],
    query: () => trpc.calls.list.query({ scope: scope.value, limit: limit.value }),
    placeholderData: (before) => before,
  })
  const retry = useFreshQuery(['calls'], ({ type }) => type.startsWith('call.'))
  watch(scope, () => (limit.value = STEP))

  function decide(id: string, handled: boolean | null): void {
    const next = new Map(decided.value)
    if (handled === null) next.delete(id)
    else next.set(id, handled)
    decided.value = next
  }

  async function send({ id }: CallView, handled: boolean): Promise<void> {
    decide(id, handled)
    const sent = await outbox.enqueue('calls.handle', { callId: id, handled })
    const unattend = outbox.attend(sent.id)
    try {
      await sent.answer
      await retry()
    } catch (error) {
      decide(id, null)
      await outbox.discard(sent.id)
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    } finally {
      unattend()
    }
  }

  function handle(call: CallView): void {
    void send(call, true)
    showToast({ text: t('phone.page.handledToast'), undo: () => void send(call, false) })
  }

  return {
    lists: computed(() =>
      callLists(missed.data.value?.items ?? [], all.data.value?.items ?? [], decided.value),
    ),
    isLoading: computed(() => !all.data.value && !all.error.value),
    failure: computed(() => all.error.value ?? missed.error.value),
    hasMore: computed(() => Boolean(all.data.value?.nextCursor) && limit.value < MOST),
    more: (): void => void (limit.value += STEP),
    retry,
    handle,
  }
}
