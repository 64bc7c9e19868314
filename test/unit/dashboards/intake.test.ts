import { describe, expect, it } from 'vitest'
import { intakeLights } from '../../../server/dashboards/intake.ts'
import type { PhoneFigures } from '../../../server/dashboards/desk-rows.ts'
import { compileCalendar } from '../../../server/sla/calendar.ts'

const HOUR = 60 * 60_000
/** A Monday, at the office. */
const at = (clock: string, day = '2026-03-09') => Date.parse(`${day}T${clock}:00-03:00`)
const time = compileCalendar({
  timezone: 'America/Sao_Paulo',
  hours: {
    ...{ mon: [['08:00', '18:00']], tue: [['08:00', '18:00']] },
    ...{ wed: [], thu: [], fri: [['08:00', '18:00']], sat: [], sun: [] },
  },
  holidays: [],
})

const aPhone = (parts: Partial<PhoneFigures> = {}): PhoneFigures => ({
  ...{
    id: 'pbx',
    name: 'Central',
    createdAt: at('08:00', '2026-01-05'),
    lastUsedAt: at('10:00'),
    isRevoked: 0,
  },
  ...parts,
})
const lightsAt = (now: number, phones = [aPhone()], patience: Record<string, number> = { pbx: 2 * HOUR }) =>
  intakeLights(phones, { time, patience: new Map(Object.entries(patience)), now })
const stateAt = (...given: Parameters<typeof lightsAt>) => lightsAt(...given).map(({ state }) => state)

describe('the light of a telephone exchange', () => {
  it('shows it at work until it has said nothing for longer than is usual for it', () => {
    expect(stateAt(at('12:00'))).toEqual(['working'])
    expect(stateAt(at('12:01'))).toEqual(['quiet'])
    expect(lightsAt(at('12:01'))[0]?.lastAt).toBe(new Date(at('10:00')).toISOString())
  })

  it('counts open hours only: a night or a weekend without a call is no silence', () => {
    const lateOnFriday = [aPhone({ lastUsedAt: at('17:30', '2026-03-06') })]
    expect(stateAt(at('03:00'), lateOnFriday)).toEqual(['working'])
    expect(stateAt(at('09:30'), lateOnFriday)).toEqual(['working'])
    expect(stateAt(at('09:31'), lateOnFriday)).toEqual(['quiet'])
    // Nobody is there to be told.
    expect(stateAt(at('19:00'), lateOnFriday)).toEqual(['working'])
  })

  it('waits four open hours for one whose habits are not known, from its first day on', () => {
    const never = [aPhone({ createdAt: at('09:00'), lastUsedAt: null })]
    expect(stateAt(at('13:00'), never, {})).toEqual(['working'])
    expect(stateAt(at('13:01'), never, {})).toEqual(['quiet'])
    expect(lightsAt(at('13:01'), never)[0]?.lastAt).toBeNull()
  })

  it('is out when none may report, and says when one last did', () => {
    expect(lightsAt(at('12:00'), [])).toEqual([{ kind: 'phone', name: '', state: 'off', lastAt: null }])
    const revoked = aPhone({ isRevoked: 1 })
    expect(lightsAt(at('12:00'), [revoked])).toMatchObject([
      { state: 'off', lastAt: new Date(at('10:00')).toISOString() },
    ])
    // One of two that was switched off is missed by nobody.
    expect(stateAt(at('11:00'), [revoked, aPhone({ id: 'second' })])).toEqual(['working'])
  })
})
