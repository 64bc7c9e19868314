import { GroupIndex, groupOf, join, likeness, settle, type Group } from './centroids.ts'
import type { Vector } from './vectors.ts'

/**
 * Tickets gathered by what they are about. First each joins the group it is most like, or begins one (single-pass clustering, as in
 * topic detection: Yang, Pierce and Carbonell 1998; Hartigan's leader algorithm 1975); then groups about the same are put together,
 * and tickets are handed out anew until they lie with the mean that they are most like (spherical k-means: Dhillon and Modha 2001).
 * The order in which tickets are given is the only one that counts, so the same tickets make the same groups.
 */

export interface Cluster {
  /** Positions among the vectors, the most typical first. */
  members: number[]
  /** Term numbers, the most telling first. */
  terms: number[]
}

/** Less in common with the mean of a group is chance. */
const JOIN = 0.35
/** Groups this much alike are about the same. */
const SAME = 0.5
const ROUNDS = 2

/** Groups of at least `fewest`, the largest first. */
export function cluster(vectors: readonly Vector[], fewest: number): Cluster[] {
  let groups = mergeAlike(singlePass(vectors))
  for (let round = 0; round < ROUNDS; round += 1) groups = handOut(vectors, groups)
  return groups
    .filter(({ members }) => members.length >= fewest)
    .map((group) => toCluster(vectors, group))
    .sort((a, b) => b.members.length - a.members.length || firstOf(a) - firstOf(b))
}

/** Groups of one are nobody's problem, and dropped. */
function singlePass(vectors: readonly Vector[]): Group[] {
  const index = new GroupIndex()
  for (const [member, vector] of vectors.entries()) {
    if (vector.terms.length === 0) continue
    const number = index.nearest(vector, JOIN)
    const group = number === null ? undefined : index.groups[number]
    if (number === null || !group) {
      index.add(groupOf(member, vector))
      continue
    }
    join(group, member, vector)
    // The mean of many hardly moves.
    if (isMilestone(group.members.length)) settle(group)
    index.refresh(number)
  }
  return index.groups.filter(({ members }) => members.length > 1)
}

function mergeAlike(groups: readonly Group[]): Group[] {
  for (const group of groups) settle(group)
  const bySize = groups.toSorted(
    (a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0),
  )
  const index = new GroupIndex()
  for (const group of bySize) {
    const number = index.nearest(headVector(group), SAME)
    const other = number === null ? undefined : index.groups[number]
    if (!other) {
      index.add(group)
      continue
    }
    for (const [term, weight] of group.sums) other.sums.set(term, (other.sums.get(term) ?? 0) + weight)
    other.members.push(...group.members)
    settle(other)
  }
  return [...index.groups]
}

/** Each ticket goes to the group that it is most like now, if to any. */
function handOut(vectors: readonly Vector[], groups: readonly Group[]): Group[] {
  const index = new GroupIndex()
  for (const group of groups) index.add({ ...group, members: grown })
  const next = groups.map((): Group => ({ members: [], sums: new Map(), head: new Map() }))
  for (const [member, vector] of vectors.entries()) {
    const number = vector.terms.length > 0 ? index.nearest(vector, JOIN) : null
    const group = number === null ? undefined : next[number]
    if (group) join(group, member, vector)
  }
  const kept = next.filter(({ members }) => members.length > 1)
  for (const group of kept) settle(group)
  return kept
}

/** Stands for members while their number doesn't matter but that they are several. */
const grown = [-1, -1, -1]

function toCluster(vectors: readonly Vector[], group: Group): Cluster {
  const typical = group.members
    .map((member) => ({ member, like: likeness(vectors[member] as Vector, group) }))
    .sort((a, b) => b.like - a.like || b.member - a.member)
  return {
    members: typical.map(({ member }) => member),
    terms: [...group.head].sort(([termA, a], [termB, b]) => b - a || termA - termB).map(([term]) => term),
  }
}

function headVector({ head }: Group): Vector {
  return { terms: Int32Array.from(head.keys()), weights: Float32Array.from(head.values()) }
}

const firstOf = ({ members }: Cluster) => Math.min(...members.slice(0, 1_000))
/** 1–8, then whenever it has grown by an eighth or so. */
const isMilestone = (size: number) => size <= 8 || size % (1 << (Math.floor(Math.log2(size)) - 3)) === 0
