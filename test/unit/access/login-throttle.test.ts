import { describe, expect, it } from 'vitest'
import { LoginThrottle } from '../../../server/access/login-throttle.ts'
import { AppError } from '../../../server/errors.ts'

const ANA = 'ana@ipe.example'
const OFFICE = '192.168.0.10'
const STRANGER = '203.0.113.7'

function aDesk() {
  const clock = { time: 0, now: () => clock.time }
  const throttle = new LoginThrottle(clock)
  return {
    clock,
    fail: (email: string, address: string, times = 1) => {
      for (let i = 0; i < times; i++) throttle.begin(email, address)
    },
    succeed: (email: string, address: string) => throttle.begin(email, address).succeeded(),
    /** How long a try would have to wait, 0 when it is let through (and then counts). */
    waitMs: (email: string, address: string): number => {
      try {
        throttle.begin(email, address)
        return 0
      } catch (error) {
        if (!(error instanceof AppError) || error.reason !== 'auth.slow_down') throw error
        return Number(error.details['retryAfterMs'])
      }
    },
  }
}

describe('guessing at passwords', () => {
  it('lets five mistypings pass, then asks for a second of patience', () => {
    const desk = aDesk()
    desk.fail(ANA, OFFICE, 5)
    expect(desk.waitMs(ANA, OFFICE)).toBe(1_000)
    desk.clock.time += 1_000
    expect(desk.waitMs(ANA, OFFICE)).toBe(0)
  })

  it('doubles the wait with each further failure, up to a quarter of an hour', () => {
    const desk = aDesk()
    desk.fail(ANA, OFFICE, 5)
    const waits: number[] = []
    for (let i = 0; i < 12; i++) {
      const wait = desk.waitMs(ANA, OFFICE)
      waits.push(wait / 1_000)
      desk.clock.time += wait
      desk.fail(ANA, OFFICE)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  })

  it('does not slow an agent for what strangers try elsewhere', () => {
    const desk = aDesk()
    for (let i = 0; i < 50; i++) desk.waitMs(ANA, STRANGER)
    expect(desk.waitMs(ANA, STRANGER)).toBeGreaterThan(0)
    expect(desk.waitMs(ANA, OFFICE)).toBe(0)
  })

  it('slows one address that tries one password on many accounts', () => {
    const desk = aDesk()
    for (let i = 0; i < 20; i++) desk.fail(`agent${i}@ipe.example`, STRANGER)
    expect(desk.waitMs('another@ipe.example', STRANGER)).toBe(1_000)
  })

  it("does not slow an agent for others' failures at an address where they logged in before", () => {
    const desk = aDesk()
    desk.succeed(ANA, OFFICE)
    for (let i = 0; i < 25; i++) desk.waitMs(`agent${i}@ipe.example`, OFFICE)
    expect(desk.waitMs('new@ipe.example', OFFICE)).toBeGreaterThan(0)
    expect(desk.waitMs(ANA, OFFICE)).toBe(0)
  })

  it('still slows guesses at an agent from the address where that agent logged in', () => {
    const desk = aDesk()
    desk.succeed(ANA, OFFICE)
    desk.fail(ANA, OFFICE, 5)
    expect(desk.waitMs(ANA, OFFICE)).toBe(1_000)
  })

  it('counts tries that are under way, so that many at once get no more than one by one', () => {
    const desk = aDesk()
    const atOnce = Array.from({ length: 100 }, () => desk.waitMs(ANA, STRANGER))
    expect(atOnce.filter((wait) => wait === 0)).toHaveLength(5)
  })

  it('does not let a log-in of their own wipe the record of whoever guesses at others', () => {
    const desk = aDesk()
    for (let i = 0; i < 20; i++) {
      desk.fail(`agent${i}@ipe.example`, STRANGER)
      if (i % 5 === 0) desk.succeed('own@ipe.example', STRANGER)
    }
    expect(desk.waitMs('another@ipe.example', STRANGER)).toBeGreaterThan(0)
  })

  it('starts afresh after a success, and after an hour without failures', () => {
    const desk = aDesk()
    desk.fail(ANA, OFFICE, 4)
    desk.succeed(ANA, OFFICE)
    desk.fail(ANA, OFFICE, 5)
    expect(desk.waitMs(ANA, OFFICE)).toBe(1_000)
    desk.clock.time += 61 * 60 * 1_000
    desk.fail(ANA, OFFICE, 5)
    expect(desk.waitMs(ANA, OFFICE)).toBe(1_000)
  })

  it('takes the addresses of one IPv6 network for one, and an IPv4 address for itself however it is written', () => {
    const desk = aDesk()
    for (let i = 0; i < 5; i++) desk.fail(ANA, `2001:db8:1:2::${i}`)
    expect(desk.waitMs(ANA, '2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd')).toBe(1_000)
    expect(desk.waitMs(ANA, '2001:db8:1:3::1')).toBe(0)
    desk.fail(ANA, '::ffff:10.0.0.1', 5)
    expect(desk.waitMs(ANA, '10.0.0.1')).toBe(1_000)
  })
})
