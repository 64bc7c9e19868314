import { computed, watch, type Ref } from 'vue'
import type { Tile } from '../../../server/dashboards/contract.ts'
import { useAlertSettings } from '../alerts/sound-settings.ts'
import { chime } from '../alerts/chime.ts'
import { takesTurn } from '../alerts/ring.ts'
import { turnedRed, type Level } from './tile-values.ts'

/** Sounds once when a tile that wants it turns red; on a computer whose alerts are mute it stays silent. */
export function useRedAlarm(tiles: Ref<readonly Tile[]>, levels: Ref<ReadonlyMap<string, Level>>): void {
  const { settings } = useAlertSettings()
  /** As text, so that the watch below hears of changes only. */
  const state = computed(() => JSON.stringify([...levels.value]))

  watch(state, (now, before) => {
    const read = (text: string) => new Map(JSON.parse(text) as [string, Level][])
    if (turnedRed(tiles.value, read(before), read(now)).length === 0) return
    const tone = settings.value.sounds.warning
    if (tone && takesTurn(localStorage, Date.now())) void chime.play(tone, settings.value.volume)
  })
}
