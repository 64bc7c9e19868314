import { describe, expect, it, test } from 'vitest'
import type { Level, LevelAction, Target } from '../../../server/sla/contract.ts'
import { policyFaults } from '../../../server/sla/policy-check.ts'
import { withIds, type KnownRows } from '../../../server/sla/policy-refs.ts'
import type { Policy } from '../../../server/sla/policy.ts'
import type { FilterTree } from '../../../server/tickets/filter.contract.ts'
import { aPolicy } from '../../support/sla-policies.ts'

const AGENT = '01900000-0000-7000-8000-000000000001'
const GONE = '01900000-0000-7000-8000-000000000002'
const NOBODY = '01900000-0000-7000-8000-00000000ffff'

const rows = (...all: { id: string; key?: string | null; archived?: boolean; parentId?: string | null }[]) =>
  new Map(all.map((row) => [row.id, { key: null, archived: false, parentId: null, ...row }]))
const keyed = (map: Map<string, { key: string | null }>) =>
  new Map([...map.values()].flatMap((row) => (row.key ? [[row.key, row]] : [])))

const priorities = rows(
  { id: 'normal', key: 'regular' },
  { id: 'high', key: 'pressing' },
  { id: 'old', archived: true },
)
const types = rows({ id: 'sale', key: 'sales' })
const known = {
  catalog: {
    statuses: rows({ id: 'open' }),
    statusByKey: new Map(),
    priorities,
    priorityByKey: keyed(priorities),
    types,
    typeByKey: keyed(types),
    categories: rows({ id: 'hardware' }),
    tags: new Map([['tag', { id: 'tag' }]]),
    tagByFold: new Map([
      ['garantia', { id: 'tag', archived: false }],
      ['antiga', { id: 'old-tag', archived: true }],
    ]),
  },
  people: {
    agents: new Map([
      [AGENT, { id: AGENT, active: true }],
      [GONE, { id: GONE, active: false }],
    ]),
    teams: new Map([
      ['support', { id: 'support', archivedAt: null }],
      ['closed', { id: 'closed', archivedAt: 5 }],
    ]),
  },
  tiers: new Map([['tier', { id: 'tier', key: 'vip' }]]),
  calendars: new Map([
    ['hours', { archivedAt: null }],
    ['old hours', { archivedAt: 5 }],
  ]),
  customersAndOrganizations: new Set(['ipe']),
} as unknown as KnownRows

const faults = (parts: Partial<Policy>, more: { before?: Policy; others?: Policy[] } = {}) =>
  policyFaults({ policy: aPolicy(parts), before: null, others: [], known, ...more }).map(
    ({ field, reason }) => `${field}: ${reason}`,
  )

describe('a sound policy', () => {
  it('is taken', () => {
    const when: FilterTree = {
      all: [
        { field: 'customer.tier', op: 'is', value: 'tier' },
        { field: 'customer.organization', op: 'in', value: ['ipe', 'none'] },
        { field: 'team', op: 'isNot', value: 'closed' },
        { field: 'tags', op: 'in', value: ['garantia', 'a tag to come'] },
        { field: 'subject', op: 'contains', value: 'none' },
      ],
    }
    const escalations: Level[] = [
      { id: 'a', metric: 'resolution', offsetMinutes: -479, notify: ['agent', AGENT] },
      { id: 'b', metric: 'resolution', atPercent: 100, notify: ['team'] },
      { id: 'c', metric: 'firstResponse', atPercent: 100, notify: ['supervisors'] },
      {
        id: 'd',
        metric: 'resolution',
        offsetMinutes: 60,
        notify: [],
        actions: [
          { do: 'setPriority', value: 'high' },
          { do: 'setTeam', value: 'support' },
          { do: 'setAgent', value: AGENT },
          { do: 'addTags', value: ['Garantia', 'nova'] },
          { do: 'addNote', value: 'Atrasou.' },
        ],
      },
    ]
    expect(faults({ when, calendarId: 'hours', escalations })).toEqual([])
  })

  it('may have an answer and an end at the same time', () => {
    expect(
      faults({ targets: [{ priority: 'normal', firstResponseMinutes: 60, resolutionMinutes: 60 }] }),
    ).toEqual([])
  })
})

describe('targets', () => {
  test.each<[string, Target[], string]>([
    [
      'an end before the first answer',
      [
        { priority: 'normal', resolutionMinutes: 90 },
        { priority: 'high', firstResponseMinutes: 60, resolutionMinutes: 59 },
      ],
      'targets.1.resolutionMinutes: sla.resolution_before_first_response',
    ],
    [
      'an unknown priority',
      [{ priority: 'frantic', resolutionMinutes: 1 }],
      'targets.0.priority: sla.unknown_choice',
    ],
    [
      'a retired priority',
      [{ priority: 'old', resolutionMinutes: 1 }],
      'targets.0.priority: sla.retired_choice',
    ],
    [
      'a priority twice',
      [
        { priority: 'high', resolutionMinutes: 1 },
        { priority: 'high', firstResponseMinutes: 1 },
      ],
      'targets.1.priority: sla.priority_repeated',
    ],
    ['a row without a time', [{ priority: 'high', resolutionMinutes: null }], 'targets.0: sla.target_empty'],
  ])('with %s are refused', (_, targets, fault) => {
    expect(faults({ targets })).toEqual([fault])
  })
})

describe('escalation', () => {
  const level = (parts: Partial<Level>): Level => ({
    id: 'l',
    metric: 'resolution',
    notify: ['agent'],
    ...parts,
  })
  const act = (action: LevelAction) => level({ atPercent: 50, actions: [action] })
  const targets: Target[] = [
    { priority: 'normal', resolutionMinutes: 480 },
    { priority: 'high', firstResponseMinutes: 30, resolutionMinutes: 60 },
  ]

  test.each<[string, Level[], string]>([
    [
      'at the very start of the shortest target',
      [level({ offsetMinutes: -60 })],
      'escalations.0.offsetMinutes: sla.escalation_in_the_past',
    ],
    [
      'before the start of the shortest target',
      [level({ atPercent: 50 }), level({ offsetMinutes: -61 })],
      'escalations.1.offsetMinutes: sla.escalation_in_the_past',
    ],
    [
      'of what is not promised at any priority',
      [level({ metric: 'nextResponse', atPercent: 50 })],
      'escalations.0.metric: sla.level_without_target',
    ],
    [
      'twice at one share',
      [level({ atPercent: 50 }), level({ atPercent: 50, notify: ['team'] })],
      'escalations.1.atPercent: sla.level_repeated',
    ],
    [
      'twice at one distance',
      [level({ offsetMinutes: -30 }), level({ offsetMinutes: -30 })],
      'escalations.1.offsetMinutes: sla.level_repeated',
    ],
    [
      'twice at the deadline, said in two ways',
      [level({ atPercent: 100 }), level({ offsetMinutes: 0 })],
      'escalations.1.offsetMinutes: sla.level_repeated',
    ],
    [
      'to nobody known',
      [level({ atPercent: 50, notify: ['agent', NOBODY] })],
      'escalations.0.notify.1: sla.unknown_choice',
    ],
    [
      'to somebody who left',
      [level({ atPercent: 50, notify: [GONE] })],
      'escalations.0.notify.0: sla.retired_choice',
    ],
    [
      'to an unknown priority',
      [act({ do: 'setPriority', value: 'frantic' })],
      'escalations.0.actions.0.value: sla.unknown_choice',
    ],
    [
      'to a retired team',
      [act({ do: 'setTeam', value: 'closed' })],
      'escalations.0.actions.0.value: sla.retired_choice',
    ],
    [
      'to an unknown agent',
      [act({ do: 'setAgent', value: NOBODY })],
      'escalations.0.actions.0.value: sla.unknown_choice',
    ],
    [
      'with a retired tag',
      [act({ do: 'addTags', value: ['nova', 'Antiga'] })],
      'escalations.0.actions.0.value: sla.retired_choice',
    ],
  ])('%s is refused', (_, escalations, fault) => {
    expect(faults({ targets, escalations })).toEqual([fault])
  })

  it('at the same share of two promises is two levels', () => {
    const escalations = [level({ atPercent: 50 }), level({ metric: 'firstResponse', atPercent: 50 })]
    expect(faults({ targets, escalations })).toEqual([])
  })
})

describe('conditions', () => {
  test.each<[string, FilterTree, string]>([
    ['on a status', { field: 'status', op: 'is', value: 'open' }, 'when.field: sla.condition_unfit'],
    [
      'on a class, deep inside',
      {
        all: [{ field: 'team', op: 'empty' }, { none: [{ field: 'statusClass', op: 'is', value: 'open' }] }],
      },
      'when.all.1.none.0.field: sla.condition_unfit',
    ],
    ...(['createdAt', 'updatedAt', 'dueAt', 'waitingSince', 'resolvedAt'] as const).map(
      (field): [string, FilterTree, string] => [
        `on ${field}`,
        { any: [{ field, op: 'notEmpty' }] },
        'when.any.0.field: sla.condition_unfit',
      ],
    ),
    [
      'on whoever looks',
      { all: [{ field: 'agent', op: 'is', value: 'me' }] },
      'when.all.0.value: sla.condition_unfit',
    ],
    [
      'on the teams of whoever looks',
      { field: 'team', op: 'in', value: ['support', 'myTeams'] },
      'when.value: sla.condition_unfit',
    ],
    ...(
      [
        'priority',
        'type',
        'category',
        'team',
        'agent',
        'requester',
        'customer.tier',
        'customer.organization',
        'channel',
      ] as const
    ).map((field): [string, FilterTree, string] => [
      `on an unknown ${field}`,
      { all: [{ field, op: 'in', value: ['frantic'] }] },
      'when.all.0.value: filter.value_unknown',
    ]),
    [
      'on a tag by an id that is none',
      { all: [{ field: 'tags', op: 'in', value: [NOBODY] }] },
      'when.all.0.value: filter.value_unknown',
    ],
    ['without any condition', { all: [] }, 'when: filter.matches_nothing'],
    [
      'that contradict each other',
      {
        all: [
          { field: 'priority', op: 'is', value: 'high' },
          { field: 'priority', op: 'is', value: 'normal' },
        ],
      },
      'when: filter.matches_nothing',
    ],
  ])('%s are refused', (_, when, fault) => {
    expect(faults({ when })).toEqual([fault])
  })
})

describe('the place', () => {
  const vip: FilterTree = { field: 'customer.tier', op: 'is', value: 'tier' }
  const phone: FilterTree = { field: 'channel', op: 'is', value: 'phone' }
  const other = (parts: Partial<Policy>) => aPolicy({ id: 'other', name: 'Outra', when: phone, ...parts })

  test.each<[string, Partial<Policy>, Policy, string[]]>([
    ['of another', { position: 3, when: vip }, other({ position: 3 }), ['position: sla.position_taken']],
    [
      'behind one that takes every ticket',
      { position: 4, when: vip },
      other({ position: 3, when: null }),
      ['position: sla.policy_unreachable'],
    ],
    [
      'behind one that asks the same',
      { position: 4, when: { all: [vip] } },
      other({ position: 3, when: { all: [vip] } }),
      ['position: sla.policy_unreachable'],
    ],
    [
      'in front of others when it takes every ticket',
      { position: 2, when: null },
      other({ position: 3 }),
      ['position: sla.policy_hides_others'],
    ],
  ])('%s is refused', (_, parts, another, expected) => {
    expect(faults(parts, { others: [another] })).toEqual(expected)
  })

  it('behind everything is right for one that takes every ticket', () => {
    expect(faults({ position: 4, when: null }, { others: [other({ position: 3 })] })).toEqual([])
  })

  it('needs a name of its own, accents and capitals aside', () => {
    expect(faults({ name: 'OUTRÁ', position: 2 }, { others: [other({})] })).toEqual([
      'name: policy.name_taken',
    ])
  })

  it('of a retired policy is nobody’s business', () => {
    expect(faults({ archived: true, name: 'Outra', when: null }, { others: [other({})] })).toEqual([])
  })
})

describe('what was retired since', () => {
  const before = aPolicy({
    calendarId: 'old hours',
    targets: [{ priority: 'old', resolutionMinutes: 60 }],
    escalations: [
      {
        id: 'l',
        metric: 'resolution',
        atPercent: 50,
        notify: [GONE],
        actions: [{ do: 'setTeam', value: 'closed' }],
      },
    ],
  })

  it('may stay in a policy that has it', () => {
    expect(faults(before, { before })).toEqual([])
  })

  it('can’t come into another one', () => {
    expect(faults(before)).toEqual([
      'calendarId: calendar.retired',
      'targets.0.priority: sla.retired_choice',
      'escalations.0.notify.0: sla.retired_choice',
      'escalations.0.actions.0.value: sla.retired_choice',
    ])
  })

  it('is something else than what never was', () => {
    expect(faults({ calendarId: 'no hours' })).toEqual(['calendarId: calendar.not_found'])
  })
})

describe('names in a policy', () => {
  it('are kept as ids, which outlive renaming', () => {
    const named = withIds(
      {
        when: {
          any: [
            { field: 'priority', op: 'is', value: 'pressing' },
            { none: [{ field: 'type', op: 'in', value: ['sales', 'none'] }] },
            { all: [{ field: 'customer.tier', op: 'isNot', value: 'vip' }] },
            { field: 'tags', op: 'in', value: ['GARANTIA', 'nova'] },
            { field: 'team', op: 'empty' },
          ],
        },
        targets: [{ priority: 'regular', resolutionMinutes: 1 }],
        escalations: [
          {
            metric: 'resolution',
            atPercent: 50,
            notify: ['agent', 'agent'],
            actions: [{ do: 'setPriority', value: 'pressing' }],
          },
        ],
      },
      known,
    )
    expect(named).toEqual({
      when: {
        any: [
          { field: 'priority', op: 'is', value: 'high' },
          { none: [{ field: 'type', op: 'in', value: ['sale', 'none'] }] },
          { all: [{ field: 'customer.tier', op: 'isNot', value: 'tier' }] },
          { field: 'tags', op: 'in', value: ['tag', 'nova'] },
          { field: 'team', op: 'empty' },
        ],
      },
      targets: [{ priority: 'normal', resolutionMinutes: 1 }],
      escalations: [
        {
          metric: 'resolution',
          atPercent: 50,
          notify: ['agent'],
          actions: [{ do: 'setPriority', value: 'high' }],
        },
      ],
    })
  })
})
