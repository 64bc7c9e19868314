import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clocksOf, isOpen, reach, spansOf, usedUntil, type Clock } from '../../../server/sla/clock.ts'
import { foldFact, phaseOf, type Fact, type Facts, type Phase } from '../../../server/sla/facts.ts'
import { at, shopHours, terms } from '../../support/promise-story.ts'

const promised = terms({ firstResponse: 60, nextResponse: 45, resolution: 600 })
const phases: Phase[] = ['new', 'open', 'waiting', 'hold', 'resolved', 'closed', 'cancelled']

/** What happens to a ticket, minutes after the step before. */
const steps = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 2_000 }),
    what: fc.oneof(
      fc.constant({ type: 'customerWrote' } as const),
      fc.constant({ type: 'agentAnswered' } as const),
      fc.constantFrom(...phases).map((phase) => ({ type: 'phaseChanged', phase }) as const),
    ),
  }),
  { maxLength: 25 },
)

type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never

/** Plays a story, looking in at every moment. */
function play(
  story: Steps,
  seen: (clocks: Clock[], facts: Facts, now: number, before: Clock[]) => void,
): void {
  let now = at('mon 09:00')
  let facts = foldFact(null, { type: 'created', at: now, phase: 'new', answered: false })
  let clocks = clocksOf(facts, promised, [], shopHours, now)
  for (const { after, what } of story) {
    now += after * 60_000
    const before = clocks
    facts = foldFact(facts, { ...what, at: now } as Fact)
    clocks = clocksOf(facts, promised, before, shopHours, now)
    seen(clocks, facts, now, before)
  }
}

const forAnyStory = (seen: Parameters<typeof play>[1]) =>
  fc.assert(
    fc.property(steps, (story) => play(story, seen)),
    { numRuns: 400 },
  )

describe('whatever happens to a ticket', () => {
  it('what is used and what is left make the target', () => {
    forAnyStory((clocks, facts, now) => {
      for (const clock of clocks.filter(isOpen)) {
        if (clock.dueAt === null || clock.dueAt < now || clock.targetMs === null) continue
        const used = usedUntil(spansOf(clock, facts), shopHours, now)
        expect(used + shopHours.between(now, clock.dueAt)).toBe(clock.targetMs)
      }
    })
  })

  it('a missed deadline is never taken back, and a stopped clock never changes until its ticket comes back', () => {
    forAnyStory((clocks, facts, _now, before) => {
      for (const clock of clocks) {
        const old = before.find(({ metric, cycle }) => metric === clock.metric && cycle === clock.cycle)
        if (old && old.breachedAt !== null) expect(clock.breachedAt).toBe(old.breachedAt)
        if (old && !isOpen(old) && !isOpen(clock)) expect(clock).toEqual(old)
        if (old && !isOpen(old) && isOpen(clock))
          expect(['new', 'open', 'waiting', 'hold']).toContain(phaseOf(facts))
      }
    })
  })

  it('a done ticket owes nothing, and looking again changes nothing', () => {
    forAnyStory((clocks, facts, now) => {
      const isDone = ['resolved', 'closed', 'cancelled'].includes(phaseOf(facts))
      const owed = clocks.filter((clock) => isOpen(clock) && clock.metric !== 'nextResponse')
      if (isDone) expect(owed).toEqual([])
      expect(clocksOf(facts, promised, clocks, shopHours, now)).toEqual(clocks)
    })
  })

  it('only a clock that waits has no deadline', () => {
    forAnyStory((clocks) => {
      for (const clock of clocks.filter(isOpen))
        if (clock.pausedSince === null) expect(clock.dueAt).not.toBeNull()
    })
  })
})

it('splitting a pause in two changes nothing', () => {
  const minutes = fc.integer({ min: 1, max: 3_000 })
  fc.assert(
    fc.property(minutes, minutes, minutes, minutes, (before, first, second, target) => {
      const start = at('mon 09:00')
      const [from, split, until] = [before, before + first, before + first + second].map(
        (m) => start + m * 60_000,
      )
      if (from === undefined || split === undefined || until === undefined) return
      const clock = { startedAt: start, stoppedAt: null, pauseOn: ['waiting', 'hold'] as const }
      const facts = foldFact(null, { type: 'created', at: start, phase: 'new', answered: false })
      const whole = { ...facts, phases: [...facts.phases, [from, 'waiting'], [until, 'open']] } as Facts
      const inTwo = {
        ...facts,
        phases: [...facts.phases, [from, 'waiting'], [split, 'hold'], [until, 'open']],
      } as Facts
      const due = (told: Facts) => reach(spansOf(clock, told), shopHours, target * 60_000)
      expect(due(inTwo)).toBe(due(whole))
    }),
  )
})
