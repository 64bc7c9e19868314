import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../server/clock.ts'
import { alarmOn } from '../../../server/schedule/alarm.ts'

const DAY = 86_400_000
const start = Date.UTC(2026, 2, 9, 12)

describe('the alarm', () => {
  beforeEach(() => void vi.useFakeTimers({ now: start }))
  afterEach(() => void vi.useRealTimers())

  const alarm = alarmOn(systemClock)

  it('rings once, at its time and not before', () => {
    const action = vi.fn()
    alarm.ring(start + 20_010, action)
    vi.advanceTimersByTime(20_009)
    expect(action).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(action).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(DAY)
    expect(action).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('rings after the caller is done, also for what is long past', () => {
    const action = vi.fn()
    alarm.ring(start - DAY, action)
    expect(action).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(action).toHaveBeenCalledOnce()
  })

  it('rings years from now, beyond what a timer of the system can count', () => {
    const action = vi.fn()
    alarm.ring(start + 40 * DAY, action)
    vi.advanceTimersByTime(40 * DAY - 1)
    expect(action).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(action).toHaveBeenCalledOnce()
  })

  it('rings within seconds after the machine slept or its clock was put forward', () => {
    const action = vi.fn()
    alarm.ring(start + 3 * 3_600_000, action)
    vi.setSystemTime(start + DAY)
    vi.advanceTimersByTime(10_000)
    expect(action).toHaveBeenCalledOnce()
  })

  it('waits on when the clock was put back', () => {
    const action = vi.fn()
    alarm.ring(start + 5_000, action)
    vi.setSystemTime(start - 60_000)
    vi.advanceTimersByTime(64_999)
    expect(action).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(action).toHaveBeenCalledOnce()
  })

  it('is silent once cancelled, in whichever slice of its wait', () => {
    const action = vi.fn()
    const cancel = alarm.ring(start + 35_000, action)
    vi.advanceTimersByTime(15_000)
    cancel()
    vi.advanceTimersByTime(DAY)
    expect(action).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('looks at the clock every ten seconds, and no oftener', () => {
    const looks = vi.fn(() => Date.now())
    alarmOn({ now: looks }).ring(start + DAY, () => undefined)
    looks.mockClear()
    vi.advanceTimersByTime(100_000)
    expect(looks).toHaveBeenCalledTimes(10)
  })
})

it('an alarm keeps no process alive', () => {
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const cancel = alarmOn(systemClock).ring(Date.now() + DAY, () => undefined)
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before)
  cancel()
})
