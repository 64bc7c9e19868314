import { describe, expect, test } from 'vitest'
import type { LiveSnapshot, Threshold } from '../../server/dashboards/contract.ts'
import { ticketFilterSchema } from '../../server/tickets/filter.contract.ts'
import { countdown } from '../../src-renderer/features/dashboard/countdown.ts'
import { dayChart } from '../../src-renderer/features/dashboard/day-chart.ts'
import { isInOrder, orNone, readLimit } from '../../src-renderer/features/dashboard/edit/threshold-draft.ts'
import { rowsThatFit } from '../../src-renderer/features/dashboard/fitting.ts'
import { staleSince } from '../../src-renderer/features/dashboard/staleness.ts'
import { linkOf, midnightOf, planBehind } from '../../src-renderer/features/dashboard/tile-links.ts'
import {
  besideUsual,
  levelOf,
  teamsOf,
  turnedRed,
  valueAt,
} from '../../src-renderer/features/dashboard/tile-values.ts'
import { adHocQueue, planInAddress } from '../../src-renderer/features/queue/ad-hoc.ts'
import { turned, wallKey } from '../../src-renderer/features/wall/rotation.ts'
import { scopeKey, uniqueScopes } from '../../src-renderer/stores/live-board.ts'

const NOW = Date.parse('2026-11-26T14:00:00Z')
const queue = {
  waiting: 3,
  oldestWaitingSince: '2026-11-26T13:18:30Z',
  oldestWaitingTicketId: 'oldest',
  inWork: 5,
  parked: 2,
  breached: 1,
  arrivedLastHour: 4,
  resolvedLastHour: 2,
}
const snapshot: LiveSnapshot = {
  seq: 1,
  at: '2026-11-26T14:00:00Z',
  queues: [{ teamId: 'support', name: 'Suporte', ...queue }],
  total: queue,
  agents: [],
  breaches: [],
  alerts: { unacknowledged: 2, urgent: 1, oldestSince: null, blockedScreens: 0 },
  today: { day: '2026-11-26', arrived: 34, resolved: 28, usualArrived: null, usualResolved: null, hours: [] },
  intake: [],
  satisfaction: { share: 0.934, answers: 61 },
  timezone: 'America/Sao_Paulo',
}
const limit = (warnAt: number | null, alarmAt: number | null, sound = false): Threshold => ({
  warnAt,
  alarmAt,
  sound,
  alert: false,
})

describe('the number of a tile', () => {
  test('of the longest wait is whole minutes that have gone by', () => {
    expect(valueAt('oldestWaiting', snapshot, NOW)).toBe(41)
    expect(valueAt('oldestWaiting', snapshot, NOW + 30_000)).toBe(42)
  })

  test('of satisfaction is in hundredths, and none without an answer', () => {
    expect(valueAt('satisfaction', snapshot, NOW)).toBe(93)
    const none = { ...snapshot, satisfaction: { share: null, answers: 0 } }
    expect(valueAt('satisfaction', none, NOW)).toBeNull()
  })

  test('turns amber and red from its limits on', () => {
    expect(levelOf('waiting', 4, limit(5, 10))).toBe('calm')
    expect(levelOf('waiting', 5, limit(5, 10))).toBe('warn')
    expect(levelOf('waiting', 10, limit(5, 10))).toBe('alarm')
    expect(levelOf('waiting', 10, limit(5, null))).toBe('warn')
    expect(levelOf('waiting', 99, null)).toBe('calm')
  })

  test('of satisfaction turns red below its limit', () => {
    expect(levelOf('satisfaction', 90, limit(90, 80))).toBe('calm')
    expect(levelOf('satisfaction', 89, limit(90, 80))).toBe('warn')
    expect(levelOf('satisfaction', 79, limit(90, 80))).toBe('alarm')
  })

  test('that nobody could measure is never alarming', () => {
    expect(levelOf('oldestWaiting', null, limit(0, 0))).toBe('calm')
  })
})

describe('a tone', () => {
  const tiles = [
    { id: 'loud', threshold: limit(1, 2, true) },
    { id: 'quiet', threshold: limit(1, 2) },
  ]
  test('is heard when a tile that wants it turns red', () => {
    const before = new Map([['loud', 'warn'] as const, ['quiet', 'warn'] as const])
    const after = new Map([['loud', 'alarm'] as const, ['quiet', 'alarm'] as const])
    expect(turnedRed(tiles, before, after)).toEqual(['loud'])
  })

  test('is not heard again while it stays red, nor for what was red when one began to look', () => {
    const red = new Map([['loud', 'alarm'] as const])
    expect(turnedRed(tiles, red, red)).toEqual([])
    expect(turnedRed(tiles, new Map(), red)).toEqual([])
  })
})

describe('where a number leads', () => {
  test.each(['waiting', 'inWork', 'parked', 'breached', 'arrivedToday', 'resolvedToday'] as const)(
    '%s is a filter that the server takes, and the address brings it back',
    (figure) => {
      const plan = planBehind(figure, ['none'], NOW)
      expect(ticketFilterSchema.safeParse(plan.filter).success).toBe(true)
      const { query } = adHocQueue(plan) as { query: Record<string, string> }
      expect(planInAddress(query)).toEqual(plan)
    },
  )

  test('an address that makes no sense asks for no filter', () => {
    expect(planInAddress({ filter: '{"teamIds":7}' })).toBeNull()
    expect(planInAddress({ filter: '{' })).toBeNull()
    expect(planInAddress({})).toBeNull()
  })

  test('satisfaction leads to its report, over the same teams, for those who may read it', () => {
    expect(linkOf('satisfaction', snapshot, ['support'], true)).toEqual({
      name: 'reports',
      params: { report: 'satisfaction' },
      query: { f: '{"teamIds":["support"]}' },
    })
    expect(linkOf('satisfaction', snapshot, null, true)).toMatchObject({ query: {} })
    expect(linkOf('satisfaction', snapshot, null, false)).toBeNull()
  })

  test('the longest wait leads to its ticket, and nowhere when nobody waits', () => {
    expect(linkOf('oldestWaiting', snapshot, null, true)).toEqual({
      name: 'ticket',
      params: { id: 'oldest' },
    })
    const nobody = { ...snapshot, total: { ...queue, oldestWaitingTicketId: null } }
    expect(linkOf('oldestWaiting', nobody, null, true)).toBeNull()
  })

  test('a day begins at the office’s midnight, also where clocks were put forward at midnight', () => {
    expect(midnightOf('2026-11-26', 'America/Sao_Paulo')).toBe(Date.parse('2026-11-26T03:00:00Z'))
    expect(midnightOf('2026-03-29', 'Europe/Lisbon')).toBe(Date.parse('2026-03-29T00:00:00Z'))
    expect(midnightOf('2026-06-01', 'Asia/Kolkata')).toBe(Date.parse('2026-05-31T18:30:00Z'))
  })
})

describe('numbers are said to stand still', () => {
  const trueAt = NOW - 1_000
  test('some seconds after the link broke, since they were last true', () => {
    expect(staleSince({ trueAt, cutAt: NOW }, NOW + 1_000)).toBeNull()
    expect(staleSince({ trueAt, cutAt: NOW }, NOW + 5_000)).toBe(trueAt)
  })

  test('when a link that looks alive has long said nothing', () => {
    expect(staleSince({ trueAt, cutAt: null }, NOW + 40_000)).toBeNull()
    expect(staleSince({ trueAt, cutAt: null }, NOW + 50_000)).toBe(trueAt)
  })

  test('never before there are any', () => {
    expect(staleSince({ trueAt: null, cutAt: NOW }, NOW + 80_000)).toBeNull()
  })
})

test('a deadline is counted down by the second in its last hour, and never reads 0:00 before it is over', () => {
  expect(countdown(249_000)).toMatchObject({ isOver: false, text: '4:09' })
  expect(countdown(1)).toMatchObject({ isOver: false, text: '0:01' })
  expect(countdown(0)).toMatchObject({ isOver: true, text: '0:00' })
  expect(countdown(-61_500)).toMatchObject({ isOver: true, text: '1:01' })
  expect(countdown(3_600_000)).toMatchObject({ unit: 'long' })
  expect(countdown(3_599_500)).toMatchObject({ text: '59:59' })
})

test('a wall shows the rows that fit, and keeps a line to say how many are left out', () => {
  expect(rowsThatFit(5, 200, 40)).toBe(5)
  expect(rowsThatFit(6, 200, 40)).toBe(4)
  expect(rowsThatFit(6, 30, 40)).toBe(1)
  expect(rowsThatFit(6, 200, 0)).toBe(6)
})

test('a tile shows its own teams, else those of its dashboard', () => {
  expect(teamsOf({ teamIds: ['a'] }, { teamIds: ['b'] })).toEqual(['a'])
  expect(teamsOf({ teamIds: null }, { teamIds: ['b'] })).toEqual(['b'])
  expect(teamsOf({ teamIds: null }, { teamIds: null })).toBeNull()
})

test('the same teams in another order are one choice, and all is not none', () => {
  expect(scopeKey(['b', 'a'])).toBe(scopeKey(['a', 'b', 'a']))
  expect(uniqueScopes([null, ['a', 'b'], ['b', 'a'], null])).toEqual([null, ['b', 'a']])
})

test('a value is below, within or above what is usual', () => {
  const usual = { low: 10, middle: 15, high: 20 }
  expect([9, 10, 20, 21].map((value) => besideUsual(value, usual))).toEqual([
    'below',
    'within',
    'within',
    'above',
  ])
  expect(besideUsual(9, null)).toBeNull()
})

test('a limit is a whole number or nothing, and amber comes before red', () => {
  expect(readLimit(' 12 ', false)).toBe(12)
  expect(readLimit('', false)).toBeNull()
  expect(readLimit('1,5', false)).toBeUndefined()
  expect(readLimit('101', true)).toBeUndefined()
  expect(isInOrder({ warnAt: 5, alarmAt: 10 }, false)).toBe(true)
  expect(isInOrder({ warnAt: 10, alarmAt: 5 }, false)).toBe(false)
  expect(isInOrder({ warnAt: 90, alarmAt: 80 }, true)).toBe(true)
  expect(orNone(limit(null, null, true))).toBeNull()
})

test('the day’s chart leaves out the night, unless something came in it', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    hour,
    arrived: hour === 6 ? 1 : hour > 14 ? null : 0,
    resolved: hour > 14 ? null : 0,
    usual: null,
  }))
  const chart = dayChart(hours, { arrived: 'Chegaram', resolved: 'Resolvidos', usual: 'Normal' })
  expect(chart.categories.at(0)).toBe('6h')
  expect(chart.categories.at(-1)).toBe('18h')
  expect(chart.band).toBeUndefined()
})

test('on a wall arrows turn, P pauses, F fills the screen; with a modifier keys are the browser’s', () => {
  const key = (name: string, ctrlKey = false) =>
    wallKey({ key: name, ctrlKey, metaKey: false, altKey: false })
  expect(['ArrowRight', 'ArrowLeft', 'p', 'F', 'x'].map((name) => key(name))).toEqual([
    'next',
    'previous',
    'pause',
    'fullScreen',
    null,
  ])
  expect(key('f', true)).toBeNull()
  expect([turned(2, 1, 3), turned(0, -1, 3), turned(5, 0, 0)]).toEqual([0, 2, 0])
})
