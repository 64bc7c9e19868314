/** How many rows of a list to show so that the last line can say how many are left out. Heights in pixels. Pure. */
export function rowsThatFit(count: number, place: number, row: number): number {
  if (row <= 0) return count
  const fit = Math.max(1, Math.floor((place + 0.5) / row))
  return fit >= count ? count : Math.max(1, fit - 1)
}
