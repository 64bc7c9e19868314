import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, watch } from 'vue'
import { useAlertsStore } from '../../stores/alerts.ts'
import { chime } from './chime.ts'
import { takesTurn, untilRing } from './ring.ts'
import { soundOn } from './sound-setting.ts'

/** Makes urgent alerts heard: when they begin to call, and every minute until somebody has them in hand. */
export function useAlarm({ onRing }: { onRing: () => void }): void {
  const alerts = useAlertsStore()
  const isUrgent = computed(() => alerts.calling.some(({ severity }) => severity === 'urgent'))
  let timer: ReturnType<typeof setTimeout> | undefined
  let rungAt: number | null = null

  async function ring(): Promise<void> {
    clearTimeout(timer)
    if (!soundOn.value || !isUrgent.value) return
    rungAt = Date.now()
    onRing()
    if (takesTurn(localStorage, rungAt)) await chime.play()
    wait()
  }

  function wait(): void {
    clearTimeout(timer)
    if (soundOn.value && isUrgent.value) timer = setTimeout(() => void ring(), untilRing(rungAt, Date.now()))
  }

  const stop = alerts.onCall((calls) => {
    if (calls.some(({ alert }) => alert.severity === 'urgent')) void ring()
  })
  watch([soundOn, isUrgent], wait)
  watch(soundOn, (on) => on && void chime.unlock(), { immediate: true })

  /** The first click or key lifts the browser's ban; what could not be heard then is heard now. */
  async function onGesture(): Promise<void> {
    if (chime.state.value !== 'blocked' || !soundOn.value) return
    if ((await chime.unlock()) && isUrgent.value) await chime.play()
  }
  useEventListener(document, 'click', onGesture, { passive: true })
  useEventListener(document, 'keydown', onGesture, { passive: true })

  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })
}
