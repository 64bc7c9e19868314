import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { strategies } from '../../../server/routing/contract.ts'
import { chooseAgent, type Candidate, type Need } from '../../../server/routing/choose-agent.ts'

const NOW = 1_000_000_000
const MINUTE = 60_000

const agent = (id: string, parts: Partial<Candidate> = {}): Candidate => ({
  ...{ id, receives: true, state: 'available', teamIds: ['shop'], seesAll: false, capacity: 10, load: 0 },
  ...{ channel: null, skills: new Map(), languages: ['pt-BR'], tierIds: [], turn: 0 },
  ...parts,
})
const need = (parts: Partial<Need> = {}): Need => ({
  ...{ strategy: 'leastLoaded', teamId: 'shop', ticketTeamId: 'shop', skills: [], language: null },
  ...{ tierId: null, lastAgentId: null, refusals: new Map() },
  ...parts,
})
const chosen = (wanted: Need, candidates: Candidate[], now = NOW) => chooseAgent(wanted, candidates, now)
const skill = (level: number, name = 'impressora fiscal') => new Map([[name, level]])

describe('who can be given a ticket', () => {
  test.each([
    ['does not receive any', agent('a', { receives: false }), 'notReceiving'],
    ['is in another team', agent('a', { teamIds: ['workshop'] }), 'notInTeam'],
    ['is busy', agent('a', { state: 'busy' }), 'offDuty'],
    ['is away', agent('a', { state: 'away' }), 'offDuty'],
    ['is offline', agent('a', { state: 'offline' }), 'offDuty'],
    ['has both hands full', agent('a', { capacity: 2, load: 2 }), 'full'],
    ['takes none at all', agent('a', { capacity: 0 }), 'full'],
    ['has enough of this channel', agent('a', { channel: { capacity: 1, load: 1 } }), 'channelFull'],
  ])('is nobody who %s', (_, candidate, hindrance) => {
    expect(chosen(need(), [candidate])).toMatchObject({ agentId: null, because: { [hindrance]: 1 } })
  })

  test('has the skills that are asked for, each at its level, however the name is written', () => {
    const wanted = need({ skills: [{ name: 'Impressora  FISCAL', level: 3 }] })
    expect(chosen(wanted, [agent('a'), agent('b', { skills: skill(2) })])).toMatchObject({
      agentId: null,
      because: { unskilled: 2 },
      nobody: true,
    })
    expect(chosen(wanted, [agent('a'), agent('b', { skills: skill(3) })])).toMatchObject({ agentId: 'b' })
  })

  test('speaks the language that the customer wrote in', () => {
    const others = [agent('a'), agent('b', { languages: ['es', 'en'] })]
    expect(chosen(need({ language: 'es' }), others)).toMatchObject({ agentId: 'b' })
    expect(chosen(need({ language: 'es' }), [agent('a')])).toMatchObject({ because: { foreign: 1 } })
  })

  test('may see the queue that the ticket is in', () => {
    const wanted = need({ teamId: null, ticketTeamId: 'workshop' })
    expect(chosen(wanted, [agent('a')])).toMatchObject({ because: { cannotSee: 1 } })
    expect(chosen(wanted, [agent('a', { seesAll: true })])).toMatchObject({ agentId: 'a' })
  })

  test('is there although all are busy with other tickets: then it waits, and nobody has to be alarmed', () => {
    expect(chosen(need(), [agent('a', { load: 10 })])).toMatchObject({ nobody: false })
    expect(chosen(need(), [agent('a', { state: 'away' })])).toMatchObject({ nobody: true })
    expect(chosen(need(), [])).toMatchObject({ nobody: true })
  })
})

describe('who comes first', () => {
  test('is who has the largest share of their capacity left: one of two beats eight of ten', () => {
    const choice = chosen(need(), [agent('a', { load: 8 }), agent('b', { capacity: 2, load: 1 })])
    expect(choice).toEqual({ agentId: 'b', because: { why: 'leastLoaded', load: 1, capacity: 2 } })
  })

  test('is, of two with equal shares, who was last given one longer ago', () => {
    expect(chosen(need(), [agent('a', { turn: 7 }), agent('b', { turn: 3 })])).toMatchObject({ agentId: 'b' })
  })

  test('is in rotation whoever waits longest, whatever they have in hand', () => {
    const candidates = [agent('a', { turn: 2 }), agent('b', { turn: 1, load: 9 })]
    expect(chosen(need({ strategy: 'roundRobin' }), candidates)).toMatchObject({ agentId: 'b' })
  })

  test('is by skill whoever goes farthest beyond what is asked, and of equals the freer one', () => {
    const wanted = need({ strategy: 'mostSkilled', skills: [{ name: 'impressora fiscal', level: 2 }] })
    const [a, b, c] = [
      agent('a', { skills: skill(3), load: 0 }),
      agent('b', { skills: skill(5), load: 9 }),
      agent('c', { skills: skill(5), load: 4 }),
    ]
    expect(chosen(wanted, [a, b])).toMatchObject({ agentId: 'b' })
    expect(chosen(wanted, [a, b, c])).toMatchObject({ agentId: 'c' })
  })

  test('is whoever had the customer’s last ticket, while they are on duty and have a hand free', () => {
    const wanted = need({ lastAgentId: 'b' })
    expect(chosen(wanted, [agent('a'), agent('b', { load: 9 })])).toMatchObject({
      agentId: 'b',
      because: { why: 'lastAgent' },
    })
    expect(chosen(wanted, [agent('a'), agent('b', { state: 'away' })])).toMatchObject({ agentId: 'a' })
    expect(chosen(wanted, [agent('a'), agent('b', { load: 10 })])).toMatchObject({ agentId: 'a' })
  })

  test('is whoever looks after the customer’s tier, and others only when those can’t', () => {
    const wanted = need({ tierId: 'gold' })
    const keeper = agent('b', { tierIds: ['gold'], load: 9 })
    expect(chosen(wanted, [agent('a'), keeper])).toMatchObject({ agentId: 'b', because: { why: 'tier' } })
    expect(chosen(wanted, [agent('a'), { ...keeper, load: 10 }])).toMatchObject({ agentId: 'a' })
  })
})

describe('whoever refused a ticket', () => {
  test('is passed over for a quarter of an hour while there is somebody else', () => {
    const candidates = [agent('a'), agent('b', { load: 9 })]
    const wanted = need({ refusals: new Map([['a', NOW]]) })
    expect(chosen(wanted, candidates, NOW + 14 * MINUTE)).toMatchObject({ agentId: 'b' })
    expect(chosen(wanted, candidates, NOW + 15 * MINUTE)).toMatchObject({ agentId: 'a' })
  })

  test('is waited past while the others are only busy', () => {
    const wanted = need({ refusals: new Map([['a', NOW]]) })
    expect(chosen(wanted, [agent('a'), agent('b', { load: 10 })], NOW + MINUTE)).toMatchObject({
      agentId: null,
      because: { refused: 1, full: 1 },
      nobody: false,
    })
  })

  test('is asked again after a minute when there is nobody else', () => {
    const wanted = need({ refusals: new Map([['a', NOW]]) })
    expect(chosen(wanted, [agent('a')], NOW + MINUTE - 1)).toMatchObject({ agentId: null, nobody: false })
    expect(chosen(wanted, [agent('a')], NOW + MINUTE)).toMatchObject({ agentId: 'a' })
  })
})

describe('any number of tickets, given out one after another', () => {
  const aCapacity = fc.integer({ min: 0, max: 12 })
  const people = fc.array(fc.record({ capacity: aCapacity, load: fc.integer({ min: 0, max: 14 }) }), {
    minLength: 1,
    maxLength: 12,
  })

  function handOut(given: Candidate[], wanted: Need, count: number): Candidate[] {
    let [candidates, turn] = [given, 0]
    for (let i = 0; i < count; i++) {
      const { agentId } = chosen(wanted, candidates)
      turn += 1
      candidates = candidates.map((each) =>
        each.id === agentId ? { ...each, load: each.load + 1, turn } : each,
      )
    }
    return candidates
  }

  test('never take anybody beyond their capacity', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(...strategies), fc.nat(60), (given, strategy, count) => {
        const before = given.map((each, index) => agent(`a${index}`, each))
        const after = handOut(before, need({ strategy }), count)
        for (const [index, { load, capacity }] of after.entries())
          expect(load).toBeLessThanOrEqual(Math.max(capacity, before[index]?.load ?? 0))
      }),
    )
  })

  test('spread within one ticket of even: with one ticket less nobody had a larger share than anybody else', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(sizes, fc.nat(100), (capacities, wanted) => {
        const before = capacities.map((capacity, index) => agent(`a${index}`, { capacity }))
        const after = handOut(before, need(), wanted)
        const total = capacities.reduce((sum, capacity) => sum + capacity, 0)
        expect(after.reduce((sum, { load }) => sum + load, 0)).toBe(Math.min(wanted, total))
        for (const one of after)
          for (const other of after)
            expect((one.load - 1) / one.capacity).toBeLessThanOrEqual(other.load / other.capacity)
      }),
    )
  })
})
