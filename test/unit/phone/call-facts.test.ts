import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isUnclaimed,
  shapeOf,
  withFact,
  type CallFacts,
  type Fact,
} from '../../../server/phone/call-facts.ts'
import type { CallDirection } from '../../../server/phone/contract.ts'

const told = (facts: readonly Fact[], direction: CallDirection = 'in') =>
  shapeOf(
    facts.reduce<CallFacts>((all, fact) => withFact(all, fact), {}),
    direction,
  )
const fact = (at: number, event: Fact['event'], line = ''): Fact => ({ at, event, line })

describe('how a call stands does not depend on how its events came', () => {
  const line = fc.constantFrom('', '201', '202', 'agent:a')
  const event = fc.constantFrom<Fact['event']>('incoming', 'answered', 'transferred', 'ended', 'missed')
  const aFact = fc.record({ event, line, at: fc.integer({ min: 1, max: 30 }) })
  const aStory = fc
    .array(aFact, { minLength: 1, maxLength: 9 })
    .chain((facts) =>
      fc.tuple(
        fc.constant(facts),
        fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
        fc.constantFrom<CallDirection>('in', 'out'),
      ),
    )

  it('shuffled and told twice', () => {
    fc.assert(
      fc.property(aStory, ([facts, shuffled, direction]) => {
        expect(told(shuffled, direction)).toEqual(told(facts, direction))
      }),
    )
  })

  it('a call that is over has an end, one that is not has none, and it rings nowhere once it is answered', () => {
    fc.assert(
      fc.property(aStory, ([facts, , direction]) => {
        const shape = told(facts, direction)
        const isOver = shape.state === 'ended' || shape.state === 'missed'
        expect(shape.endedAt !== null).toBe(isOver)
        if (shape.state !== 'ringing') expect(shape.ringing).toEqual([])
        if (shape.state === 'missed') expect(shape.answeredAt).toBeNull()
        if (shape.endedAt !== null) expect(shape.endedAt).toBeGreaterThanOrEqual(shape.startedAt)
      }),
    )
  })

  it('even without clocks, when each event is timed by its arrival', () => {
    const plain = [fact(0, 'incoming', '201'), fact(0, 'answered', '201'), fact(0, 'ended')]
    fc.assert(
      fc.property(fc.shuffledSubarray([...plain, ...plain], { minLength: 6 }), (events) => {
        expect(told(events.map((each, at) => ({ ...each, at })))).toMatchObject({
          state: 'ended',
          holder: '201',
        })
      }),
    )
  })
})

it('an answer that is told once more after the end does not begin the call anew', () => {
  const call = [fact(1, 'incoming', '201'), fact(2, 'answered', '201'), fact(9, 'ended', '201')]
  expect(told([...call, fact(12, 'answered', '201')])).toMatchObject({
    ...{ state: 'ended', holder: '201', answeredAt: 2, endedAt: 9 },
  })
})

it('an end that is told once more is no later, at a phone that rang twice either', () => {
  const call = [fact(1, 'answered', '201'), fact(9, 'ended', '201'), fact(90, 'ended', '201')]
  expect(told(call)).toMatchObject({ state: 'ended', endedAt: 9 })
  const rings = [fact(1, 'incoming', '201'), fact(3, 'missed', '201'), fact(5, 'incoming', '201')]
  expect(told([...rings, fact(8, 'missed', '201')])).toMatchObject({ state: 'missed', endedAt: 8 })
})

it('a call that was passed on and came back goes on until it ends there', () => {
  const away = [fact(1, 'answered', '201'), fact(5, 'transferred', '202'), fact(5, 'ended', '201')]
  const back = [...away, fact(7, 'transferred', '201'), fact(7, 'ended', '202')]
  expect(told(back)).toMatchObject({ state: 'answered', holder: '201' })
  expect(told([...back, fact(9, 'ended', '201')])).toMatchObject({ state: 'ended', endedAt: 9 })
})

describe('a group of phones', () => {
  const group = [fact(1, 'incoming', '201'), fact(1, 'incoming', '202'), fact(1, 'incoming', '203')]

  it('rings at each; whoever answers keeps it', () => {
    expect(told(group)).toMatchObject({ state: 'ringing', ringing: ['201', '202', '203'], holder: null })
    expect(told([...group, fact(2, 'answered', '202')])).toMatchObject({
      state: 'answered',
      ringing: [],
      holder: '202',
    })
  })

  it('the others that stop ringing end nothing', () => {
    const answered = [...group, fact(2, 'answered', '202'), fact(3, 'ended', '201'), fact(3, 'missed', '203')]
    expect(told(answered)).toMatchObject({ state: 'answered', holder: '202' })
    expect(told([...answered, fact(9, 'ended', '202')])).toMatchObject({ state: 'ended', endedAt: 9 })
  })

  it('is missed once the last phone gave up, and rings on while one does not', () => {
    const two = [...group, fact(5, 'missed', '201'), fact(6, 'missed', '202')]
    expect(told(two)).toMatchObject({ state: 'ringing', ringing: ['203'] })
    expect(told([...two, fact(7, 'missed', '203')])).toMatchObject({ state: 'missed', endedAt: 7 })
  })

  it('whose phones ring one after another is not missed before the last', () => {
    const first = [fact(1, 'incoming', '201'), fact(5, 'missed', '201')]
    expect(told(first).state).toBe('missed')
    expect(told([...first, fact(6, 'incoming', '202')])).toMatchObject({ state: 'ringing', ringing: ['202'] })
    expect(told([...first, fact(6, 'incoming', '202'), fact(9, 'incoming', '201')]).ringing).toEqual([
      '201',
      '202',
    ])
  })
})

describe('a transfer', () => {
  const talking = [fact(1, 'incoming', '201'), fact(2, 'answered', '201')]

  it('moves the call, and the first phone’s end is not the call’s', () => {
    const moved = [...talking, fact(5, 'transferred', '202'), fact(6, 'ended', '201')]
    expect(told(moved)).toMatchObject({ state: 'answered', holder: '202' })
    expect(told([...moved, fact(9, 'ended', '202')])).toMatchObject({
      state: 'ended',
      answeredAt: 2,
      endedAt: 9,
    })
  })

  it('and back again', () => {
    const back = [...talking, fact(5, 'transferred', '202'), fact(7, 'transferred', '201')]
    expect(told(back).holder).toBe('201')
    // A late repetition of the first answer takes nothing back from the second phone.
    expect(told([...talking, fact(5, 'transferred', '202'), fact(6, 'answered', '201')]).holder).toBe('202')
  })

  it('before anybody answered rings at the new phone alone', () => {
    expect(told([fact(1, 'incoming', '201'), fact(4, 'transferred', '202')])).toMatchObject({
      ...{ state: 'ringing', ringing: ['202'], holder: '202' },
    })
  })
})

describe('what exchanges leave out', () => {
  it('the phone, or one of somebody here: the call is anybody’s until one of ours has it or it is over', () => {
    const nobodys = (
      facts: readonly Fact[],
      agents: Record<string, string | null>,
      direction?: CallDirection,
    ) => isUnclaimed(told(facts, direction), direction ?? 'in', new Map(Object.entries(agents)))
    expect(nobodys([fact(1, 'incoming')], {})).toBe(true)
    expect(nobodys([fact(1, 'incoming'), fact(2, 'answered')], {})).toBe(true)
    expect(nobodys([fact(1, 'incoming', '300')], { 300: null })).toBe(true)
    expect(nobodys([fact(1, 'incoming', '300'), fact(1, 'incoming', '201')], { 300: null, 201: 'bia' })).toBe(
      false,
    )
    expect(nobodys([fact(1, 'incoming'), fact(2, 'answered', 'agent:a')], { 'agent:a': 'a' })).toBe(false)
    expect(nobodys([fact(1, 'incoming'), fact(3, 'missed')], {})).toBe(false)
    expect(nobodys([fact(1, 'incoming', '300')], { 300: null }, 'out')).toBe(false)
  })

  it('who answered, when only one phone rang', () => {
    expect(told([fact(1, 'incoming', '201'), fact(2, 'answered')]).holder).toBe('201')
  })

  it('the end: it is assumed at the last thing heard, and taken back by whatever is heard later', () => {
    const stuck = [fact(1, 'incoming', '201'), fact(2, 'answered', '201'), fact(90, 'assumed')]
    expect(told(stuck)).toMatchObject({ state: 'ended', endedAt: 2, isEndAssumed: true })
    expect(told([...stuck, fact(91, 'transferred', '202')])).toMatchObject({
      state: 'answered',
      isEndAssumed: false,
    })
    expect(told([...stuck, fact(91, 'ended')])).toMatchObject({
      state: 'ended',
      endedAt: 91,
      isEndAssumed: false,
    })
  })

  it('the answer: one of theirs was missed, one of ours is merely over', () => {
    const events = [fact(1, 'incoming', '201'), fact(9, 'ended')]
    expect(told(events).state).toBe('missed')
    expect(told(events, 'out')).toMatchObject({ state: 'ended', answeredAt: null, holder: '201' })
  })
})
