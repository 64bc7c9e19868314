/** The private-use characters between which the server sets a match. */
const MATCH = /\u{E000}([^\u{E001}]*)\u{E001}/gu

export interface SnippetPart {
  text: string
  isMatch: boolean
}

/** A snippet in parts, to be shown as text: nothing in it is ever taken for markup. */
export function snippetParts(snippet: string): SnippetPart[] {
  const parts: SnippetPart[] = []
  let end = 0
  for (const match of snippet.matchAll(MATCH)) {
    if (match.index > end) parts.push({ text: snippet.slice(end, match.index), isMatch: false })
    parts.push({ text: match[1] ?? '', isMatch: true })
    end = match.index + match[0].length
  }
  if (end < snippet.length) parts.push({ text: snippet.slice(end), isMatch: false })
  return parts
}

export const plainSnippet = (snippet: string): string =>
  snippetParts(snippet)
    .map(({ text }) => text)
    .join('')
