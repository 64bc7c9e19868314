import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agentsNeeded,
  averageWait,
  erlangs,
  serviceLevel,
  waitProbability,
} from '../../../server/reports/outlook/erlang-c.ts'

/** 100 calls in half an hour of three minutes each: the example that tables of Erlang C are explained with. */
const load = { rate: 100 / 1_800, handlingSeconds: 180 }

describe('Erlang C', () => {
  it.each([
    [11, 0.682, 0.389],
    [12, 0.448, 0.641],
    [13, 0.285, 0.796],
    [14, 0.174, 0.888],
  ])('agrees with published tables: 10 erlangs, %i agents', (agents, waits, inTwentySeconds) => {
    expect(erlangs(load)).toBeCloseTo(10)
    expect(waitProbability(10, agents)).toBeCloseTo(waits, 2)
    expect(serviceLevel(load, agents, 20)).toBeCloseTo(inTwentySeconds, 2)
  })

  it('needs 14 agents for 80 % within 20 seconds, and they answer in 8 seconds on the average', () => {
    expect(agentsNeeded(load, 0.8, 20)).toBe(14)
    expect(averageWait(load, 14)).toBeCloseTo(7.8, 1)
  })

  it('is the plain queue of one server with one agent', () => {
    // M/M/1: whoever comes waits with the probability that the server is busy.
    expect(waitProbability(0.6, 1)).toBeCloseTo(0.6)
  })

  it('asks for nobody where nothing comes, and never ends in a queue that grows', () => {
    expect(agentsNeeded({ rate: 0, handlingSeconds: 300 }, 0.8, 20)).toBe(0)
    expect([waitProbability(5, 5), serviceLevel({ rate: 5, handlingSeconds: 1 }, 5, 20)]).toEqual([1, 0])
    expect(averageWait({ rate: 5, handlingSeconds: 1 }, 5)).toBe(Infinity)
  })

  it('stays a probability at any size, and each agent more makes it better', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 3_000, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 3_600 }),
        (offered, spare, target) => {
          const queue = { rate: offered / 300, handlingSeconds: 300 }
          const agents = Math.floor(offered) + spare
          const [fewer, more] = [waitProbability(offered, agents), waitProbability(offered, agents + 1)]
          expect(fewer).toBeGreaterThanOrEqual(0)
          expect(fewer).toBeLessThanOrEqual(1)
          expect(more).toBeLessThanOrEqual(fewer)
          const [now, then] = [serviceLevel(queue, agents, target), serviceLevel(queue, agents + 1, target)]
          expect(now).toBeGreaterThanOrEqual(0)
          expect(then).toBeGreaterThanOrEqual(now)
          expect(then).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('finds the fewest agents that will do', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 400, noNaN: true }),
        fc.double({ min: 0.1, max: 0.98, noNaN: true }),
        (offered, wanted) => {
          const queue = { rate: offered / 240, handlingSeconds: 240 }
          const agents = agentsNeeded(queue, wanted, 30)
          expect(serviceLevel(queue, agents, 30)).toBeGreaterThanOrEqual(wanted)
          if (agents > 1) expect(serviceLevel(queue, agents - 1, 30)).toBeLessThan(wanted)
        },
      ),
      { numRuns: 200 },
    )
  })
})
