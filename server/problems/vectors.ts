import { significantWords } from '../text/words.ts'

/** What a ticket is about, as words with weights. */
export interface Matter {
  seq: number
  subject: string
  /** The customer's first words. */
  text: string
  /** What people sorted it under: ids of its category and tags. */
  labels: readonly string[]
}

/** Term numbers with weights, the heaviest first; their length as a vector is 1, or 0 when nothing can be told. */
export interface Vector {
  terms: Int32Array
  weights: Float32Array
}

/** Marks a label among the words. */
const LABEL = '#'
export const isWord = (term: string): boolean => !term.startsWith(LABEL)

/** A subject says in five words what the text takes fifty for. */
const SUBJECT_WEIGHT = 2
/** More of a long text would only cost. */
const MOST_TERMS = 24
/** A term of one ticket alone is shared with none. */
const FEWEST = 2

/**
 * Texts gathered one by one and then weighed by tf-idf (Salton and Buckley 1988): a word counts the more the fewer tickets have it.
 */
export class Corpus {
  readonly #numbers = new Map<string, number>()
  readonly #terms: string[] = []
  readonly #frequency: number[] = []
  readonly #counts: { terms: Int32Array; counts: Uint8Array }[] = []

  get size(): number {
    return this.#counts.length
  }

  term(number: number): string {
    return this.#terms[number] ?? ''
  }

  add({ subject, text, labels }: Omit<Matter, 'seq'>): void {
    const counts = new Map<number, number>()
    const count = (term: string, by: number) => {
      const number = this.#numberOf(term)
      counts.set(number, (counts.get(number) ?? 0) + by)
    }
    for (const word of significantWords(subject)) count(word, SUBJECT_WEIGHT)
    for (const word of significantWords(text)) count(word, 1)
    for (const label of labels) count(`${LABEL}${label}`, 1)
    for (const number of counts.keys()) this.#frequency[number] = (this.#frequency[number] ?? 0) + 1
    this.#counts.push({ terms: Int32Array.from(counts.keys()), counts: Uint8Array.from(counts.values()) })
  }

  /** In the order in which they were added. */
  vectors(): Vector[] {
    return this.#counts.map(({ terms, counts }) => {
      const weighed = [...terms]
        .map((term, index) => ({ term, weight: (counts[index] ?? 0) * this.#surprise(term) }))
        .filter(({ weight }) => weight > 0)
        // By name where weights are equal: numbers depend on what came first.
        .sort((a, b) => b.weight - a.weight || (this.term(a.term) < this.term(b.term) ? -1 : 1))
        .slice(0, MOST_TERMS)
      const length = Math.hypot(...weighed.map(({ weight }) => weight))
      return {
        terms: Int32Array.from(weighed, ({ term }) => term),
        weights: Float32Array.from(weighed, ({ weight }) => weight / length),
      }
    })
  }

  #surprise(term: number): number {
    const frequency = this.#frequency[term] ?? 0
    return frequency < FEWEST ? 0 : Math.log(1 + this.size / frequency)
  }

  #numberOf(term: string): number {
    let number = this.#numbers.get(term)
    if (number === undefined) {
      number = this.#terms.length
      this.#numbers.set(term, number)
      this.#terms.push(term)
    }
    return number
  }
}
