import type { Find } from './history-rows.ts'

/** How far back and how widely each word is looked for, for the price to stay the same however large the history is. */
export const FINDS_PER_WORD = 300
/** Candidates whose own words are read. */
const READ = 60
/** Less in common is chance. */
export const ALIKE = 0.3

/** How telling a word is: the rarer in the office's history, the more. */
export type Weights = ReadonlyMap<string, number>

/**
 * What each word weighs: how surprising it is to find it in a ticket (the inverse document frequency of BM25, Robertson and
 * Zaragoza 2009). Of a word with more finds than were asked for, the frequency is taken to be the same before them. A word that
 * never came up can't be shared; it weighs as much as the others on the average.
 */
export function weigh(finds: ReadonlyMap<string, readonly Find[]>, head: number): Weights {
  const known = [...finds].flatMap(([word, found]) =>
    found.length > 0 ? [[word, surprise(frequency(found, head), head)] as const] : [],
  )
  const average = known.length > 0 ? sum(known.map(([, weight]) => weight)) / known.length : 0
  return new Map([...[...finds.keys()].map((word) => [word, average] as const), ...known])
}

const surprise = (frequency: number, head: number) =>
  Math.log(1 + Math.max(0, head - frequency + 0.5) / (frequency + 0.5))

function frequency(found: readonly Find[], head: number): number {
  const oldest = found.at(-1)?.seq ?? head
  return found.length < FINDS_PER_WORD ? found.length : (found.length * head) / Math.max(1, head - oldest)
}

/** The tickets that share the most telling words, to be looked at closely; the newer of equals first. */
export function candidates(finds: ReadonlyMap<string, readonly Find[]>, weights: Weights): number[] {
  const scores = new Map<number, number>()
  for (const [word, found] of finds)
    for (const { seq } of found) scores.set(seq, (scores.get(seq) ?? 0) + (weights.get(word) ?? 0))
  return [...scores]
    .sort(([seqA, a], [seqB, b]) => b - a || seqB - seqA)
    .slice(0, READ)
    .map(([seq]) => seq)
}

/**
 * How much two tickets are about the same: the weight of the words both have, of the weight of all that either has (the weighted
 * Jaccard index), 0–1. A word that only the other one has weighs the average.
 */
export function similarity(own: ReadonlySet<string>, other: ReadonlySet<string>, weights: Weights): number {
  const weightOf = (word: string) => weights.get(word) ?? 0
  const total = sum([...own].map(weightOf))
  if (total === 0) return 0
  const shared = sum(shares(own, other).map(weightOf))
  const strange = [...other].filter((word) => !own.has(word)).length * (total / own.size)
  return shared / (total + strange)
}

/** Words that both have, the most telling first. */
export function sharedWords(
  own: ReadonlySet<string>,
  other: ReadonlySet<string>,
  weights: Weights,
): string[] {
  return shares(own, other).toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
}

const shares = (own: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...own].filter((word) => other.has(word))
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
