import { describe, expect, test } from 'vitest'
import { aheadOf } from '../../src-renderer/api/server-time.ts'

const NOON = Date.parse('2026-03-09T15:00:00.000Z')
const said = (at: number) => new Date(at).toUTCString()

describe('how far the server’s clock is ahead', () => {
  test('is told by the date of its answer, taken at the middle of the way', () => {
    expect(aheadOf(said(NOON + 600_000), NOON - 200, NOON + 200)).toBe(600_000)
    expect(aheadOf(said(NOON - 600_000), NOON - 200, NOON + 200)).toBe(-600_000)
  })

  test('is nothing while it is no more than the way of an answer', () => {
    expect(aheadOf(said(NOON + 3_000), NOON, NOON + 400)).toBe(0)
  })

  test('is not told by an answer that took long, or that has no date', () => {
    expect(aheadOf(said(NOON + 600_000), NOON, NOON + 20_000)).toBeNull()
    expect(aheadOf(null, NOON, NOON)).toBeNull()
    expect(aheadOf('yesterday', NOON, NOON)).toBeNull()
  })
})
