/** The size of letters: one for all windows, kept for the next start. */
import type { SettingsFile } from '../settings/settings.ts'
import type { AppWindows } from './windows.ts'

/** Those of every browser, within what our narrowest window can still show. */
const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

export type ZoomMove = 'in' | 'out' | 'reset'

export function zoomAfter(factor: number, move: ZoomMove): number {
  if (move === 'reset') return 1
  // A hair apart is the same step: Chromium counts in powers of 1.2.
  const next =
    move === 'in'
      ? ZOOM_STEPS.find((step) => step > factor + 0.01)
      : ZOOM_STEPS.findLast((step) => step < factor - 0.01)
  return next ?? factor
}

export interface Zoom {
  factor(): number
  set(factor: number): void
  move(move: ZoomMove): void
}

export function createZoom(settings: SettingsFile, windows: Pick<AppWindows, 'all'>): Zoom {
  const factor = (): number => settings.read().zoom
  const set = (wanted: number): void => {
    settings.note({ zoom: wanted })
    for (const window of windows.all()) window.setZoomFactor(wanted)
  }
  return { factor, set, move: (move) => set(zoomAfter(factor(), move)) }
}
