import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useAlertsStore } from '../../stores/alerts.ts'
import { isOffer } from '../routing/use-offers.ts'

/** The calling alerts, told apart by whether their own ticket is on the screen, where its strip says all that a card would. */
export function useAlertsAtHand() {
  const route = useRoute()
  const alerts = useAlertsStore()
  const openTicketId = computed(() => (route.name === 'ticket' ? String(route.params['id']) : null))
  const isAtHand = ({ ticketId }: { ticketId: string | null }): boolean =>
    ticketId !== null && ticketId === openTicketId.value

  const elsewhere = computed(() => alerts.calling.filter((alert) => !isAtHand(alert)))
  /** The one that the keys speak of: that of the work in hand, else the most urgent. Offers have keys of their own. */
  const top = computed(() => {
    const others = alerts.calling.filter((alert) => !isOffer(alert))
    return others.find(isAtHand) ?? others[0]
  })
  /** On a ticket, or on the desk's own settings, whose buttons the cards would lie over. */
  const isAtWork = computed(() => openTicketId.value !== null || route.name === 'settings')
  return { elsewhere, top, isAtWork }
}
