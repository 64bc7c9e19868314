/** Between two names of a legend, in pixels. */
export const LEGEND_GAP = 16

/** How wide a letter is at the most in the page's font, as a share of its size. */
export const LETTER = 0.55

/** What stands before each name, in pixels. */
export const legendMark = (size: number): number => size + 4

/**
 * How high a legend is with the room under it, in pixels: ECharts breaks it into lines where it is too wide and leaves no room for
 * them. Estimated rather than measured, for pictures are drawn without a page too.
 */
export function legendHeight(names: readonly string[], size: number, width = Infinity): number {
  let [lines, x] = [1, 0]
  for (const name of names) {
    const wide = legendMark(size) + 5 + name.length * size * LETTER
    if (x > 0 && x + wide > width) [lines, x] = [lines + 1, 0]
    x += wide + LEGEND_GAP
  }
  return size * 2 + 8 + (lines - 1) * (size + LEGEND_GAP - 3)
}
