import { describe, expect, it } from 'vitest'
import type { RecipientRow } from '../../../server/alerts/entities.ts'
import { planTelling, withLevel, type Telling } from '../../../server/alerts/telling.ts'

const NOW = 1_000_000
const aRecipient = (agentId: string, more: Partial<RecipientRow> = {}): RecipientRow => ({
  alertId: 'alert',
  agentId,
  level: 1,
  tellAt: NOW,
  toldAt: null,
  deliveredAt: null,
  seenAt: null,
  snoozedUntil: null,
  ...more,
})
const told = (agentId: string, more: Partial<RecipientRow> = {}) =>
  aRecipient(agentId, { tellAt: NOW - 500, toldAt: NOW - 500, ...more })

const plan = (rows: RecipientRow[], { gone = [], ...more }: Partial<Telling> & { gone?: string[] } = {}) =>
  planTelling(rows, {
    alertId: 'alert',
    level: 1,
    now: NOW,
    canBeTold: (id) => !gone.includes(id),
    overseers: ['ana', 'silvia'],
    ...more,
  })

describe('telling', () => {
  it('tells those whose time has come, keeps the others for theirs, and wakes for the nearest', () => {
    const { tell, rows, wakeAt } = plan([
      aRecipient('bruno'),
      aRecipient('carla', { tellAt: NOW + 9 }),
      aRecipient('davi', { tellAt: NOW + 5 }),
    ])
    expect(tell).toEqual(['bruno'])
    expect(rows.map(({ toldAt }) => toldAt)).toEqual([NOW, null, null])
    expect(wakeAt).toBe(NOW + 5)
  })

  it('has nothing left to say when all have been told', () => {
    expect(plan([told('bruno'), told('carla')])).toMatchObject({
      tell: [],
      remind: [],
      gone: [],
      wakeAt: null,
    })
  })

  it('reminds whoever put it off until now, alone', () => {
    const { tell, remind, rows, wakeAt } = plan([
      told('bruno', { snoozedUntil: NOW }),
      told('carla', { snoozedUntil: NOW + 7 }),
      told('davi'),
    ])
    expect({ tell, remind, wakeAt }).toEqual({ tell: [], remind: ['bruno'], wakeAt: NOW + 7 })
    expect(rows[0]?.snoozedUntil).toBeNull()
  })

  it('leaves out who has gone before they were told, and waits for them no longer', () => {
    const { tell, gone, rows, wakeAt } = plan([aRecipient('bruno'), aRecipient('carla')], { gone: ['bruno'] })
    expect({ tell, gone, wakeAt }).toEqual({ tell: ['carla'], gone: ['bruno'], wakeAt: null })
    expect(rows.map(({ agentId }) => agentId)).toEqual(['carla'])
  })

  it('keeps on record that somebody was told who has gone since', () => {
    const row = told('bruno', { tellAt: NOW, toldAt: NOW - 500 })
    const { tell, gone, rows, wakeAt } = plan([row, aRecipient('carla')], { gone: ['bruno'] })
    expect({ tell, gone, wakeAt }).toEqual({ tell: ['carla'], gone: [], wakeAt: null })
    expect(rows[0]).toMatchObject({ agentId: 'bruno', toldAt: NOW - 500 })
  })

  it.each([
    ['were to be told', aRecipient('bruno')],
    ['were to be told of the next level', told('bruno', { tellAt: NOW })],
    ['put it off', told('bruno', { snoozedUntil: NOW })],
  ])('turns to those who oversee the desk when all have gone who %s', (_, row) => {
    const { tell, remind, rows, wakeAt } = plan([row], { gone: ['bruno'], level: 2 })
    expect({ tell, remind, wakeAt }).toEqual({ tell: ['ana', 'silvia'], remind: [], wakeAt: null })
    expect(rows.filter(({ level, toldAt }) => level === 2 && toldAt === NOW)).toHaveLength(2)
  })

  it('does not wake overseers at night for somebody who has gone but is to be told in the morning', () => {
    expect(plan([aRecipient('bruno', { tellAt: NOW + 9 })], { gone: ['bruno'] })).toMatchObject({
      tell: [],
      wakeAt: NOW + 9,
    })
  })
})

describe('a further level', () => {
  const next = { alertId: 'alert', level: 2, tellAt: NOW }

  it('is told to all, those who join and those who had put it off', () => {
    const rows = withLevel(
      [told('bruno', { snoozedUntil: NOW + 99 }), told('carla')],
      ['carla', 'silvia'],
      next,
    )
    expect(rows.map(({ agentId, level }) => [agentId, level])).toEqual([
      ['bruno', 1],
      ['carla', 1],
      ['silvia', 2],
    ])
    expect(plan(rows, { level: 2 })).toMatchObject({
      tell: ['bruno', 'carla', 'silvia'],
      remind: [],
      wakeAt: null,
    })
  })

  it('is told also when it is reached in the millisecond of the one before, or before it because a clock was put back', () => {
    for (const toldAt of [NOW, NOW + 60_000])
      expect(plan(withLevel([told('bruno', { toldAt })], [], next)).tell).toEqual(['bruno'])
  })

  it('does not put off what was to be told sooner', () => {
    const [row] = withLevel([aRecipient('bruno', { tellAt: NOW + 5 })], [], { ...next, tellAt: NOW + 50 })
    expect(row?.tellAt).toBe(NOW + 5)
  })

  it('that is held hides nothing from those who know of the alert already', () => {
    const rows = withLevel([told('bruno', { seenAt: NOW - 9 })], ['silvia'], { ...next, tellAt: NOW + 50 })
    expect(rows[0]).toMatchObject({ toldAt: NOW - 500, seenAt: NOW - 9 })
    expect(plan(rows)).toMatchObject({ tell: [], wakeAt: NOW + 50 })
    expect(plan(rows, { now: NOW + 50 }).tell).toEqual(['bruno', 'silvia'])
  })
})
