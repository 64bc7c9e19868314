import { describe, expect, it } from 'vitest'
import { levelOf } from '../../../server/dashboards/threshold.contract.ts'
import { rangeOf } from '../../../server/dashboards/usual.ts'

const limits = { warnAt: 5, alarmAt: 10 }

describe('a tile', () => {
  it('turns amber and red at its limits, not after them', () => {
    expect([4, 5, 9, 10, 11].map((value) => levelOf('waiting', value, limits))).toEqual([
      'calm',
      'warn',
      'warn',
      'alarm',
      'alarm',
    ])
  })

  it('of satisfaction does so below them', () => {
    const shares = { warnAt: 90, alarmAt: 80 }
    expect([90, 89, 80, 79].map((value) => levelOf('satisfaction', value, shares))).toEqual([
      'calm',
      'warn',
      'warn',
      'alarm',
    ])
  })

  it('stays calm without a value or without a limit, and may have only one of the two', () => {
    expect(levelOf('waiting', null, limits)).toBe('calm')
    expect(levelOf('waiting', 99, null)).toBe('calm')
    expect(levelOf('waiting', 99, { warnAt: 5, alarmAt: null })).toBe('warn')
    expect(levelOf('waiting', 0, { warnAt: null, alarmAt: 0 })).toBe('alarm')
  })
})

describe('what is usual', () => {
  it('is what was really seen on a tenth, a half and nine tenths of the days', () => {
    expect(rangeOf([8, 1, 2, 3, 4, 5, 6, 7])).toEqual({ low: 1, middle: 4, high: 8 })
    expect(rangeOf([3])).toEqual({ low: 3, middle: 3, high: 3 })
    expect(rangeOf([])).toBeNull()
  })
})
