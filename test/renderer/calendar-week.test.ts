import { describe, expect, test } from 'vitest'
import type { Hours } from '../../server/sla/calendar.contract.ts'
import { readTime } from '../../src-renderer/features/settings/promises/calendars/times.ts'
import {
  dragged,
  FINE_STEP,
  STEP,
} from '../../src-renderer/features/settings/promises/calendars/week-drag.ts'
import { keyed } from '../../src-renderer/features/settings/promises/calendars/week-keys.ts'
import {
  isAlwaysOpen,
  weekSummary,
} from '../../src-renderer/features/settings/promises/calendars/week-summary.ts'
import {
  copiedDay,
  endedAt,
  fromHours,
  movedTo,
  nextWindow,
  painted,
  piecesOf,
  startedAt,
  toHours,
  weekFaults,
  type DraftWindow,
} from '../../src-renderer/features/settings/promises/calendars/week.ts'

const week = (hours: Hours): DraftWindow[] => fromHours(hours)
const only = (hours: Hours): DraftWindow => {
  const [window] = week(hours)
  if (!window) throw new Error('no window given')
  return window
}
const times = ({ day, from, until }: DraftWindow) => [day, from, until]
const reasons = (windows: readonly DraftWindow[]) => {
  const faults = weekFaults(windows)
  return windows.flatMap((window) => {
    const reason = faults.windows.get(window.key)
    return reason ? [[...times(window), reason]] : []
  })
}

describe('typed times', () => {
  test.each([
    ['8', '08:00'],
    ['08:30', '08:30'],
    ['830', '08:30'],
    ['1745', '17:45'],
    ['8h30', '08:30'],
    ['18h', '18:00'],
    [' 9.15 ', '09:15'],
    ['24:00', '24:00'],
    ['24', '24:00'],
  ])('“%s” is %s', (text, time) => expect(readTime(text)).toBe(time))

  test.each(['', '25', '8:75', '24:30', 'oito', '8:3', '-1', '12345'])('“%s” is no time', (text) =>
    expect(readTime(text)).toBeNull(),
  )
})

describe('the week grid', () => {
  test('a window over midnight goes on at the top of the next day, and Sunday’s on Monday', () => {
    const pieces = piecesOf(week({ sun: [['22:00', '06:00']] }))
    expect(pieces.map(({ column, from, until, part }) => [column, from, until, part])).toEqual([
      [6, 1320, 1440, 'head'],
      [0, 0, 360, 'tail'],
    ])
  })

  test('a window that makes no sense yet is not drawn', () => {
    expect(
      piecesOf(
        week({
          mon: [
            ['18:00', '08:30'],
            ['09:00', '09:00'],
          ],
        }),
      ).length,
    ).toBe(0)
  })

  test('painting opens the same hours on every day that it passes', () => {
    const windows = dragged(
      [],
      { kind: 'paint', begin: { column: 0, minute: 484 } },
      { column: 4, minute: 712 },
      STEP,
    )
    expect(toHours(windows)).toEqual({
      mon: [['08:00', '12:00']],
      tue: [['08:00', '12:00']],
      wed: [['08:00', '12:00']],
      thu: [['08:00', '12:00']],
      fri: [['08:00', '12:00']],
    })
  })

  test('painting upwards is painting too, and the day ends at 24:00', () => {
    const begin = { column: 2, minute: 1500 }
    expect(toHours(dragged([], { kind: 'paint', begin }, { column: 2, minute: 1321 }, STEP))).toEqual({
      wed: [['22:00', '24:00']],
    })
  })

  test('what is painted over the lunch break joins morning and afternoon', () => {
    const windows = week({
      mon: [
        ['08:00', '12:00'],
        ['13:30', '18:00'],
      ],
    })
    expect(toHours(painted(windows, ['mon'], { start: 720, end: 810 }))).toEqual({
      mon: [['08:00', '18:00']],
    })
  })

  test('what is painted up to a night shift stops where that begins', () => {
    const windows = week({ mon: [['22:00', '06:00']] })
    expect(toHours(painted(windows, ['mon'], { start: 480, end: 1350 }))).toEqual({
      mon: [
        ['08:00', '22:00'],
        ['22:00', '06:00'],
      ],
    })
  })

  test('moving keeps the length, snaps, and goes to another day', () => {
    const windows = week({ mon: [['08:00', '12:00']] })
    const drag = { kind: 'move', key: windows[0]?.key ?? 0, begin: { column: 0, minute: 500 } } as const
    const coarse = dragged(windows, drag, { column: 2, minute: 568 }, STEP)
    expect(coarse.map(times)).toEqual([['wed', '09:00', '13:00']])
    const fine = dragged(windows, drag, { column: 0, minute: 518 }, FINE_STEP)
    expect(fine.map(times)).toEqual([['mon', '08:15', '12:15']])
    expect(dragged(windows, drag, { column: -3, minute: -900 }, STEP).map(times)).toEqual([
      ['mon', '00:00', '04:00'],
    ])
  })

  test('an end pulled into the next column is over midnight, for twelve hours at most', () => {
    const windows = week({ fri: [['20:00', '23:00']] })
    const drag = { kind: 'end', key: windows[0]?.key ?? 0, begin: { column: 4, minute: 1380 } } as const
    expect(dragged(windows, drag, { column: 5, minute: 240 }, STEP).map(times)).toEqual([
      ['fri', '20:00', '04:00'],
    ])
    expect(dragged(windows, drag, { column: 6, minute: 600 }, STEP).map(times)).toEqual([
      ['fri', '20:00', '08:00'],
    ])
    expect(dragged(windows, drag, { column: 4, minute: 0 }, STEP).map(times)).toEqual([
      ['fri', '20:00', '20:15'],
    ])
  })

  test('the end of a night is taken by its piece in the next column', () => {
    const windows = week({ fri: [['22:00', '06:00']] })
    const drag = { kind: 'end', key: windows[0]?.key ?? 0, begin: { column: 5, minute: 360 } } as const
    expect(dragged(windows, drag, { column: 5, minute: 420 }, STEP).map(times)).toEqual([
      ['fri', '22:00', '07:00'],
    ])
    expect(dragged(windows, drag, { column: 4, minute: 1380 }, STEP).map(times)).toEqual([
      ['fri', '22:00', '23:00'],
    ])
  })

  test('edges don’t pass each other', () => {
    const morning = only({ mon: [['08:00', '12:00']] })
    expect(times(startedAt(morning, 900))).toEqual(['mon', '11:45', '12:00'])
    expect(times(endedAt(morning, 300))).toEqual(['mon', '08:00', '08:15'])
    expect(times(endedAt(morning, 2000))).toEqual(['mon', '08:00', '24:00'])
  })

  test('a long window that is moved down ends with its day instead of running into a night that is too long', () => {
    expect(times(movedTo(only({ mon: [['06:00', '20:00']] }), 'mon', 900))).toEqual(['mon', '10:00', '24:00'])
  })

  test('a day copied to others takes the place of what they had', () => {
    const windows = week({
      mon: [['08:00', '12:00']],
      tue: [
        ['10:00', '11:00'],
        ['12:00', '13:00'],
      ],
      sat: [['09:00', '12:00']],
    })
    expect(toHours(copiedDay(windows, 'mon', ['mon', 'tue', 'wed']))).toEqual({
      mon: [['08:00', '12:00']],
      tue: [['08:00', '12:00']],
      wed: [['08:00', '12:00']],
      sat: [['09:00', '12:00']],
    })
  })

  test('a window added to a day never overlaps what is there, while there is room', () => {
    const morning = week({ mon: [['08:00', '12:00']] })
    const both = [...morning, nextWindow(morning, 'mon')]
    expect(toHours(both)).toEqual({
      mon: [
        ['08:00', '12:00'],
        ['13:00', '17:00'],
      ],
    })
    expect(toHours([nextWindow(both, 'tue')])).toEqual({ tue: [['08:00', '12:00']] })
  })
})

describe('arrow keys', () => {
  const press = (key: string, more: { shift?: boolean; fine?: boolean } = {}) =>
    keyed({ key, shift: false, fine: false, ...more }, only({ mon: [['08:00', '12:00']] }))
  const after = (key: string, more?: { shift?: boolean; fine?: boolean }) => {
    const window = press(key, more)
    return window && times(window)
  }

  test('move a window by half an hour, by a quarter with the modifier, and change its end with Shift', () => {
    expect(after('ArrowDown')).toEqual(['mon', '08:30', '12:30'])
    expect(after('ArrowUp', { fine: true })).toEqual(['mon', '07:45', '11:45'])
    expect(after('ArrowDown', { shift: true })).toEqual(['mon', '08:00', '12:30'])
    expect(after('ArrowUp', { shift: true, fine: true })).toEqual(['mon', '08:00', '11:45'])
  })

  test('move it to the day beside, round the week, and leave other keys alone', () => {
    expect(after('ArrowRight')).toEqual(['tue', '08:00', '12:00'])
    expect(after('ArrowLeft')).toEqual(['sun', '08:00', '12:00'])
    expect(after('ArrowLeft', { fine: true })).toBeNull()
    expect(after('a')).toBeNull()
  })
})

describe('what is wrong stands at its window', () => {
  test('an overlap, at the later one', () => {
    const windows = week({
      mon: [
        ['13:00', '18:00'],
        ['08:00', '13:30'],
      ],
    })
    expect(reasons(windows)).toEqual([['mon', '13:00', '18:00', 'calendar.windows_overlap']])
  })

  test('an overlap with the night before', () => {
    const windows = week({ mon: [['22:00', '06:00']], tue: [['05:00', '09:00']] })
    expect(reasons(windows)).toEqual([['tue', '05:00', '09:00', 'calendar.windows_overlap']])
  })

  test('reversed, empty and unreadable times', () => {
    const windows = week({ mon: [['18:00', '08:30']], tue: [['09:00', '09:00']], wed: [['9h', 'x']] })
    expect(reasons(windows).map((reason) => reason.at(-1))).toEqual([
      'calendar.window_reversed',
      'calendar.window_empty',
      'calendar.time_unreadable',
    ])
  })

  test('a week without a window is never open', () => {
    expect(weekFaults([])).toEqual({ windows: new Map(), week: 'calendar.never_open' })
  })
})

describe('the week in a line', () => {
  const names = { mon: 'seg', tue: 'ter', wed: 'qua', thu: 'qui', fri: 'sex', sat: 'sáb', sun: 'dom' }
  const summary = (hours: Hours) => weekSummary(hours, (day) => names[day])

  test('gathers days in a row', () => {
    const day: [string, string][] = [
      ['08:00', '12:00'],
      ['13:30', '18:00'],
    ]
    const hours = { mon: day, tue: day, wed: day.toReversed(), thu: day, fri: day, sat: [['08:00', '12:00']] }
    expect(summary(hours as Hours)).toBe('seg–sex 08:00–12:00, 13:30–18:00 · sáb 08:00–12:00')
  })

  test('a closed day between parts the days around it', () => {
    const day: [string, string][] = [['08:00', '18:00']]
    expect(summary({ mon: day, wed: day })).toBe('seg 08:00–18:00 · qua 08:00–18:00')
  })

  test('round the clock is known', () => {
    const day: [string, string][] = [['00:00', '24:00']]
    expect(isAlwaysOpen({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day })).toBe(true)
    expect(isAlwaysOpen({ mon: day })).toBe(false)
  })
})
