import type { Policy } from './policy.ts'

export interface Place {
  position: number
  /** Policies that make room, with their new positions. */
  moved: ReadonlyMap<string, number>
}

/**
 * Where a policy comes in, among `others` in use: at `wished`, else last, but in front of one that takes every ticket, for
 * behind that one it would never be asked.
 */
export function placeFor({ when }: Pick<Policy, 'when'>, others: readonly Policy[], wished?: number): Place {
  const last = 1 + Math.max(0, ...others.map(({ position }) => position))
  const forAll = others.filter((other) => other.when === null).map(({ position }) => position)
  const position = when === null ? last : Math.min(wished ?? last, last, ...forAll)
  const isTaken = others.some((other) => other.position === position)
  const behind = isTaken ? others.filter((other) => other.position >= position) : []
  return { position, moved: new Map(behind.map((other) => [other.id, other.position + 1])) }
}

/** These policies in this order, in the places that they hold between them. */
export function reordered(policies: readonly Policy[], ids: readonly string[]): Map<string, number> {
  const places = policies
    .filter(({ id }) => ids.includes(id))
    .map(({ position }) => position)
    .sort((a, b) => a - b)
  return new Map(ids.map((id, index) => [id, places[index] ?? 0]))
}
