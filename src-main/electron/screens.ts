import type { Screen } from 'electron'
import type { Rectangle } from '../windows/window-place.ts'

/** The part of each screen that is free for windows; the primary screen first. */
export function workAreasOf(screen: Screen): readonly Rectangle[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}
