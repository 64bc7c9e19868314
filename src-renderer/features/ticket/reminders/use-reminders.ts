import { useQuery } from '@pinia/colada'
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ReminderView } from '../../../../server/reminders/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { toUserMessage } from '../../../api/errors.ts'
import { useOutboxStore } from '../../../stores/outbox.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { showToast } from '../../../ui/toasts.ts'

/** What is still to come on a ticket, and how to take it back. */
export function useReminders(ticketId: () => string) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const outbox = useOutboxStore()

  const key = () => ['reminders', ticketId()]
  const { data } = useQuery(() => ({
    key: key(),
    query: () => trpc.reminders.list.query({ ticketId: ticketId() }),
  }))
  useFreshQuery(
    key,
    ({ type, data: said }) =>
      (type.startsWith('reminder.') && said['ticketId'] === ticketId()) || type === 'alert.raised',
  )

  /** Taken back here, while the server does not know yet. */
  const gone = ref<ReadonlySet<string>>(new Set())
  const reminders = computed(() => (data.value ?? []).filter(({ id }) => !gone.value.has(id)))

  async function cancel({ id }: ReminderView): Promise<void> {
    gone.value = new Set([...gone.value, id])
    try {
      await outbox.enqueue('reminders.cancel', { id })
      showToast({ text: t('reminders.toast.cancelled'), undo: () => restore(id) })
    } catch (error) {
      comeBack(id)
      showToast({ text: toUserMessage(error, t), tone: 'danger' })
    }
  }

  async function restore(id: string): Promise<void> {
    comeBack(id)
    await outbox.enqueue('reminders.restore', { id })
  }

  function comeBack(id: string): void {
    gone.value = new Set([...gone.value].filter((each) => each !== id))
  }

  return { reminders, cancel }
}
