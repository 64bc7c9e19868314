import { describe, expect, it } from 'vitest'
import { officeTime } from '../../../server/dashboards/office-day.ts'

const HOUR = 60 * 60_000

describe('a day of the office', () => {
  it('is the wall calendar’s, not that of the world’s clock', () => {
    const office = officeTime('America/Sao_Paulo')
    const lateAtNight = Date.UTC(2026, 2, 10, 2, 30)
    const { date, from, until } = office.dayAt(lateAtNight)
    expect([date, new Date(from).toISOString(), until - from]).toEqual([
      '2026-03-09',
      '2026-03-09T03:00:00.000Z',
      24 * HOUR,
    ])
    expect(office.minuteAt(lateAtNight)).toBe(23 * 60 + 30)
    expect(new Date(office.nextHour(lateAtNight)).toISOString()).toBe('2026-03-10T03:00:00.000Z')
  })

  it('begins at one where clocks are put forward at midnight, and is an hour shorter', () => {
    const office = officeTime('America/Sao_Paulo')
    const { date, from, until } = office.dayAt(Date.UTC(2018, 10, 4, 12))
    expect([date, new Date(from).toISOString(), until - from]).toEqual([
      '2018-11-04',
      '2018-11-04T03:00:00.000Z',
      23 * HOUR,
    ])
    expect(office.minuteAt(from)).toBe(60)
  })

  it('joins the next without a gap, the days on which clocks are put back included', () => {
    for (const timezone of ['America/Sao_Paulo', 'Europe/Lisbon', 'Asia/Kathmandu', 'Pacific/Apia']) {
      const office = officeTime(timezone)
      const first = office.dayAt(Date.UTC(2017, 0, 1, 12)).number
      for (let number = first; number < first + 800; number++)
        expect(office.day(number).until, `${timezone} ${number}`).toBe(office.day(number + 1).from)
    }
  })
})
