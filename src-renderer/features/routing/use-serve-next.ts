import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { Served } from '../../../server/routing/contract.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { newId } from '../../outbox/new-id.ts'
import { showToast } from '../../ui/toasts.ts'
import { useTicketEdit } from '../ticket/use-ticket-edit.ts'

/**
 * Gives the reader the next ticket that nobody has. Only the server knows which, and nobody else may get it: without a network there
 * is none.
 */
export function useServeNext() {
  const { t } = useI18n()
  const api = useApi()
  const router = useRouter()
  const { change } = useTicketEdit()
  const isServing = ref(false)

  async function serveNext(): Promise<void> {
    if (isServing.value) return
    isServing.value = true
    try {
      const { ticket } = (await api.send('routing.next', undefined, newId())) as Served
      if (!ticket) return void showToast({ text: t('routing.next.nothing') })
      showToast({
        text: t('ticket.toast.taken', { number: ticket.number }),
        tone: 'success',
        undo: () => change(ticket, { agentId: null }, t('routing.next.returned', { number: ticket.number })),
      })
      await router.push({ name: 'ticket', params: { id: ticket.id } })
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    } finally {
      isServing.value = false
    }
  }

  return { serveNext, isServing }
}
