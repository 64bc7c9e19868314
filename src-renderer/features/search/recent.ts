const KEPT = 8

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** The recent searches with `text` as the newest; what says the same is kept once. */
export function withRecent(recent: readonly string[], text: string): string[] {
  const wanted = text.trim()
  if (wanted.length < 2) return [...recent]
  return [wanted, ...recent.filter((each) => folded(each) !== folded(wanted))].slice(0, KEPT)
}
