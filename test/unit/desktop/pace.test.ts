import { expect, test } from 'vitest'
import { createPace } from '../../../src-main/office/pace.ts'
import { createFakeClock } from './alert-desk.ts'

function aPace() {
  const clock = createFakeClock(0)
  const acts: number[] = []
  return { clock, acts, pace: createPace(clock, 400, () => void acts.push(clock.now())) }
}

test('what is asked for together is done once, a moment later', async () => {
  const { clock, acts, pace } = aPace()
  for (let n = 0; n < 20; n += 1) pace.ask()
  expect(acts).toEqual([])
  await clock.advance(5_000)
  expect(acts).toEqual([100])
})

test('asked for without pause it acts no more often than it may, and once more at the end', async () => {
  const { clock, acts, pace } = aPace()
  for (let n = 0; n < 10; n += 1) {
    pace.ask()
    await clock.advance(100)
  }
  await clock.advance(5_000)
  expect(acts).toEqual([100, 500, 900, 1300])
})

test('after a quiet time it is soon again', async () => {
  const { clock, acts, pace } = aPace()
  pace.ask()
  await clock.advance(10_000)
  pace.ask()
  await clock.advance(10_000)
  expect(acts).toEqual([100, 10_100])
})

test('stopped, it forgets what was asked', async () => {
  const { clock, acts, pace } = aPace()
  pace.ask()
  pace.stop()
  await clock.advance(5_000)
  expect(acts).toEqual([])
})
