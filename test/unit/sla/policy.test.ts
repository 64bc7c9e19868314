import { describe, expect, it, test } from 'vitest'
import type { ConditionNames, Subject } from '../../../server/conditions/conditions.ts'
import type { PolicyRow } from '../../../server/sla/entities.ts'
import { choosePolicy, parsePolicy, targetsOf } from '../../../server/sla/policy.ts'
import { placeFor, reordered } from '../../../server/sla/policy-order.ts'
import { aPolicy } from '../../support/sla-policies.ts'

const names = {
  statusByKey: new Map(),
  priorityByKey: new Map(),
  typeByKey: new Map(),
  categories: new Map(),
  tagByFold: new Map(),
} as ConditionNames
const vip = { field: 'customer.tier', op: 'is', value: 'vip' } as const
const aTicket = (tier: string | null) => ({ 'customer.tier': tier }) as unknown as Subject

const aRow = (parts: Partial<PolicyRow> = {}): PolicyRow => ({
  id: 'p',
  name: 'Comercial',
  position: 1,
  conditions: null,
  calendarId: null,
  targets: '[{"priority":"normal","firstResponseMinutes":60,"resolutionMinutes":480}]',
  pauseOn: '["waiting"]',
  pauseNextResponseOn: '[]',
  escalations: '[{"id":"l","metric":"resolution","atPercent":100,"notify":["agent"]}]',
  version: 3,
  createdAt: 0,
  archivedAt: null,
  ...parts,
})

describe('a stored policy', () => {
  it('is read as it was written', () => {
    expect(parsePolicy(aRow({ conditions: JSON.stringify({ all: [vip] }), archivedAt: 5 }))).toEqual({
      id: 'p',
      name: 'Comercial',
      position: 1,
      when: { all: [vip] },
      calendarId: null,
      targets: [{ priority: 'normal', firstResponseMinutes: 60, resolutionMinutes: 480 }],
      pauseOn: ['waiting'],
      pauseNextResponseOn: [],
      escalations: [{ id: 'l', metric: 'resolution', atPercent: 100, notify: ['agent'] }],
      version: 3,
      archived: true,
    })
  })

  test.each<[string, Partial<PolicyRow>]>([
    ['conditions that are no JSON', { conditions: '{' }],
    ['conditions on a field that is gone', { conditions: '{"field":"mood","op":"is","value":"bad"}' }],
    ['an operator that is gone', { conditions: '{"field":"team","op":"near","value":"a"}' }],
    ['targets that are no list', { targets: '{}' }],
    ['no targets', { targets: '[]' }],
    [
      'a level without its id',
      { escalations: '[{"metric":"resolution","atPercent":50,"notify":["agent"]}]' },
    ],
    ['a class that pauses nothing', { pauseOn: '["open"]' }],
  ])('with %s is left out rather than taken for another', (_, parts) => {
    expect(parsePolicy(aRow(parts))).toBeNull()
  })
})

describe('the policy of a ticket', () => {
  const first = aPolicy({ id: 'vip', position: 1, when: vip })
  const last = aPolicy({ id: 'all', position: 2, when: null })

  it('is the first by position that matches, however they come', () => {
    expect(choosePolicy([last, first], aTicket('vip'), names)?.id).toBe('vip')
    expect(choosePolicy([first, last], aTicket('vip'), names)?.id).toBe('vip')
    expect(choosePolicy([last, first], aTicket(null), names)?.id).toBe('all')
  })

  it('is never a retired one', () => {
    expect(choosePolicy([{ ...first, archived: true }, last], aTicket('vip'), names)?.id).toBe('all')
  })

  it('is none when none matches', () => {
    expect(choosePolicy([first], aTicket(null), names)).toBeNull()
    expect(choosePolicy([aPolicy({ when: { any: [] } })], aTicket(null), names)).toBeNull()
  })
})

describe('what a policy promises', () => {
  const policy = aPolicy({
    targets: [{ priority: 'high', firstResponseMinutes: 30, nextResponseMinutes: null }],
  })

  it('is in milliseconds, and nothing where no time is set', () => {
    expect(targetsOf(policy, 'high')).toEqual({
      firstResponse: 1_800_000,
      nextResponse: null,
      resolution: null,
    })
  })

  it('is nothing at a priority that it does not speak of', () => {
    expect(targetsOf(policy, 'low')).toEqual({ firstResponse: null, nextResponse: null, resolution: null })
  })
})

describe('the place of a policy that comes in', () => {
  const [a, b] = [aPolicy({ id: 'a', position: 2, when: vip }), aPolicy({ id: 'b', position: 5, when: vip })]
  const all = aPolicy({ id: 'all', position: 7, when: null })

  it('is the last', () => {
    expect(placeFor({ when: vip }, [])).toEqual({ position: 1, moved: new Map() })
    expect(placeFor({ when: vip }, [b, a])).toEqual({ position: 6, moved: new Map() })
    expect(placeFor({ when: null }, [a, b])).toEqual({ position: 6, moved: new Map() })
  })

  it('is in front of one that takes every ticket, which makes room', () => {
    expect(placeFor({ when: vip }, [a, b, all])).toEqual({ position: 7, moved: new Map([['all', 8]]) })
  })

  it('is behind everything for one that takes every ticket itself', () => {
    expect(placeFor({ when: null }, [a, all], 1)).toEqual({ position: 8, moved: new Map() })
  })

  it('is the one it had, and those behind make room when that is taken', () => {
    expect(placeFor({ when: vip }, [a, b], 3)).toEqual({ position: 3, moved: new Map() })
    expect(placeFor({ when: vip }, [a, b], 2)).toEqual({
      position: 2,
      moved: new Map([
        ['a', 3],
        ['b', 6],
      ]),
    })
  })

  it('is exchanged among those that are named when they are sorted', () => {
    expect(reordered([a, b, all], ['b', 'a'])).toEqual(
      new Map([
        ['b', 2],
        ['a', 5],
      ]),
    )
  })
})
