import { describe, expect, it } from 'vitest'
import { zoneOf } from '../../../server/sla/zone.ts'
import { zones } from '../../support/calendars.ts'

const HOUR_MS = 3_600_000

/** By what the wall clock shows, read field by field. */
function wallOffset(format: Intl.DateTimeFormat, at: number): number {
  const [day, month, year, hour, minute, second] = format.format(at).split(/\D+/).map(Number)
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - at
}

const wallClockOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })

const spansOf = (timezone: string) =>
  Array.from({ length: 2101 - 1970 }, (_, index) => zoneOf(timezone).spansOf(1970 + index)).flat()

describe('the offsets of a zone', () => {
  it.each([...zones, 'America/Boa_Vista', 'Africa/Casablanca', 'Africa/Monrovia'])(
    'are those of the wall clock in %s, to the second, without a gap',
    (timezone) => {
      const wallClock = wallClockOf(timezone)
      const spans = spansOf(timezone)
      expect(spans[0]?.from).toBe(Date.UTC(1970, 0, 1))
      expect(spans.at(-1)?.until).toBe(Date.UTC(2101, 0, 1))
      for (const [index, { from, until, offsetMs }] of spans.entries()) {
        if (index > 0) expect(spans[index - 1]?.until).toBe(from)
        for (const at of [from, until - 1_000]) expect(wallOffset(wallClock, at)).toBe(offsetMs)
        // Nothing happens between: daylight saving as we know it would show in any sample of a day.
        for (let at = from; at < until && at < Date.UTC(2030, 0, 1); at += 24 * HOUR_MS)
          if (wallOffset(wallClock, at) !== offsetMs)
            expect.fail(`${timezone} changes at ${new Date(at).toISOString()}`)
      }
    },
  )

  it('change to the very second', () => {
    const changesIn = (timezone: string, year: number) =>
      zoneOf(timezone)
        .spansOf(year)
        .slice(1)
        .map(({ from }) => new Date(from).toISOString())
    expect(changesIn('America/Sao_Paulo', 2018)).toEqual([
      '2018-02-18T02:00:00.000Z',
      '2018-11-04T03:00:00.000Z',
    ])
    expect(changesIn('America/Sao_Paulo', 2026)).toEqual([])
    expect(changesIn('Pacific/Apia', 2011).at(-1)).toBe('2011-12-30T10:00:00.000Z')
    expect(changesIn('Africa/Monrovia', 1972)).toEqual(['1972-01-07T00:44:30.000Z'])
  })

  it('are remembered, however the zone is written', () => {
    expect(zoneOf('america/sao_paulo')).toBe(zoneOf('America/Sao_Paulo'))
    expect(zoneOf('America/Sao_Paulo').spansOf(2026)).toBe(zoneOf('America/Sao_Paulo').spansOf(2026))
  })

  it('of an unknown zone are refused', () => {
    expect(() => zoneOf('America/Saturno')).toThrow(RangeError)
  })
})
