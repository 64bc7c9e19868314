import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rungs, type LadderSettings, type Rung } from '../../../server/alerts/ladder.contract.ts'
import { isReached, planClimb, type Reach, type Standing } from '../../../server/alerts/ladder.ts'
import { rungsLeft } from '../../../server/sla/levels.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 2, 9, 12)
const at = (minutes: number) => START + minutes * MINUTE

const standing = (parts: Partial<Standing> = {}): Standing => ({
  ...{ rung: 0, ladder: rungs, calledAt: START, spokeAt: START },
  ...parts,
})
const settings = (teamMinutes: number | null = 5, supervisorMinutes: number | null = 15): LadderSettings => ({
  teamMinutes,
  supervisorMinutes,
})
const reach = (parts: Partial<Reach> = {}): Reach => ({
  isReached: true,
  present: { team: ['carla'], supervisors: ['silvia'] },
  all: { team: ['bruno', 'carla'], supervisors: ['silvia', 'ana'] },
  ...parts,
})
const nobodyIn = (...empty: Rung[]): Reach['present'] => ({
  team: empty.includes('team') ? [] : ['carla'],
  supervisors: empty.includes('supervisors') ? [] : ['silvia'],
})

describe('an urgent alert that nobody acknowledges', () => {
  it('waits for its people until the team’s time, then tells those of the team who are at work', () => {
    expect(planClimb(standing(), settings(), reach(), at(4))).toEqual({ climb: null, lookAt: at(5) })
    expect(planClimb(standing(), settings(), reach(), at(5))).toEqual({
      climb: { rung: 1, joins: ['carla'], because: 'unacknowledged' },
      lookAt: at(6),
    })
  })

  it('is told to all who oversee the desk at their time, at work or not, and climbs no further', () => {
    const told = standing({ rung: 1, spokeAt: at(5) })
    expect(planClimb(told, settings(), reach(), at(15))).toEqual({
      climb: { rung: 2, joins: ['silvia', 'ana'], because: 'unacknowledged' },
      lookAt: null,
    })
    const top = standing({ rung: 2, spokeAt: at(15) })
    expect(planClimb(top, settings(), reach({ isReached: false }), at(600))).toEqual({
      ...{ climb: null, lookAt: null },
    })
  })

  it('takes rungs that were missed together, once', () => {
    expect(planClimb(standing(), settings(), reach(), at(90))).toEqual({
      climb: { rung: 2, joins: ['carla', 'silvia', 'ana'], because: 'unacknowledged' },
      lookAt: null,
    })
  })

  it('passes a team with nobody at work over for those above, and tells all of them when every room is empty', () => {
    const early = planClimb(standing(), settings(), reach({ present: nobodyIn('team') }), at(5))
    expect(early.climb).toMatchObject({ rung: 2, joins: ['silvia', 'ana'] })
    const night = reach({ present: nobodyIn('team', 'supervisors') })
    const { climb, lookAt } = planClimb(standing(), settings(), night, at(5))
    expect(climb).toMatchObject({ rung: 1, joins: ['bruno', 'carla'] })
    expect(lookAt).toBe(at(6))
  })

  it('that nobody can have noticed goes on after a minute to the next who are at work, and not to an empty room', () => {
    const blind = reach({ isReached: false })
    expect(planClimb(standing(), settings(), blind, at(0.5))).toEqual({ climb: null, lookAt: at(1) })
    expect(planClimb(standing(), settings(), blind, at(1)).climb).toEqual({
      ...{ rung: 1, joins: ['carla'], because: 'unreached' },
    })
    const teamless = reach({ isReached: false, present: nobodyIn('team') })
    expect(planClimb(standing(), settings(), teamless, at(1)).climb).toMatchObject({ rung: 2 })
    const night = reach({ isReached: false, present: nobodyIn('team', 'supervisors') })
    expect(planClimb(standing(), settings(), night, at(1))).toEqual({ climb: null, lookAt: at(5) })
  })

  it('stays where it is when the ladder is switched off, or its source climbs itself', () => {
    const blind = reach({ isReached: false })
    for (const [stands, set] of [
      [standing(), settings(null, null)],
      [standing({ ladder: [] }), settings()],
    ] as const)
      expect(planClimb(stands, set, blind, at(60))).toEqual({ climb: null, lookAt: null })
    const only = planClimb(standing(), settings(null, 15), blind, at(1))
    expect(only.climb).toMatchObject({ rung: 2, because: 'unreached' })
    expect(planClimb(standing({ ladder: ['team'] }), settings(), reach(), at(60)).climb?.rung).toBe(1)
  })

  it('takes each rung exactly once whatever restarts, delays and reports of blocked screens come between', () => {
    const minutes = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 30 }))
    const world = fc.record({
      team: minutes,
      more: minutes,
      ladder: fc.subarray([...rungs]),
      looks: fc.array(
        fc.record({
          late: fc.integer({ min: 0, max: 40 * MINUTE }),
          isReached: fc.boolean(),
          teamIsIn: fc.boolean(),
          overseersAreIn: fc.boolean(),
        }),
        { minLength: 12, maxLength: 12 },
      ),
    })
    fc.assert(
      fc.property(world, ({ team, more, ladder, looks }) => {
        const set = settings(team, more === null ? null : (team ?? 0) + more)
        const wanted = rungs.filter(
          (rung) =>
            ladder.includes(rung) && (rung === 'team' ? set.teamMinutes : set.supervisorMinutes) !== null,
        )
        let stands = standing({ ladder })
        let lookAt: number | null = START + MINUTE
        const climbed: number[] = []
        for (const { late, isReached, teamIsIn, overseersAreIn } of looks) {
          if (lookAt === null) break
          const now: number = lookAt + late
          const present = nobodyIn(
            ...[
              ...(teamIsIn ? [] : (['team'] as const)),
              ...(overseersAreIn ? [] : (['supervisors'] as const)),
            ],
          )
          const plan = planClimb(stands, set, reach({ isReached, present }), now)
          lookAt = plan.lookAt
          if (lookAt !== null) expect(lookAt).toBeGreaterThan(now)
          if (!plan.climb) continue
          // A rung whose time has come is not kept waiting by one that was taken late.
          if (plan.climb.because === 'unreached') expect(now).toBeGreaterThanOrEqual(stands.spokeAt + MINUTE)
          expect(plan.climb.joins.length).toBeGreaterThan(0)
          climbed.push(plan.climb.rung)
          stands = { ...stands, rung: plan.climb.rung, spokeAt: now }
        }
        expect(lookAt).toBeNull()
        expect(climbed).toEqual([...new Set(climbed)].toSorted())
        const highest = wanted.at(-1)
        expect(climbed.at(-1) ?? 0).toBe(highest === undefined ? 0 : rungs.indexOf(highest) + 1)
      }),
    )
  })
})

describe('whether somebody can have noticed an alert', () => {
  it.each([
    ['at work with only a browser, which reports nothing', true, [], true],
    ['at work, withheld on every computer', true, [true, true], false],
    ['at work, withheld one way and shown another', true, [true, false], true],
    ['away, shown on an empty chair', false, [false], false],
  ])('%s', (_, isAtWork, withheld, reached) => {
    expect(isReached({ hasSeen: false, isAtWork, withheld })).toBe(reached)
    expect(isReached({ hasSeen: true, isAtWork, withheld })).toBe(true)
  })
})

describe('a missed promise', () => {
  const level = (notify: string[], atPercent = 100) => ({
    id: 'l',
    metric: 'resolution' as const,
    atPercent,
    notify,
  })

  it('leaves to the desk’s ladder what is above the policy’s own', () => {
    expect(rungsLeft([], 'resolution')).toEqual(['team', 'supervisors'])
    expect(rungsLeft([level(['agent', 'team'])], 'resolution')).toEqual(['supervisors'])
    expect(rungsLeft([level(['agent']), level(['supervisors'], 125)], 'resolution')).toEqual([])
  })

  it('counts neither warnings before it nor levels of other promises', () => {
    expect(rungsLeft([level(['supervisors'], 80)], 'resolution')).toEqual(['team', 'supervisors'])
    expect(rungsLeft([level(['supervisors'])], 'firstResponse')).toEqual(['team', 'supervisors'])
  })
})
