import type { ProposableField } from './contract.ts'

/** An earlier ticket, what it was given, and how similar it is. */
export interface Neighbour {
  id: string
  number: string
  similarity: number
  values: Record<ProposableField, string | null>
}

export interface Vote {
  value: string
  /** By similarity, 0–1. */
  confidence: number
  agreeing: Neighbour[]
  of: number
}

/** Fewer that agree are a coincidence. */
const FEWEST = 3
/** Less is no majority. */
const MAJORITY = 0.5

/** What most neighbours have in a field; null when too few agree. Those without a value were never decided, and don't vote. */
export function voteOn(field: ProposableField, neighbours: readonly Neighbour[]): Vote | null {
  const voters = neighbours.filter(({ values }) => values[field] !== null)
  const total = weightOf(voters)
  const camps = Map.groupBy(voters, ({ values }) => values[field] as string)
  const [first] = [...camps].sort(([, a], [, b]) => weightOf(b) - weightOf(a))
  if (!first) return null
  const [value, agreeing] = first
  const confidence = weightOf(agreeing) / total
  if (agreeing.length < FEWEST || confidence <= MAJORITY) return null
  return { value, confidence, agreeing, of: voters.length }
}

const weightOf = (neighbours: readonly Neighbour[]) =>
  neighbours.reduce((sum, { similarity }) => sum + similarity, 0)
