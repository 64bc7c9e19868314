/** Private-use characters that mark a match, so that a snippet is plain text and nobody has to trust markup in it. */
export const MATCH_START = '\u{E000}'
export const MATCH_END = '\u{E001}'

const CONTEXT = 60
const MAX_LENGTH = 180

/** Letters that search takes for the same as the plain one. */
const variants: Record<string, string> = {
  a: 'aàáâãäå',
  c: 'cç',
  e: 'eèéêë',
  i: 'iìíîï',
  n: 'nñ',
  o: 'oòóôõö',
  u: 'uùúûü',
  y: 'yýÿ',
}

/** Cuts a few words around the first match out of texts, with every match in them marked. Made once per search. */
export class Snippets {
  readonly #pattern: RegExp | null

  constructor(search: string) {
    const words = search.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)?.map(patternOf)
    this.#pattern = words
      ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})[\\p{L}\\p{M}\\p{N}]*`, 'giu')
      : null
  }

  /** From the last of the texts that has a match; else the beginning of the last text. */
  of(texts: string[]): string {
    for (const text of texts.toReversed()) {
      const at = this.#firstMatch(text)
      if (at >= 0) return this.#mark(cut(text, Math.max(0, at - CONTEXT)))
    }
    return this.#mark(cut(texts.at(-1) ?? '', 0))
  }

  #firstMatch(text: string): number {
    return this.#pattern ? text.search(this.#pattern) : -1
  }

  #mark(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, `${MATCH_START}$&${MATCH_END}`) : text
  }
}

/** The word with any accents: "nao" as well as "não". */
function patternOf(word: string): string {
  const plain = word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return [...plain].map((letter) => (variants[letter] ? `[${variants[letter]}]\\p{M}*` : letter)).join('')
}

function cut(text: string, from: number): string {
  const start = from === 0 ? 0 : text.indexOf(' ', from) + 1
  const part = text.slice(start, start + MAX_LENGTH).replaceAll(/\s+/g, ' ')
  return `${start > 0 ? '… ' : ''}${part}${start + MAX_LENGTH < text.length ? ' …' : ''}`
}
