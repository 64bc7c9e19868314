import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useCommands } from '../../commands/registry.ts'
import { newId } from '../../outbox/new-id.ts'
import { announce } from '../../shell/announce.ts'
import { useAlertsStore } from '../../stores/alerts.ts'
import { useSessionStore } from '../../stores/session.ts'
import { showToast } from '../../ui/toasts.ts'

type AboutTicket = Pick<AlertView, 'ticketId' | 'ticket'>

/** Somebody is asked whether they take a ticket: an alert with an answer and an end. */
export const isOffer = ({ reason }: Pick<AlertView, 'reason'>): boolean => reason === 'routing.offer'

/** The reader's answers. Neither waits for a network: by then somebody else is being asked. */
export function useOffers() {
  const { t } = useI18n()
  const api = useApi()
  const router = useRouter()
  const alerts = useAlertsStore()
  const session = useSessionStore()
  /** Whether the reader is the one who is asked, and has not answered. */
  const isMine = (alert: AlertView): boolean =>
    isOffer(alert) && alert.acknowledgedAt === null && alert.data['agentId'] === session.agent?.id
  /** The offer to the reader that ends first. */
  const first = computed(() =>
    alerts.calling
      .filter(isMine)
      .toSorted((a, b) => String(a.data['expiresAt']).localeCompare(String(b.data['expiresAt'])))
      .at(0),
  )

  async function answer(procedure: 'routing.accept' | 'routing.refuse', ticketId: string): Promise<boolean> {
    try {
      await api.send(procedure, { ticketId }, newId())
      return true
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
      return false
    } finally {
      alerts.ask()
    }
  }

  async function accept({ ticketId, ticket }: AboutTicket): Promise<void> {
    if (!ticketId || !(await answer('routing.accept', ticketId))) return
    showToast({ tone: 'success', text: t('ticket.toast.taken', { number: ticket?.number ?? '' }) })
    await router.push({ name: 'ticket', params: { id: ticketId } })
  }

  async function refuse({ ticketId }: AboutTicket): Promise<void> {
    if (ticketId && (await answer('routing.refuse', ticketId))) announce(t('routing.offer.refused'))
  }

  return { first, isMine, accept, refuse }
}

/** From everywhere, by key and from the palette; it concerns the offer that ends first. */
export function useOfferCommands(): void {
  const { first, accept, refuse } = useOffers()
  const when = () => first.value !== undefined
  const group = 'alerts.command.group'
  useCommands([
    {
      id: 'routing.accept',
      title: 'routing.offer.command.accept',
      ...{ group, when, keys: 'shift+p' },
      run: () => first.value && void accept(first.value),
    },
    {
      id: 'routing.refuse',
      title: 'routing.offer.command.refuse',
      ...{ group, when, keys: 'shift+r' },
      run: () => first.value && void refuse(first.value),
    },
  ])
}
