import { foldName } from '../catalog/fold-name.ts'

/** A text as conditions compare it: accents and case don't count. */
export interface Text {
  folded: string
  words: ReadonlySet<string>
  /** All words with one space around each, so that phrases and beginnings are found by looking for them. */
  spaced: string
}

/** So many texts are kept ready: those that one ticket is asked about by many conditions in a row. */
const KEPT = 8
const texts = new Map<string, Text>()

/** Folds and splits a text once, however many conditions ask about it. */
export function textOf(source: string): Text {
  const known = texts.get(source)
  if (known) return known
  const folded = foldName(source)
  const words = wordsOf(folded)
  const text = { folded, words: new Set(words), spaced: ` ${words.join(' ')} ` }
  const [oldest] = texts.keys()
  if (texts.size >= KEPT && oldest !== undefined) texts.delete(oldest)
  texts.set(source, text)
  return text
}

const wordsOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? []

export type TextTest = (text: Text) => boolean

/** Whether all words occur, in any order; the last one may be the beginning of a longer one. */
export function hasWords(wanted: string): TextTest {
  const words = wordsOf(foldName(wanted))
  const unfinished = words.pop()
  if (unfinished === undefined) return () => false
  const beginning = ` ${unfinished}`
  return (text) => words.every((word) => text.words.has(word)) && text.spaced.includes(beginning)
}

/** Whether the words occur whole and side by side. */
export function hasPhrase(wanted: string): TextTest {
  const words = wordsOf(foldName(wanted))
  if (words.length === 0) return () => false
  const sought = ` ${words.join(' ')} `
  return (text) => words.every((word) => text.words.has(word)) && text.spaced.includes(sought)
}

export function beginsWith(wanted: string): TextTest {
  const beginning = foldName(wanted)
  return ({ folded }) => beginning !== '' && folded.startsWith(beginning)
}

export function isText(wanted: string): TextTest {
  const sought = foldName(wanted)
  return ({ folded }) => folded === sought
}
