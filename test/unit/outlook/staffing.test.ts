import { describe, expect, it } from 'vitest'
import { hourShares } from '../../../server/reports/outlook/hours.ts'
import { localTime, weekdayOf } from '../../../server/reports/outlook/local-time.ts'
import { usualPresence } from '../../../server/reports/outlook/presence-hours.ts'
import { staffHours } from '../../../server/reports/outlook/staffing.ts'
import { compileCalendar } from '../../../server/sla/calendar.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const local = localTime('America/Sao_Paulo')
const MONDAY = Date.parse('2026-03-09') / DAY_MS
const noHoliday = () => null
const at = (day: number, hour: number) => local.startOf(day) + hour * HOUR_MS

describe('the hours of a day', () => {
  it('share out all of it, by the weekday’s own pattern where it is known', () => {
    const instants = Array.from({ length: 400 }, (_, index) =>
      at(MONDAY - 7 * (1 + (index % 8)), 9 + (index % 4)),
    )
    const shares = hourShares(instants, local)
    const hours = Array.from({ length: 24 }, (_, hour) => shares(0, hour))
    expect(hours.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    expect(hours[9]).toBeCloseTo(0.25)
    expect(shares(2, 9), 'a Wednesday never seen is like the week').toBeCloseTo(0.25)
    expect(hours[3]).toBe(0)
  })
})

describe('who is usually there', () => {
  const window = { from: MONDAY - 28, until: MONDAY, agentIds: null }
  const change = (day: number, hour: number, agentId: string, state: string) => ({
    at: at(day, hour),
    agentId,
    state,
  })

  it('is whoever said available or busy, by the hour of the week', () => {
    const changes = [-29, -28, -21, -14, -7].flatMap((days) => [
      change(MONDAY + days, 9, 'ana', 'available'),
      change(MONDAY + days, 10, 'ana', 'busy'),
      change(MONDAY + days, 11.5, 'ana', 'away'),
      change(MONDAY + days, 13, 'ana', 'offline'),
    ])
    const usual = usualPresence(changes, local, noHoliday, window)
    expect([8, 9, 10, 11, 12].map((hour) => usual.at(0, hour))).toEqual([0, 1, 1, 0.5, 0])
    expect(usual.weeks).toBe(4)
    const others = usualPresence(changes, local, noHoliday, { ...window, agentIds: new Set(['bruno']) })
    expect(others.at(0, 9)).toBeNull()
  })

  it('is counted by the hours of a place whose clock is half an hour off Greenwich’s', () => {
    const india = localTime('Asia/Kolkata')
    const hour = (day: number, hours: number) => india.startOf(day) + hours * HOUR_MS
    const changes = [-29, -28, -21, -14, -7].flatMap((days) => [
      { at: hour(MONDAY + days, 9), agentId: 'ana', state: 'available' },
      { at: hour(MONDAY + days, 11), agentId: 'ana', state: 'offline' },
    ])
    const usual = usualPresence(changes, india, noHoliday, window)
    expect([8, 9, 10, 11].map((each) => usual.at(0, each))).toEqual([0, 1, 1, 0])
  })

  it('counts nobody twice, and takes no holiday for an ordinary day', () => {
    const changes = [-29, -28, -21, -14, -7].flatMap((days) => [
      change(MONDAY + days, 9, 'ana', 'available'),
      change(MONDAY + days, 9.5, 'ana', 'available'),
      change(MONDAY + days, 10, 'ana', 'offline'),
    ])
    const usual = usualPresence(changes, local, (day) => (day === MONDAY - 7 ? 'Feriado' : null), window)
    expect(usual.at(0, 9)).toBe(1)
  })
})

describe('the plan', () => {
  const time = compileCalendar({
    timezone: 'America/Sao_Paulo',
    hours: { mon: [['08:30', '12:00']] },
    holidays: [],
  })
  const shares = (_: number, hour: number) => (hour >= 8 && hour < 12 ? 0.2 : hour === 20 ? 0.2 : 0)
  const terms = { targetSeconds: 20, serviceLevel: 0.8, handlingSeconds: 180, shrinkage: 0.3 }
  const plan = (now: number) =>
    staffHours({ perDay: [1_000], firstDay: MONDAY, shares, usual: () => 12 }, terms, local, time, now)

  it('has each open hour, fuller where it is open for half of it, and says what comes while all is closed', () => {
    const { hours, outside } = plan(at(MONDAY, 0))
    expect(hours.map(({ hour, openMinutes }) => [hour, openMinutes])).toEqual([
      ...[
        [8, 30],
        [9, 60],
      ],
      ...[
        [10, 60],
        [11, 60],
      ],
    ])
    // 200 calls of three minutes in an hour are the ten erlangs of the tables.
    expect(hours[1]).toMatchObject({ agents: 14, rostered: 20, usual: 12 })
    expect(hours[0]?.agents).toBeGreaterThan(20)
    expect(hours[1]?.occupancy).toBeCloseTo(10 / 14)
    expect(outside).toBeCloseTo(200)
  })

  it('leaves out what is over', () => {
    expect(plan(at(MONDAY, 10)).hours.map(({ hour }) => hour)).toEqual([10, 11])
    expect(weekdayOf(MONDAY)).toBe(0)
  })
})
