import { useDocumentVisibility, useIntervalFn, useSessionStorage } from '@vueuse/core'
import { computed, shallowRef, watch, type Ref } from 'vue'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useAlertsStore } from '../../stores/alerts.ts'
import { useDesk } from '../../stores/desk.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useNow } from '../../ui/use-now.ts'
import { aged, gives, nextCards, settled, wantCard, type CardAges } from './card-queue.ts'
import { isWanted } from './audible.ts'
import { useAlertsAtHand } from './use-alerts-at-hand.ts'
import { usePreferences } from './use-preferences.ts'

const TICK_MS = 1_000

/** The cards in the corner. `held`: a hand or the keyboard is on them. */
export function useCards({
  held,
  isShown,
}: {
  held: Readonly<Ref<boolean>>
  isShown: Readonly<Ref<boolean>>
}) {
  const alerts = useAlertsStore()
  const { elsewhere, isAtWork } = useAlertsAtHand()
  const page = useDocumentVisibility()
  /** Of this tab: a reload does not bring back what has gone to the bell. */
  const ages = useSessionStorage<CardAges>('balcao.alertCards', {})
  const cards = shallowRef<readonly AlertView[]>([])
  const more = shallowRef(0)
  const isBrowser = useDesk().alerts === null
  const session = useSessionStore()
  const now = useNow()
  const { preferences } = usePreferences()
  /** In a browser the cards are what its reader is told by, so they honour what they chose; the desktop has notifications for that. */
  const offered = computed(() => {
    const chosen = preferences.value
    if (!isBrowser || !chosen) return elsewhere.value
    const wishes = { preferences: chosen, agentId: session.agent?.id ?? null, now: new Date(now.value) }
    return elsewhere.value.filter((alert) => isWanted(alert, 'notification', wishes))
  })
  const wanted = computed(() => wantCard(offered.value, ages.value, isAtWork.value))

  const viewOf = (id: string): AlertView | [] =>
    alerts.latest.find((alert) => alert.id === id) ??
    settled(
      cards.value.find((alert) => alert.id === id),
      Date.now(),
    )

  watch(
    [wanted, () => alerts.latest, held],
    () => {
      const shown = cards.value.map(({ id }) => id)
      const ids = wanted.value.map(({ id }) => id)
      const next = nextCards(shown, ids, { held: held.value })
      cards.value = next.ids.flatMap(viewOf)
      more.value = next.more
    },
    { immediate: true },
  )

  watch(
    () => alerts.calling,
    (calling) => (ages.value = aged(ages.value, calling, [], 0)),
  )
  useIntervalFn(() => {
    const fades = cards.value.some((alert) => gives(alert, isAtWork.value))
    if (!fades || held.value || !isShown.value || page.value !== 'visible') return
    const shown = cards.value.map(({ id }) => id)
    ages.value = aged(ages.value, alerts.calling, shown, TICK_MS)
  }, TICK_MS)

  return { cards, more }
}
