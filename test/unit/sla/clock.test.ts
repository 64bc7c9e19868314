import { describe, expect, it } from 'vitest'
import { alwaysOpen } from '../../../server/sla/calendar.ts'
import { mergeFacts } from '../../../server/sla/facts.ts'
import { at, Story } from '../../support/promise-story.ts'

const HOUR = 3_600_000

describe('the first response', () => {
  it('is due after so much business time: Friday 17:30 plus two hours is Monday 09:30', () => {
    const story = new Story({ firstResponse: 120 }).arrives('fri 17:30')
    expect(story.clock('firstResponse').dueAt).toBe(at('mon+1 09:30'))
  })

  it('is kept by a public answer, in the very millisecond of the deadline too', () => {
    const story = new Story({ firstResponse: 60 }).arrives('mon 11:30').agentAnswers('mon 14:00')
    expect(story.clock('firstResponse')).toMatchObject({
      outcome: 'met',
      stoppedAt: at('mon 14:00'),
      breachedAt: null,
      usedMs: HOUR,
    })
  })

  it('is missed by an answer after the deadline, and says which deadline that was', () => {
    const story = new Story({ firstResponse: 60 }).arrives('mon 09:00').agentAnswers('mon 10:01')
    expect(story.clock('firstResponse')).toMatchObject({ outcome: 'met', breachedAt: at('mon 10:00') })
  })

  it('does not wait while the ticket is put aside unanswered', () => {
    const story = new Story({ firstResponse: 120 }).arrives('mon 09:00').becomes('waiting', 'mon 09:30')
    expect(story.clock('firstResponse')).toMatchObject({ dueAt: at('mon 11:00'), pausedSince: null })
  })

  it('is kept at once when the conversation was had as the ticket was written', () => {
    const story = new Story({ firstResponse: 60 }).arrives('mon 09:00', { answered: true })
    expect(story.clock('firstResponse')).toMatchObject({ outcome: 'met', stoppedAt: at('mon 09:00') })
  })

  it('is called off when the ticket ends without an answer, and owed again when it comes back', () => {
    const story = new Story({ firstResponse: 120 }).arrives('mon 09:00').becomes('resolved', 'mon 10:00')
    expect(story.clock('firstResponse')).toMatchObject({ outcome: 'cancelled' })
    story.becomes('open', 'mon 14:00')
    expect(story.clock('firstResponse')).toMatchObject({ outcome: null, dueAt: at('mon 15:00') })
  })
})

describe('the next response', () => {
  const answered = () =>
    new Story({ firstResponse: 60, nextResponse: 60 }).arrives('mon 09:00').agentAnswers('mon 09:10')

  it('is promised only after the first answer', () => {
    const story = new Story({ firstResponse: 60, nextResponse: 60 })
      .arrives('mon 09:00')
      .customerWrites('mon 09:05')
    expect(story.clocks.map(({ metric }) => metric)).toEqual(['firstResponse'])
  })

  it('counts from the oldest unanswered message: more messages never move it', () => {
    const story = answered().customerWrites('mon 10:00').customerWrites('mon 10:30')
    expect(story.clock('nextResponse')).toMatchObject({ startedAt: at('mon 10:00'), dueAt: at('mon 11:00') })
  })

  it('begins anew with each message after an answer', () => {
    const story = answered().customerWrites('mon 10:00').agentAnswers('mon 10:20').customerWrites('mon 10:40')
    expect(story.clock('nextResponse')).toMatchObject({ cycle: 2, dueAt: at('mon 11:40'), outcome: null })
  })

  it('is called off when the ticket is resolved', () => {
    const story = answered().customerWrites('mon 10:00').becomes('resolved', 'mon 10:30')
    expect(story.clock('nextResponse')).toMatchObject({ outcome: 'cancelled', stoppedAt: at('mon 10:30') })
  })

  it('is kept when the answer and the end come together', () => {
    const story = answered()
      .customerWrites('mon 10:00')
      .agentAnswers('mon 10:30')
      .becomes('resolved', 'mon 10:30')
    expect(story.clock('nextResponse')).toMatchObject({ outcome: 'met' })
  })
})

describe('the resolution', () => {
  it('waits for the customer: four hours from Monday 10:00, put off 11:00–15:00, end Monday 18:00', () => {
    const story = new Story({ resolution: 240 }).arrives('mon 10:00').becomes('waiting', 'mon 11:00')
    expect(story.clock('resolution')).toMatchObject({
      dueAt: null,
      pausedSince: at('mon 11:00'),
      usedMs: HOUR,
    })
    story.becomes('open', 'mon 15:00')
    expect(story.clock('resolution')).toMatchObject({ dueAt: at('mon 18:00'), pausedSince: null })
  })

  it('spends no time over a weekend of waiting', () => {
    const story = new Story({ resolution: 240 })
      .arrives('fri 16:00')
      .becomes('waiting', 'fri 17:00')
      .becomes('open', 'mon+1 09:00')
    expect(story.clock('resolution').dueAt).toBe(at('mon+1 13:30') - 1.5 * HOUR)
  })

  it('goes on after reopening with the time it had used, not counting the time it was resolved', () => {
    const story = new Story({ resolution: 240 })
      .arrives('mon 08:00')
      .becomes('resolved', 'mon 10:00')
      .becomes('closed', 'mon 11:00')
    expect(story.clock('resolution')).toMatchObject({ outcome: 'met', stoppedAt: at('mon 10:00') })
    story.becomes('open', 'tue 08:00')
    expect(story.clock('resolution')).toMatchObject({ outcome: null, dueAt: at('tue 10:00'), cycle: 1 })
  })

  it('once missed stays missed, reopened or not', () => {
    const story = new Story({ resolution: 60 })
      .arrives('mon 08:00')
      .becomes('resolved', 'mon 09:30')
      .becomes('open', 'mon 10:00')
    expect(story.clock('resolution').breachedAt).toBe(at('mon 09:00'))
    expect(story.becomes('resolved', 'mon 10:10').clock('resolution').breachedAt).toBe(at('mon 09:00'))
  })

  it('is called off, not kept, when the ticket is cancelled', () => {
    const story = new Story({ resolution: 60 }).arrives('mon 08:00').becomes('cancelled', 'mon 08:30')
    expect(story.clock('resolution').outcome).toBe('cancelled')
  })

  it('put aside in the very moment of its deadline is not missed', () => {
    const story = new Story({ resolution: 60 }).arrives('mon 08:00').becomes('waiting', 'mon 09:00')
    expect(story.clock('resolution')).toMatchObject({ breachedAt: null, dueAt: null })
  })
})

describe('other terms', () => {
  it('count what was used: raised to two hours after 1 h 30 leaves half an hour', () => {
    const story = new Story({ resolution: 480 })
      .arrives('mon 08:00')
      .isPromised({ resolution: 120 }, 'mon 09:30')
    expect(story.clock('resolution').dueAt).toBe(at('mon 10:00'))
  })

  it('shorter than what is used are missed in the moment they apply, for nobody had promised them before', () => {
    const story = new Story({ resolution: 480 })
      .arrives('mon 08:00')
      .isPromised({ resolution: 60 }, 'mon 10:00')
    expect(story.clock('resolution')).toMatchObject({
      dueAt: at('mon 09:00'),
      breachedAt: at('mon 10:00'),
    })
  })

  it('never take a breach back', () => {
    const story = new Story({ resolution: 60 })
      .arrives('mon 08:00')
      .looksAtIt('mon 09:30')
      .isPromised({ resolution: 480 }, 'mon 10:00')
    expect(story.clock('resolution')).toMatchObject({
      breachedAt: at('mon 09:00'),
      dueAt: at('mon 17:30'),
    })
  })

  it('leave what has been kept as it was', () => {
    const story = new Story({ firstResponse: 60 }).arrives('mon 08:00').agentAnswers('mon 08:10')
    const before = story.clock('firstResponse')
    expect(story.isPromised({ firstResponse: 5, policyId: 'p2' }, 'mon 09:00').clock('firstResponse')).toBe(
      before,
    )
  })

  it('without a promise call off the one that ran', () => {
    const story = new Story({ resolution: 60 }).arrives('mon 08:00').isPromised({}, 'mon 08:30')
    expect(story.clock('resolution')).toMatchObject({ outcome: 'cancelled', stoppedAt: at('mon 08:30') })
  })

  it('promise nothing about what was over before', () => {
    const story = new Story({})
      .arrives('mon 08:00')
      .agentAnswers('mon 08:10')
      .isPromised({ firstResponse: 60, resolution: 240 }, 'mon 09:00')
    expect(story.clocks.map(({ metric }) => metric)).toEqual(['resolution'])
  })

  it('looked at again change nothing', () => {
    const story = new Story({ firstResponse: 60, resolution: 240 }).arrives('mon 08:00')
    const before = structuredClone(story.clocks)
    expect(story.looksAtIt('mon 08:20').clocks).toEqual(before)
  })
})

describe('a date that a person sets', () => {
  it('stands in place of the promised end, does not wait, and gives way when it is cleared', () => {
    const story = new Story({ resolution: 240 })
      .arrives('mon 08:00')
      .isDue('wed 10:00', 'mon 09:00')
      .becomes('waiting', 'mon 10:00')
    expect(story.clock('resolution')).toMatchObject({ dueAt: at('wed 10:00'), pausedSince: null })
    story.becomes('open', 'mon 11:00').isDue(null, 'mon 11:00')
    expect(story.clock('resolution')).toMatchObject({ manualDueAt: null, dueAt: at('mon 14:30') })
  })

  it('is a promise even where no policy makes one', () => {
    const story = new Story({}).arrives('mon 08:00').isDue('mon 10:00', 'mon 08:05').looksAtIt('mon 10:01')
    expect(story.clock('resolution')).toMatchObject({ targetMs: null, breachedAt: at('mon 10:00') })
  })
})

it('round the clock counts nights and weekends', () => {
  const story = new Story({ resolution: 7 * 24 * 60 }, alwaysOpen).arrives('fri 17:00')
  expect(story.clock('resolution').dueAt).toBe(at('fri+1 17:00'))
})

it('of two tickets that become one the answer that is owed longest is owed', () => {
  const survivor = new Story({ nextResponse: 60 })
    .arrives('mon 08:00')
    .agentAnswers('mon 08:05')
    .customerWrites('mon 10:00')
  const merged = new Story({ nextResponse: 60 })
    .arrives('mon 08:30')
    .agentAnswers('mon 08:35')
    .customerWrites('mon 09:00')
  const facts = survivor.facts && merged.facts && mergeFacts(survivor.facts, merged.facts)
  expect(facts).toMatchObject({ unansweredSince: at('mon 09:00'), rounds: 1 })
})
