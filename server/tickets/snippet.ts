/** Private-use characters that mark a match, so that a snippet is plain text and nobody has to trust markup in it. */
export const MATCH_START = '\u{E000}'
export const MATCH_END = '\u{E001}'

const CONTEXT = 60
const MAX_LENGTH = 180

/** The part of the first text that has a searched word, with every searched word in it marked; else the beginning of the last text. */
export function snippetOf(texts: string[], search: string): string {
  const words = (search.match(/[\p{L}\p{N}]+/gu) ?? []).map(fold)
  for (const text of texts.toReversed()) {
    const first = matches(text, words)[0]
    if (first) return mark(cut(text, Math.max(0, first.start - CONTEXT)), words)
  }
  return mark(cut(texts.at(-1) ?? '', 0), words)
}

function cut(text: string, from: number): string {
  const start = from === 0 ? 0 : text.indexOf(' ', from) + 1
  const part = text.slice(start, start + MAX_LENGTH).replaceAll(/\s+/g, ' ')
  return `${start > 0 ? '… ' : ''}${part}${start + MAX_LENGTH < text.length ? ' …' : ''}`
}

function mark(text: string, words: string[]): string {
  let marked = ''
  let end = 0
  for (const match of matches(text, words)) {
    marked += text.slice(end, match.start) + MATCH_START + text.slice(match.start, match.end) + MATCH_END
    end = match.end
  }
  return marked + text.slice(end)
}

/** Words of the text that begin with a searched word, accents and case ignored, as search finds them. */
function matches(text: string, words: string[]): { start: number; end: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)]
    .filter(([word]) => words.some((wanted) => fold(word).startsWith(wanted)))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
}

const fold = (word: string) => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
