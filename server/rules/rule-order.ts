import { foldName } from '../catalog/fold-name.ts'

interface Placed {
  id: string
  position: number
}

/** Where a rule comes in among `others` in use: at `wished`, else last; those behind make room, with their new positions. */
export function placeFor(
  others: readonly Placed[],
  wished?: number,
): { position: number; moved: ReadonlyMap<string, number> } {
  const last = 1 + Math.max(0, ...others.map(({ position }) => position))
  const position = Math.min(wished ?? last, last)
  const isTaken = others.some((other) => other.position === position)
  const behind = isTaken ? others.filter((other) => other.position >= position) : []
  return { position, moved: new Map(behind.map((other) => [other.id, other.position + 1])) }
}

/** These rules in this order, in the places that they hold between them; only those that move. */
export function reordered(rules: readonly Placed[], ids: readonly string[]): Map<string, number> {
  const places = rules
    .filter(({ id }) => ids.includes(id))
    .map(({ position }) => position)
    .sort((a, b) => a - b)
  const before = new Map(rules.map(({ id, position }) => [id, position]))
  return new Map(
    ids.flatMap((id, index) => {
      const position = places[index] ?? 0
      return before.get(id) === position ? [] : [[id, position] as const]
    }),
  )
}

const LONGEST = 80

/** The name, or the first like it that nobody has: "Lembrete (2)". */
export function freeName(name: string, others: readonly { name: string }[]): string {
  const taken = new Set(others.map((other) => foldName(other.name)))
  if (!taken.has(foldName(name))) return name
  const bare = name.replace(/ \(\d+\)$/, '')
  for (let n = 2; ; n++) {
    const mark = ` (${n})`
    const candidate = bare.slice(0, LONGEST - mark.length) + mark
    if (!taken.has(foldName(candidate))) return candidate
  }
}
