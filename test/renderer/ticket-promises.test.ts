import { describe, expect, test } from 'vitest'
import type { ExplainedSegment, Explanation } from '../../server/sla/contract.ts'
import { dateSetBy } from '../../src-renderer/features/ticket/sla/date-setter.ts'
import { levelState, offsetOf } from '../../src-renderer/features/ticket/sla/level-words.ts'
import { stretchesOf, timeLineOf, type Stretch } from '../../src-renderer/features/ticket/sla/time-line.ts'
import { anEvent } from './stores-support.ts'

const HOUR = 3_600_000
/** Local time: days are those of whoever looks. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime()
const iso = (time: number) => new Date(time).toISOString()

const segment = (state: ExplainedSegment['state'], from: number, to: number): ExplainedSegment => ({
  from: iso(from),
  to: iso(to),
  state,
  reason: state === 'counted' ? 'open' : state,
  minutes: (to - from) / 60_000,
})

function explained(segments: ExplainedSegment[], parts: Partial<Explanation> = {}): Explanation {
  return {
    metric: 'resolution',
    cycle: 1,
    status: 'running',
    policy: null,
    calendar: null,
    target: 240,
    used: 60,
    startedAt: segments[0]?.from ?? iso(0),
    stoppedAt: null,
    segments,
    dueAt: segments.at(-1)?.to ?? null,
    manual: null,
    levels: [],
    ...parts,
  }
}

/** Friday afternoon, the weekend, Monday morning. */
const overTheWeekend = [
  segment('counted', at(20, 16), at(20, 18)),
  segment('closed', at(20, 18), at(23, 8)),
  segment('counted', at(23, 8), at(23, 10)),
]
const states = (stretches: Stretch[]) => stretches.map(({ state }) => state)

describe('an explanation as stretches', () => {
  test('is cut at this moment: what lies behind has counted, what lies ahead will', () => {
    const stretches = stretchesOf(explained(overTheWeekend), at(20, 17))
    expect(states(stretches)).toEqual(['counted', 'ahead', 'closed', 'ahead'])
    expect(stretches[0]).toMatchObject({ from: at(20, 16), to: at(20, 17) })
  })

  test('is cut at the deadline: what counted after it came too late', () => {
    const late = explained(overTheWeekend, { dueAt: iso(at(20, 17)) })
    expect(states(stretchesOf(late, at(23, 10)))).toEqual(['counted', 'late', 'closed', 'late'])
  })

  test('of a promise that was kept looks back only, whatever time it is', () => {
    const kept = explained(overTheWeekend, { stoppedAt: iso(at(23, 10)), dueAt: iso(at(24, 12)) })
    expect(states(stretchesOf(kept, at(20, 16)))).toEqual(['counted', 'closed', 'counted'])
  })

  test('loses no time and gains none', () => {
    for (const now of [at(20, 15), at(20, 16), at(20, 17), at(22, 3), at(23, 10), at(24, 9)]) {
      const stretches = stretchesOf(explained(overTheWeekend, { dueAt: iso(at(20, 17)) }), now)
      expect(stretches[0]?.from).toBe(at(20, 16))
      expect(stretches.at(-1)?.to).toBe(at(23, 10))
      expect(stretches.slice(1).every(({ from }, index) => from === stretches[index]?.to)).toBe(true)
      expect(stretches.every(({ from, to }) => to > from)).toBe(true)
    }
  })
})

describe('the line that is drawn', () => {
  const line = timeLineOf(stretchesOf(explained(overTheWeekend), at(20, 17)))

  test('is filled from end to end', () => {
    expect(line.slices[0]?.left).toBe(0)
    expect(line.slices.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100)
  })

  test('folds a weekend so that the hours which count have the room', () => {
    const weekend = line.slices.find(({ state }) => state === 'closed')
    expect(weekend?.width).toBeCloseTo(32)
    const [first, second, , fourth] = line.slices
    expect(first?.width).toBeCloseTo(second?.width ?? 0)
    expect(fourth?.width).toBeCloseTo(2 * (first?.width ?? 0))
  })

  test('leaves short breaks as long as they are', () => {
    const day = [
      segment('counted', at(20, 8), at(20, 12)),
      segment('closed', at(20, 12), at(20, 13)),
      segment('counted', at(20, 13), at(20, 18)),
    ]
    expect(timeLineOf(stretchesOf(explained(day), at(20, 18))).slices.map(({ width }) => width)).toEqual([
      40, 10, 50,
    ])
  })

  test('puts every instant where it belongs, and what lies beyond at its ends', () => {
    expect([at(19, 0), at(20, 16), at(23, 10), at(30, 0)].map(line.place)).toEqual([0, 0, 100, 100])
    expect(line.place(at(20, 18))).toBeCloseTo(34)
    expect(line.place(at(23, 8))).toBeCloseTo(66)
  })

  test('names each day where it begins to count, as far as there is room', () => {
    expect(line.days.map(({ at: day }) => day)).toEqual([at(20, 16), at(23, 8)])
    expect(timeLineOf(stretchesOf(explained(overTheWeekend.slice(0, 1)), at(20, 17))).days).toEqual([])
    const month = explained([segment('counted', at(1, 0), at(30, 0))])
    const { days } = timeLineOf(stretchesOf(month, at(2, 0)))
    expect(days.length).toBeGreaterThan(4)
    expect(days.slice(1).every(({ left }, index) => left - (days[index]?.left ?? 0) >= 12)).toBe(true)
  })

  test('of a promise that waits from its first minute is all pause', () => {
    const line = timeLineOf(
      stretchesOf(explained([segment('paused', at(20, 8), at(20, 9))], { dueAt: null }), at(20, 9)),
    )
    expect(line.slices).toMatchObject([{ left: 0, width: 100, state: 'paused' }])
  })
})

describe('escalation levels', () => {
  test.each([
    ['50%', { kind: 'percent', percent: 50 }],
    ['100%', { kind: 'atDue' }],
    ['-15m', { kind: 'before', minutes: 15 }],
    ['0m', { kind: 'atDue' }],
    ['30m', { kind: 'after', minutes: 30 }],
  ])('%s', (offset, expected) => {
    expect(offsetOf({ offset })).toEqual(expected)
  })

  test.each([
    ['fired', { at: null, firedAt: iso(1) }, iso(2)],
    ['planned', { at: iso(1), firedAt: null }, null],
    ['unplanned', { at: null, firedAt: null }, null],
    ['unneeded', { at: null, firedAt: null }, iso(2)],
  ])('%s', (expected, level, stoppedAt) => {
    expect(levelState(level, { stoppedAt })).toBe(expected)
  })
})

test('who set a date is whoever set it last', () => {
  const by = (name: string) => ({ actor: { type: 'agent' as const, id: name, name } })
  const created = anEvent({ type: 'ticket.created', data: { dueAt: 1 }, ...by('Ana') })
  const moved = anEvent({ data: { changes: { dueAt: { from: 1, to: 2 } } }, ...by('Bruno') })
  const other = anEvent({ data: { changes: { subject: { from: 'a', to: 'b' } } }, ...by('Clara') })
  const manualDueAt = iso(2 * HOUR)
  expect(dateSetBy({ timeline: [created, other], manualDueAt })).toBe('Ana')
  expect(dateSetBy({ timeline: [created, moved, other], manualDueAt })).toBe('Bruno')
  expect(dateSetBy({ timeline: [other], manualDueAt })).toBeNull()
  expect(dateSetBy({ timeline: [created], manualDueAt: null })).toBeNull()
})
