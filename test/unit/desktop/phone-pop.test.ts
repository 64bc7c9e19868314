import { expect, test } from 'vitest'
import { decidePop, type PopCall, type PopSituation } from '../../../src-main/phone/pop.ts'

const ringing: PopCall = {
  ...{ id: 'one', direction: 'in', state: 'ringing', role: 'rings', number: '+55 11 98765 4321' },
}
const elsewhere: PopSituation = {
  ...{ calls: [ringing], standing: null, told: new Set<string>() },
  ...{ isCaptureOpen: false, isDeskInFront: false },
}
const nothing = { closes: false, shows: null, told: [] }
const decide = (changes: Partial<PopSituation>) => decidePop({ ...elsewhere, ...changes })

test('a call that rings while its person works in another program shows the window, and counts as told', () => {
  expect(decide({})).toEqual({ closes: false, shows: ringing, told: ['one'] })
})

test('a call that nobody’s phone was named for does so for those whom the server shows it to', () => {
  expect(decide({ calls: [{ ...ringing, role: 'unclaimed' }] }).shows?.id).toBe('one')
})

test('the same call does not come a second time', () => {
  expect(decide({ told: new Set(['one']) })).toEqual(nothing)
})

test('whoever works in the main window sees the call there, and is not told again on leaving it', () => {
  expect(decide({ isDeskInFront: true })).toEqual({ ...nothing, told: ['one'] })
})

test.each([
  ['that goes out', { direction: 'out' }],
  ['that the person has in hand', { state: 'answered', role: 'talking' }],
  ['that waits for its wrap-up', { state: 'ended', role: 'wrapUp' }],
  ['that one only oversees', { role: null }],
] as const)('a call %s brings no window', (_which, changes) => {
  expect(decide({ calls: [{ ...ringing, ...changes }] })).toEqual(nothing)
})

test('a call that somebody writes down is not covered by the next, which may come later', () => {
  expect(decide({ isCaptureOpen: true })).toEqual(nothing)
})

const standing = { standing: 'one', told: new Set(['one']), isCaptureOpen: true }

test.each([
  ['is over', [{ ...ringing, state: 'ended', role: 'wrapUp' }]],
  ['was missed', [{ ...ringing, state: 'missed', role: null }]],
  ['is in somebody else’s hands', []],
] as const)('the untouched window goes when its call %s', (_what, calls) => {
  expect(decide({ ...standing, calls })).toEqual({ ...nothing, closes: true })
})

test('it stays while the call rings, and when its person answers', () => {
  expect(decide(standing)).toEqual(nothing)
  expect(decide({ ...standing, calls: [{ ...ringing, state: 'answered', role: 'talking' }] })).toEqual(
    nothing,
  )
})

test('it goes too while its person is back in the main window', () => {
  expect(decide({ ...standing, calls: [], isDeskInFront: true }).closes).toBe(true)
})

test('another call that rings takes the place of one that is over', () => {
  const next = { ...ringing, id: 'two' }
  expect(decide({ ...standing, calls: [next] })).toEqual({ closes: true, shows: next, told: ['two'] })
})
