/** What a merge asks of each of its two tickets. Instants are milliseconds UTC. */
export interface MergeSide {
  id: string
  mergedIntoId: string | null
  /** Not done. */
  active: boolean
  requesterId: string
  tagIds: readonly string[]
  waitingSince: number | null
  lastMessageAt: number
}

type MergeRefusal = 'merge.itself' | 'merge.already_merged' | 'merge.circle' | 'merge.target_merged'

export interface Merge {
  /** A ticket that is done already keeps the status it has. */
  closesSource: boolean
  /** What was still open must not vanish in something that is done. */
  reopensTarget: boolean
  /** The target's tags afterwards, sorted, and those that it did not have. */
  tagIds: string[]
  tagsAdded: string[]
  waitingSince: number | null
  lastMessageAt: number
  /** Whoever reads the target's conversation will read another person's words. */
  requestersDiffer: boolean
}

export type MergePlan = { refused: MergeRefusal } | { refused: null; merge: Merge }

/**
 * Decides what becomes of two tickets when the first goes on in the second. `targetSurvivorId` is where the target itself goes on,
 * its own id when it was never merged.
 */
export function planMerge(source: MergeSide, target: MergeSide, targetSurvivorId: string): MergePlan {
  const refused = refusalOf(source, target, targetSurvivorId)
  if (refused) return { refused }
  const reopensTarget = source.active && !target.active
  const tagsAdded = source.tagIds.filter((id) => !target.tagIds.includes(id))
  return {
    refused: null,
    merge: {
      closesSource: source.active,
      reopensTarget,
      tagIds: [...target.tagIds, ...tagsAdded].sort(),
      tagsAdded,
      waitingSince:
        target.active || reopensTarget ? earliest(target.waitingSince, source.waitingSince) : null,
      lastMessageAt: Math.max(source.lastMessageAt, target.lastMessageAt),
      requestersDiffer: source.requesterId !== target.requesterId,
    },
  }
}

function refusalOf(source: MergeSide, target: MergeSide, targetSurvivorId: string): MergeRefusal | null {
  if (source.id === target.id) return 'merge.itself'
  if (source.mergedIntoId !== null) return 'merge.already_merged'
  if (targetSurvivorId === source.id) return 'merge.circle'
  return target.mergedIntoId === null ? null : 'merge.target_merged'
}

function earliest(a: number | null, b: number | null): number | null {
  const known = [a, b].filter((at) => at !== null)
  return known.length > 0 ? Math.min(...known) : null
}
