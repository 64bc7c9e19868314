import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useAlertsStore } from '../../stores/alerts.ts'

/** The calling alerts, told apart by whether their own ticket is on the screen, where its strip says all that a card would. */
export function useAlertsAtHand() {
  const route = useRoute()
  const alerts = useAlertsStore()
  const openTicketId = computed(() => (route.name === 'ticket' ? String(route.params['id']) : null))
  const isAtHand = ({ ticketId }: { ticketId: string | null }): boolean =>
    ticketId !== null && ticketId === openTicketId.value

  const elsewhere = computed(() => alerts.calling.filter((alert) => !isAtHand(alert)))
  /** The one that the keys speak of: that of the work in hand, else the most urgent. */
  const top = computed(() => alerts.calling.find(isAtHand) ?? elsewhere.value[0])
  return { elsewhere, top, isAtWork: computed(() => openTicketId.value !== null) }
}
