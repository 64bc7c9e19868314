const BADGE = /^\(\d+\) ⚠ /

/** A page's title with the number of alerts that call before it, to be found among many tabs. */
export function badgedTitle(title: string, count: number): string {
  const bare = title.replace(BADGE, '')
  return count > 0 ? `(${count}) ⚠ ${bare}` : bare
}
