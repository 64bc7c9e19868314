import { expect, test } from 'vitest'
import type { NewLevel } from '../../server/sla/contract.ts'
import {
  inOrder,
  newLevel,
  parsePercent,
  reachedAfter,
  sideOf,
  toLevel,
  toLevelDraft,
  type LevelDraft,
} from '../../src-renderer/features/settings/promises/policies/ladder.ts'

const write = (minutes: number) => `${minutes} min`
const aLevel = (moment: LevelDraft['moment'], amount = '', parts: Partial<LevelDraft> = {}): LevelDraft => ({
  key: `${moment} ${amount}`,
  id: null,
  metric: 'resolution',
  moment,
  amount,
  notify: ['agent'],
  actions: [],
  ...parts,
})
const keys = (levels: readonly LevelDraft[]) => levels.map(({ key }) => key)

test('levels stand in the order in which they are reached, whichever way their moment is given', () => {
  const levels = [
    aLevel('after', '30 min'),
    aLevel('deadline'),
    aLevel('percent', '50'),
    aLevel('before', '15 min'),
    aLevel('percent', '120'),
  ]
  expect(keys(inOrder(levels, 240))).toEqual([
    'percent 50',
    'before 15 min',
    'deadline ',
    'after 30 min',
    'percent 120',
  ])
  expect(keys(inOrder(levels, 20))).toEqual([
    'before 15 min',
    'percent 50',
    'deadline ',
    'percent 120',
    'after 30 min',
  ])
})

test('a level that is still being typed stays on its side of the deadline', () => {
  const levels = [aLevel('deadline'), aLevel('after', ''), aLevel('before', 'x'), aLevel('percent', '80')]
  expect(keys(inOrder(levels, null))).toEqual(['percent 80', 'before x', 'deadline ', 'after '])
})

test.each<[string, NewLevel]>([
  ['a percentage', { id: 'l1', metric: 'firstResponse', atPercent: 80, notify: ['agent'] }],
  ['minutes before', { metric: 'resolution', offsetMinutes: -15, notify: ['team'] }],
  ['minutes after', { metric: 'nextResponse', offsetMinutes: 120, notify: ['supervisors'] }],
  [
    'the deadline',
    { metric: 'resolution', atPercent: 100, notify: [], actions: [{ do: 'addNote', value: 'x' }] },
  ],
])('%s is opened and saved unchanged', (_name, level) => {
  expect(toLevel(toLevelDraft(level, 'k', write))).toEqual(level)
})

test('at the deadline is one thing, however it was written', () => {
  const atZero = toLevelDraft({ metric: 'resolution', offsetMinutes: 0, notify: ['agent'] }, 'k', write)
  expect(atZero.moment).toBe('deadline')
  expect(toLevel(atZero)).toMatchObject({ atPercent: 100 })
})

test('a moment that can not be read makes no level', () => {
  expect(toLevel(aLevel('before', 'logo'))).toBeNull()
  expect(toLevel(aLevel('before', '0'))).toBeNull()
  expect(toLevel(aLevel('percent', 'abc'))).toBeNull()
  expect(toLevel(aLevel('percent', ''))).toBeNull()
})

test('a percentage may carry its sign, and has its bounds', () => {
  expect(parsePercent('80 %')).toBe(80)
  expect(parsePercent('87,5')).toBe(87.5)
  expect(parsePercent('0')).toBeNull()
  expect(parsePercent('1001')).toBeNull()
})

test('a percentage above a hundred is after the deadline', () => {
  expect(sideOf(aLevel('percent', '99'))).toBe('before')
  expect(sideOf(aLevel('percent', '100'))).toBe('deadline')
  expect(sideOf(aLevel('percent', '150'))).toBe('after')
})

test('a level says when it is reached under a target, and when it never would be', () => {
  expect(reachedAfter(aLevel('percent', '80'), 15)).toBe(12)
  expect(reachedAfter(aLevel('after', '30'), 60)).toBe(90)
  expect(reachedAfter(aLevel('before', '15 min'), 15)).toBeNull()
})

test('new levels are proposed as one climbs: a warning, the deadline, then ever later', () => {
  const levels: LevelDraft[] = []
  for (const key of ['a', 'b', 'c', 'd']) levels.push(newLevel(key, 'resolution', levels))
  expect(levels.map(({ moment, amount }) => [moment, amount])).toEqual([
    ['percent', '80'],
    ['deadline', ''],
    ['after', '30 min'],
    ['after', '1 h'],
  ])
  expect(levels[0]?.notify).toEqual(['agent'])
  expect(levels[1]?.notify).toContain('supervisors')
})
