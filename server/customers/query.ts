import { compactDocument } from './documents.ts'

export interface CustomerQuery {
  text: string
  /** To be met by names and e-mails. */
  words: string[]
  /** To be met somewhere in a phone or document; null when the text can't be part of one. */
  part: string | null
  /** Whether the text has no letters, and so is a number above all. */
  isNumber: boolean
}

const MAX_WORDS = 8

/** What somebody who types this may be looking for. */
export function parseQuery(text: string): CustomerQuery {
  const isNumber = /\d/.test(text) && !/\p{L}/u.test(text)
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  // One letter begins so many words that it narrows nothing and costs the most; names are found by it another way.
  const telling = words.filter((word) => word.length > 1)
  return { text, words: telling.slice(0, MAX_WORDS), part: numberPart(text, isNumber), isNumber }
}

function numberPart(text: string, isNumber: boolean): string | null {
  if (!/\d/.test(text) || text.includes('@')) return null
  // A leading zero is how one dials ("0 11 …", "0800 …"); no number is stored with it.
  const part = isNumber ? text.replace(/\D/g, '').replace(/^0+/, '') : compactDocument(text)
  return part.length >= 3 && part.length <= 20 ? part : null
}
