/** What is remembered of windows: where each kind stood on each arrangement of screens, and how large letters were. */
import { z } from 'zod'
import type { WindowKind } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import { windowPlace, type Rectangle, type WindowPlace } from './window-place.ts'

const kind = z.enum(['main', 'ticket', 'alert', 'capture'])

export const windowFields = {
  /** By kind, then by arrangement of screens; the latest last. */
  places: z.partialRecord(kind, z.record(z.string(), windowPlace)).catch({}),
  /** Of all windows, for Chromium keeps it by site; 1 is 100 %. */
  zoom: z.number().min(0.5).max(3).catch(1),
} as const

/** The desk, the meeting room and home: more is guesswork. */
const ARRANGEMENTS_KEPT = 6

/** Names an arrangement of screens, so that a window finds its place again when the second screen is back. */
export function arrangementOf(workAreas: readonly Rectangle[]): string {
  return workAreas.map(({ x, y, width, height }) => `${x},${y},${width},${height}`).join(' ')
}

/** Where a window of this kind stood on these screens; failing that, where it stood last. */
export function rememberedPlace(
  settings: SettingsFile,
  of: WindowKind,
  workAreas: readonly Rectangle[],
): WindowPlace | null {
  const places = settings.read().places[of] ?? {}
  return places[arrangementOf(workAreas)] ?? Object.values(places).at(-1) ?? null
}

export function rememberPlace(
  settings: SettingsFile,
  of: WindowKind,
  workAreas: readonly Rectangle[],
  place: WindowPlace,
): void {
  const { places } = settings.read()
  const here = arrangementOf(workAreas)
  const others = Object.entries(places[of] ?? {}).filter(([arrangement]) => arrangement !== here)
  const kept = [...others.slice(1 - ARRANGEMENTS_KEPT), [here, place] as const]
  settings.note({ places: { ...places, [of]: Object.fromEntries(kept) } })
}
