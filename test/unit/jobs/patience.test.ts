import { describe, expect, it } from 'vitest'
import { nextTryAt, type Failure } from '../../../server/jobs/patience.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.UTC(2026, 2, 9, 12)
const failure = (parts: Partial<Failure> = {}): Failure => ({
  ...{ fails: 1, since: NOW, now: NOW, isLaneDead: false },
  ...parts,
})
const middle = () => 0.5

describe('after a failure', () => {
  it('the next try is a minute away, then five, a quarter, half an hour, an hour, and two from then on', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 16].map(
      (fails) => ((nextTryAt(failure({ fails }), middle) ?? NaN) - NOW) / MINUTE,
    )
    expect(minutes).toEqual([1, 5, 15, 30, 60, 120, 120, 120])
  })

  it('there are tries for about a day, and then none', () => {
    let now = NOW
    let fails = 1
    for (; fails < 1_000; fails++) {
      const next = nextTryAt(failure({ fails, now }), middle)
      if (next === null) break
      now = next
    }
    expect(fails).toBe(17)
    expect((now - NOW) / HOUR).toBeGreaterThan(23)
    expect((now - NOW) / HOUR).toBeLessThan(25)
  })

  it('no distance is more than a tenth shorter or longer than it is said to be', () => {
    expect(nextTryAt(failure({ fails: 2 }), () => 0)).toBe(NOW + 4.5 * MINUTE)
    expect(nextTryAt(failure({ fails: 2 }), () => 1)).toBe(NOW + 5.5 * MINUTE)
  })

  it('what has waited for a day behind something that was given up is given up at once', () => {
    const isLaneDead = true
    expect(nextTryAt(failure({ isLaneDead, since: NOW - 24 * HOUR }), middle)).toBeNull()
    expect(nextTryAt(failure({ isLaneDead, since: NOW - 23 * HOUR }), middle)).not.toBeNull()
  })

  it('a server that was off for a weekend gives up nothing because of it', () => {
    expect(nextTryAt(failure({ since: NOW - 60 * HOUR }), middle)).toBe(NOW + MINUTE)
  })
})
