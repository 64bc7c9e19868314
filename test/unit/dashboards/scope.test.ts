import { expect, it } from 'vitest'
import { keep } from '../../../server/dashboards/scope.ts'

it('whoever asks for ever other choices of teams fills no memory: the oldest is let go', () => {
  const kept = new Map<string, number>()
  for (let index = 0; index < 10_000; index++) keep(kept, `scope-${index}`, index)
  expect(kept.size).toBe(200)
  expect(kept.has('scope-9999')).toBe(true)
  expect(kept.has('scope-0')).toBe(false)
})
