import { computed, shallowRef } from 'vue'
import type { AlertsApi, AlertSettings } from '../../../src-main/alerts/ipc.ts'
import { useDesk } from '../../stores/desk.ts'
import type { DeskBridge } from '../../desk/bridge.ts'
import { isTone } from './tones.ts'

const KEY = 'balcao.alertSettings'
/** What was chosen before all was muted. */
const MUTED = 'balcao.alertSoundsMuted'
/** Before there was a choice of sounds: `false` when somebody had turned theirs off. */
const FORMER_SWITCH = 'balcao.alertSound'

export const DEFAULT_SETTINGS: AlertSettings = {
  privacy: 'all',
  sounds: { urgent: 'siren', warning: 'marimba', info: 'drop' },
  volume: 0.8,
  ownWindow: true,
  flash: true,
}
const SILENCE: AlertSettings['sounds'] = { urgent: null, warning: null, info: null }

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** This computer's settings: the desktop program keeps them for all its windows, a browser in its own storage. */
export function createAlertSettings(api: AlertsApi | null, storage: Kept) {
  const settings = shallowRef(api ? DEFAULT_SETTINGS : readBrowsers(storage))
  let loading = load().then(migrate)

  async function load(): Promise<void> {
    settings.value = api ? await api.getSettings() : readBrowsers(storage)
  }

  async function migrate(): Promise<void> {
    const wasOff = storage.getItem(FORMER_SWITCH) === 'false'
    if (wasOff) await keep({ ...settings.value, sounds: SILENCE })
    storage.removeItem(FORMER_SWITCH)
  }

  async function keep(next: AlertSettings): Promise<void> {
    settings.value = next
    if (api) await api.setSettings(next)
    else storage.setItem(KEY, JSON.stringify(next))
  }

  /** Works at once. @throws what the desktop says when it can't keep them */
  async function change(changes: Partial<AlertSettings>): Promise<void> {
    // What was never read must not be written over by what is only assumed.
    await loading
    await keep({ ...settings.value, ...changes })
  }

  /** Mutes all sounds, or brings back those that were chosen. */
  async function setSoundOn(on: boolean): Promise<void> {
    await loading
    if (on) {
      const chosen = soundsOf(parsed(storage.getItem(MUTED)))
      return change({ sounds: chosen.urgent === null ? DEFAULT_SETTINGS.sounds : chosen })
    }
    storage.setItem(MUTED, JSON.stringify(settings.value.sounds))
    await change({ sounds: SILENCE })
  }

  return {
    settings,
    isSoundOn: computed(() => settings.value.sounds.urgent !== null),
    whenKnown: () => loading,
    /** Looks again: another window may have changed them. */
    look: () => (loading = loading.catch(() => undefined).then(load)),
    change,
    setSoundOn,
  }
}

function readBrowsers(storage: Kept): AlertSettings {
  const kept = parsed(storage.getItem(KEY))
  const volume = Number(kept['volume'] ?? DEFAULT_SETTINGS.volume)
  return {
    ...DEFAULT_SETTINGS,
    sounds: soundsOf(record(kept['sounds'])),
    volume: volume >= 0 && volume <= 1 ? volume : DEFAULT_SETTINGS.volume,
  }
}

function soundsOf(kept: Record<string, unknown>): AlertSettings['sounds'] {
  const of = (severity: keyof AlertSettings['sounds']) => {
    const tone = kept[severity]
    return tone === null || isTone(tone) ? tone : DEFAULT_SETTINGS.sounds[severity]
  }
  return { urgent: of('urgent'), warning: of('warning'), info: of('info') }
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    return record(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const known = new WeakMap<DeskBridge, ReturnType<typeof createAlertSettings>>()

/** The settings of this computer, the same for every component. */
export function useAlertSettings(): ReturnType<typeof createAlertSettings> {
  const desk = useDesk()
  const there = known.get(desk)
  if (there) return there
  const made = createAlertSettings(desk.alerts, localStorage)
  known.set(desk, made)
  const look = (): void => void made.look().catch(() => undefined)
  window.addEventListener('storage', ({ key }) => key === KEY && look())
  if (desk.alerts) window.addEventListener('focus', look)
  return made
}
