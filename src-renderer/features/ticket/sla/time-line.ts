import type { ExplainedSegment, Explanation } from '../../../../server/sla/contract.ts'

/** How a stretch bears on the deadline: `ahead` will count, `late` counted after the deadline had passed. */
export type StretchState = ExplainedSegment['state'] | 'ahead' | 'late'

/** A stretch of one state, in UTC ms. */
export interface Stretch {
  from: number
  to: number
  state: StretchState
  /** As the server gives it: a status class, a holiday's name, `open` or `closed`. */
  reason: string
}

/** The explained segments, those that count cut where now and the deadline fall into them. */
export function stretchesOf({ segments, dueAt, stoppedAt }: Explanation, nowMs: number): Stretch[] {
  const dueMs = dueAt === null ? Infinity : Date.parse(dueAt)
  const knownUntil = stoppedAt === null ? nowMs : Infinity
  return joined(segments).flatMap((stretch) => {
    if (stretch.state !== 'counted') return stretch
    const { from, to } = stretch
    // Once the deadline has passed all that follows is late, now and later.
    const cuts = knownUntil < dueMs ? [knownUntil, dueMs] : [dueMs]
    const inside = cuts.filter((at) => at > from && at < to)
    const starts = [...new Set([from, ...inside])]
    return starts.map((start, index): Stretch => {
      const state = start >= dueMs ? 'late' : start >= knownUntil ? 'ahead' : 'counted'
      return { ...stretch, from: start, to: starts[index + 1] ?? to, state }
    })
  })
}

/** What goes on in the same way is one stretch, whatever moved in the ticket meanwhile. */
function joined(segments: readonly ExplainedSegment[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const { from, to, state, reason } of segments) {
    const last = stretches.at(-1)
    if (last?.state === state && last.reason === reason && last.to === Date.parse(from))
      last.to = Date.parse(to)
    else stretches.push({ from: Date.parse(from), to: Date.parse(to), state, reason })
  }
  return stretches
}

interface Slice extends Stretch {
  /** Percent of the line. */
  left: number
  width: number
}

export interface TimeLine {
  slices: Slice[]
  /** Where an instant stands, in percent of the line; what lies outside stands at its ends. */
  place(at: number): number
  /** Where each local day begins to count. */
  days: { at: number; left: number }[]
}

/** What doesn't count gets at most this part of the line: nights and weekends would leave nothing of the hours that matter. */
const UNCOUNTED_SHARE = 0.32
/** Closer together, in percent, the names of days would run into each other. */
const DAY_GAP = 12

/** Lays stretches out on a line on which what counts is true to scale, and what doesn't is folded but still told apart by length. */
export function timeLineOf(stretches: readonly Stretch[]): TimeLine {
  const weights = weightsOf(stretches)
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
  let left = 0
  const slices = stretches.map((stretch, index): Slice => {
    const width = ((weights[index] ?? 0) / total) * 100
    const slice = { ...stretch, left, width }
    left += width
    return slice
  })

  function place(at: number): number {
    const slice = slices.find(({ to }) => to >= at)
    if (!slice) return 100
    return slice.left + (Math.max(0, at - slice.from) / (slice.to - slice.from)) * slice.width
  }

  return { slices, place, days: daysOf(slices, place) }
}

/** True lengths, unless what doesn't count would take more than its share: then that is shrunk, the long more than the short. */
function weightsOf(stretches: readonly Stretch[]): number[] {
  const lengths = stretches.map(({ from, to }) => to - from)
  const countsAt = (index: number) => countsIn(stretches[index])
  const sumOf = (values: readonly number[], counts: boolean) =>
    values.reduce((sum, value, index) => (countsAt(index) === counts ? sum + value : sum), 0)
  const room = (sumOf(lengths, true) * UNCOUNTED_SHARE) / (1 - UNCOUNTED_SHARE)
  if (room === 0 || sumOf(lengths, false) <= room) return lengths
  const roots = lengths.map(Math.sqrt)
  const scale = room / sumOf(roots, false)
  return lengths.map((length, index) => (countsAt(index) ? length : (roots[index] ?? 0) * scale))
}

/** Whether the clock runs in it. */
const countsIn = (stretch: Pick<Stretch, 'state'> | undefined): boolean =>
  stretch?.state === 'counted' || stretch?.state === 'ahead' || stretch?.state === 'late'

function daysOf(slices: readonly Slice[], place: (at: number) => number): TimeLine['days'] {
  const [first] = slices
  const last = slices.at(-1)
  if (!first || !last || dayOf(first.from) === dayOf(last.to - 1)) return []
  const days: TimeLine['days'] = []
  for (const slice of slices.filter(countsIn))
    for (const at of [slice.from, ...midnightsIn(slice)]) {
      const before = days.at(-1)
      if (before && (dayOf(before.at) === dayOf(at) || place(at) - before.left < DAY_GAP)) continue
      days.push({ at, left: place(at) })
    }
  return days
}

function midnightsIn({ from, to }: Stretch): number[] {
  const midnights: number[] = []
  const day = new Date(from)
  for (;;) {
    day.setHours(24, 0, 0, 0)
    if (day.getTime() >= to) return midnights
    midnights.push(day.getTime())
  }
}

const dayOf = (at: number) => new Date(at).toDateString()
