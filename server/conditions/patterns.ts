import { RE2JS, RE2JSException } from 're2js'

/**
 * Patterns that people write, in RE2's syntax: they take time in proportion to the text, so none of them can hold up the desk.
 * Accents and case don't count.
 */

/** A longer text is looked through so far. */
const MAX_TEXT = 20_000
const MAX_PATTERN = 200
/** Steps of the compiled pattern: counted repetitions in one another make it slow although it is short. */
const MAX_STEPS = 250

export type Pattern = { find: (text: string) => boolean } | { fault: string }

export function readPattern(source: string): Pattern {
  if (source.length > MAX_PATTERN) return { fault: 'filter.pattern_too_heavy' }
  try {
    // Letters alone lose their accents; what a backslash makes of a letter keeps its case, for \d and \D are opposites.
    const pattern = RE2JS.compile(withoutAccents(source), RE2JS.CASE_INSENSITIVE)
    if (pattern.programSize() > MAX_STEPS) return { fault: 'filter.pattern_too_heavy' }
    return { find: (text) => pattern.test(plain(text)) }
  } catch (error) {
    if (error instanceof RE2JSException) return { fault: 'filter.pattern_unreadable' }
    throw error
  }
}

/** The last text, for many patterns ask about the same one. */
let last = { source: '', plain: '' }

function plain(source: string): string {
  if (last.source !== source) last = { source, plain: withoutAccents(source.slice(0, MAX_TEXT)) }
  return last.plain
}

const withoutAccents = (text: string) => text.toWellFormed().normalize('NFD').replace(/\p{M}/gu, '')
