import { describe, expect, it } from 'vitest'
import type { Level } from '../../../server/sla/contract.ts'
import { momentsOf, nextWakeOf, pendingMoments } from '../../../server/sla/levels.ts'
import { at, Story } from '../../support/promise-story.ts'

const level = (id: string, moment: { atPercent: number } | { offsetMinutes: number }): Level => ({
  id,
  metric: 'resolution',
  notify: ['agent'],
  ...moment,
})

const half = level('half', { atPercent: 50 })
const hourBefore = level('hour-before', { offsetMinutes: -60 })
const atDeadline = level('deadline', { offsetMinutes: 0 })
const hourAfter = level('hour-after', { offsetMinutes: 60 })

/** Levels with when they come, by name. */
function ladder(story: Story, levels: readonly Level[]) {
  if (!story.facts) throw new Error('Nothing has happened yet.')
  const moments = momentsOf(story.clock('resolution'), levels, story.facts, story.time)
  return moments.map(({ level: { id }, stage, at: moment }) => [id, stage, moment] as const)
}

function wake(story: Story, levels: readonly Level[]): number | null {
  return story.facts && nextWakeOf(story.clock('resolution'), levels, story.facts, story.time)
}

const story = () => new Story({ resolution: 240 })

it('an hour before a deadline on Tuesday 08:30 is Monday 17:30: it walks business time backwards', () => {
  const told = new Story({ resolution: 270 })
    .arrives('mon 13:30')
    .isPromised({ resolution: 300 }, 'mon 13:30')
  expect(told.clock('resolution').dueAt).toBe(at('tue 08:30'))
  expect(ladder(told, [hourBefore])[0]).toEqual(['hour-before', 'warning', at('mon 17:30')])
})

it('levels come in order, whatever way they are given; a deadline counts as missed one millisecond later', () => {
  expect(ladder(story().arrives('mon 08:00'), [hourAfter, atDeadline, hourBefore, half])).toEqual([
    ['half', 'warning', at('mon 10:00')],
    ['hour-before', 'warning', at('mon 11:00')],
    ['deadline', 'breach', at('mon 12:00') + 1],
    ['hour-after', 'breach', at('mon 14:30')],
  ])
})

it('a deadline that the ladder says nothing about is told all the same', () => {
  expect(ladder(story().arrives('mon 08:00'), [half]).map(([id]) => id)).toEqual([
    'half',
    'breach:resolution',
  ])
})

describe('a pause', () => {
  const paused = () => story().arrives('mon 08:00').becomes('waiting', 'mon 09:00')

  it('leaves no moment to wake at, for none is known', () => {
    expect(wake(paused(), [half, atDeadline])).toBeNull()
  })

  it('moves the levels that are still to come, and those that came keep their time', () => {
    const resumed = paused().becomes('open', 'mon 11:00')
    expect(ladder(resumed, [half, atDeadline])).toEqual([
      ['half', 'warning', at('mon 12:00')],
      ['deadline', 'breach', at('mon 15:30') + 1],
    ])
  })
})

it('a level before the beginning of the clock never comes: nobody is warned of what was only just promised', () => {
  const told = new Story({ resolution: 30 }).arrives('mon 08:00')
  expect(ladder(told, [hourBefore])).toContainEqual(['hour-before', 'warning', null])
  expect(wake(told, [hourBefore, atDeadline])).toBe(at('mon 08:30') + 1)
})

it('what has been carried out is not waited for again', () => {
  const told = story().arrives('mon 08:00')
  const clock = { ...told.clock('resolution'), fired: { half: at('mon 10:00') } }
  const moments = told.facts ? momentsOf(clock, [half, atDeadline], told.facts, told.time) : []
  expect(pendingMoments(moments, clock).map(({ level: { id } }) => id)).toEqual(['deadline'])
})

it('after a breach the levels behind it are still to come, and then nothing', () => {
  const told = story().arrives('mon 08:00').looksAtIt('mon 13:30')
  const clock = told.clock('resolution')
  const after = { ...clock, fired: { deadline: at('mon 12:00') } }
  const wakeWith = (each: typeof clock) =>
    told.facts && nextWakeOf(each, [atDeadline, hourAfter], told.facts, told.time)
  expect(wakeWith(after)).toBe(at('mon 14:30'))
  expect(wakeWith({ ...after, fired: { ...after.fired, 'hour-after': at('mon 14:30') } })).toBeNull()
})

it('a kept promise wakes nobody', () => {
  expect(
    wake(story().arrives('mon 08:00').becomes('resolved', 'mon 09:00'), [half, atDeadline, hourAfter]),
  ).toBeNull()
})

describe('around a date that a person set', () => {
  const dated = () => story().arrives('mon 08:00').isDue('wed 10:00', 'mon 08:00')

  it('levels lie before and after it in business time', () => {
    expect(ladder(dated(), [level('early', { offsetMinutes: -180 }), atDeadline, hourAfter])).toEqual([
      ['early', 'warning', at('tue 17:00')],
      ['deadline', 'breach', at('wed 10:00') + 1],
      ['hour-after', 'breach', at('wed 11:00')],
    ])
  })

  it('a share is of the time until then', () => {
    expect(ladder(dated(), [half, atDeadline])[0]).toEqual(['half', 'warning', at('tue 09:00')])
  })

  it('without business time before it nobody is warned of a share of nothing', () => {
    const weekend = story().arrives('sat 10:00').isDue('sun 10:00', 'sat 10:00')
    expect(ladder(weekend, [half, atDeadline])).toContainEqual(['half', 'warning', null])
  })
})
