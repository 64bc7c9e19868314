/** Which of several dashboards stands on the wall. Pure. */

/** `by` steps on, or back; beyond an end it begins again at the other. */
export const turned = (index: number, by: number, count: number): number =>
  count === 0 ? 0 : (((index + by) % count) + count) % count

type WallKey = 'next' | 'previous' | 'pause' | 'fullScreen'

/** What a key does on a wall; remote controls send arrows and "play/pause". */
export function wallKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): WallKey | null {
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'ArrowRight' || key === 'MediaTrackNext') return 'next'
  if (key === 'ArrowLeft' || key === 'MediaTrackPrevious') return 'previous'
  if (key === 'p' || key === 'P' || key === 'MediaPlayPause') return 'pause'
  return key === 'f' || key === 'F' ? 'fullScreen' : null
}
