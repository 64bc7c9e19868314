import { onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { AlertAct, AlertCard } from '../../../../src-main/alerts/ipc.ts'
import { toUserMessage } from '../../../api/errors.ts'
import { useDesk } from '../../../stores/desk.ts'

/** A press this soon after a card appeared was meant for what was there before. */
const SETTLE_MS = 350

/** The cards as the main process last told them, and what is done about them. */
export function useAlertCards() {
  const { t } = useI18n()
  const desk = useDesk()
  const cards = shallowRef<readonly AlertCard[]>([])
  let isSettled = true
  const problem = ref('')
  /** Acted upon; the main process takes them away when it has heard. */
  const busy = ref(new Set<string>())
  let timer: ReturnType<typeof setTimeout> | undefined

  let isTold = false

  function show(told: readonly AlertCard[]): void {
    isTold = true
    const isNewOnTop = told[0]?.id !== cards.value[0]?.id
    cards.value = told
    busy.value = new Set([...busy.value].filter((id) => told.some((card) => card.id === id)))
    if (!isNewOnTop) return
    isSettled = false
    clearTimeout(timer)
    timer = setTimeout(() => (isSettled = true), SETTLE_MS)
  }

  const stop = desk.onMessage((message) => message.kind === 'alert-cards' && show(message.cards))
  // A page that was loaded again missed what was said to the former one; whatever is said meanwhile is newer.
  void desk.alerts
    ?.cards()
    .then((standing) => isTold || show(standing))
    .catch((error: unknown) => (problem.value = toUserMessage(error, t)))
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })

  async function act(wanted: AlertAct): Promise<void> {
    if (!isSettled || busy.value.has(wanted.alertId)) return
    busy.value = new Set([...busy.value, wanted.alertId])
    problem.value = ''
    try {
      await desk.alerts?.act(wanted)
    } catch (error) {
      problem.value = toUserMessage(error, t)
    } finally {
      // Opened, it still calls until somebody has it in hand.
      busy.value = new Set([...busy.value].filter((id) => id !== wanted.alertId))
    }
  }

  async function hide(): Promise<void> {
    await desk.alerts?.hideWindow().catch((error: unknown) => (problem.value = toUserMessage(error, t)))
  }

  return { cards, problem, busy, act, hide }
}
