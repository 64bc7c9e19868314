import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, watch } from 'vue'
import type { AlertView } from '../../../server/alerts/contract.ts'
import type { Tone } from '../../../src-main/alerts/ipc.ts'
import { useAlertsStore } from '../../stores/alerts.ts'
import { useDesk } from '../../stores/desk.ts'
import { useSessionStore } from '../../stores/session.ts'
import { notHeard, toneOf } from './audible.ts'
import { chime } from './chime.ts'
import { playOrderedSounds } from './ordered-sounds.ts'
import { takesTurn, untilRing } from './ring.ts'
import { useAlertSettings } from './sound-settings.ts'
import { usePreferences } from './use-preferences.ts'

/**
 * Makes alerts heard: urgent ones when they begin to call and every minute until somebody has them in hand, others once. In the
 * desktop client the main process decides that, for it knows every window; the page sounds what it is told to.
 */
export function useAlarm({ onRing }: { onRing: () => void }): void {
  const desk = useDesk()
  if (!desk.alerts) return ringHere(onRing)
  const alerts = useAlertsStore()
  const stopSounds = playOrderedSounds(desk)
  const stopCalls = alerts.onCall((calls) => {
    if (calls.some(({ alert }) => alert.severity === 'urgent')) onRing()
  })
  onScopeDispose(() => {
    stopSounds()
    stopCalls()
  })
}

function ringHere(onRing: () => void): void {
  const alerts = useAlertsStore()
  const session = useSessionStore()
  const { settings, isSoundOn } = useAlertSettings()
  const { preferences } = usePreferences()
  const isUrgent = computed(() => alerts.calling.some(({ severity }) => severity === 'urgent'))
  let timer: ReturnType<typeof setTimeout> | undefined
  let rungAt: number | null = null

  async function ring(): Promise<void> {
    clearTimeout(timer)
    if (!isSoundOn.value || !isUrgent.value) return
    rungAt = Date.now()
    onRing()
    wait()
    // A tab that the browser keeps silent leaves the turn to one that can be heard.
    if ((await chime.unlock()) && takesTurn(localStorage, Date.now())) await playFor(alerts.calling)
  }

  const toneFor = (calling: readonly AlertView[]): Tone | null =>
    toneOf(calling, settings.value.sounds, {
      preferences: preferences.value ?? { cells: {}, quiet: null },
      agentId: session.agent?.id ?? null,
      now: new Date(),
    })

  async function playFor(calling: readonly AlertView[]): Promise<void> {
    const tone = toneFor(calling)
    if (tone !== null) await chime.play(tone, settings.value.volume)
  }

  async function playOnce(called: readonly AlertView[]): Promise<void> {
    if (toneFor(called) !== null && !(await chime.unlock())) return
    const fresh = notHeard(localStorage, called)
    if (fresh.length > 0) await playFor(fresh)
  }

  function wait(): void {
    clearTimeout(timer)
    if (isSoundOn.value && isUrgent.value)
      timer = setTimeout(() => void ring(), untilRing(rungAt, Date.now()))
  }

  const stop = alerts.onCall((calls) => {
    const called = calls.map(({ alert }) => alert)
    void (called.some(({ severity }) => severity === 'urgent') ? ring() : playOnce(called))
  })
  watch([isSoundOn, isUrgent], wait)
  watch(isSoundOn, (on) => on && void chime.unlock(), { immediate: true })

  /** The first click or key lifts the browser's ban; what could not be heard then is heard now. */
  async function onGesture(): Promise<void> {
    if (chime.state.value !== 'blocked' || !isSoundOn.value) return
    if (await chime.unlock()) await (isUrgent.value ? playFor(alerts.calling) : playOnce(alerts.calling))
  }
  useEventListener(document, 'click', onGesture, { passive: true })
  useEventListener(document, 'keydown', onGesture, { passive: true })

  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })
}
