import { describe, expect, test } from 'vitest'
import { newPolicyInput, type NewPolicy, type PolicyView } from '../../server/sla/contract.ts'
import { FailureError } from '../../src-renderer/api/errors.ts'
import { expectedPolicies } from '../../src-renderer/features/settings/promises/policies/expected-policies.ts'
import {
  policyChanges,
  rebase,
} from '../../src-renderer/features/settings/promises/policies/policy-changes.ts'
import {
  blankPolicy,
  buildPolicy,
  longestTarget,
  orderedLevels,
  toPolicyDraft,
  type PolicyDraft,
} from '../../src-renderer/features/settings/promises/policies/policy-draft.ts'
import {
  earlyProblems,
  fieldAt,
  problemsOf,
} from '../../src-renderer/features/settings/promises/policies/policy-fields.ts'

const CALENDAR = '01938f00-0000-7000-8000-00000000000c'
const URGENT = '01938f00-0000-7000-8000-000000000004'
const NORMAL = '01938f00-0000-7000-8000-000000000002'
const words = {
  write: (minutes: number) => `${minutes} min`,
  priorities: [
    { id: URGENT, key: 'urgent' },
    { id: NORMAL, key: 'normal' },
  ],
}
const business = {
  name: 'Comercial',
  when: { all: [{ field: 'priority', op: 'in', value: ['urgent'] }] },
  calendarId: CALENDAR,
  targets: [
    { priority: 'urgent', firstResponseMinutes: 15, nextResponseMinutes: 30, resolutionMinutes: 240 },
    { priority: NORMAL, firstResponseMinutes: 240, nextResponseMinutes: null, resolutionMinutes: 1440 },
  ],
  pauseOn: ['waiting'],
  pauseNextResponseOn: [],
  escalations: [
    { id: 'l1', metric: 'firstResponse', atPercent: 80, notify: ['agent'] },
    {
      id: 'l2',
      metric: 'resolution',
      offsetMinutes: 30,
      notify: ['supervisors'],
      actions: [{ do: 'setPriority', value: 'urgent' }],
    },
  ],
} satisfies NewPolicy

const opened = (): PolicyDraft => toPolicyDraft(business, words)

test('a policy that is opened and saved untouched changes nothing', () => {
  expect(policyChanges(buildPolicy(opened()).policy, buildPolicy(opened()).policy)).toEqual({})
})

test('what is saved names priorities by their id, and the server takes it', () => {
  const { policy, problems } = buildPolicy(opened())
  expect(problems).toEqual({})
  expect(policy.targets.map(({ priority }) => priority)).toEqual([URGENT, NORMAL])
  expect(policy.escalations[1]?.actions).toEqual([{ do: 'setPriority', value: URGENT }])
  expect(newPolicyInput.safeParse(policy).success).toBe(true)
  expect(policy).toMatchObject({ name: 'Comercial', when: business.when, calendarId: CALENDAR })
})

test('only the parts that were changed are sent', () => {
  const draft = opened()
  const changed = {
    ...draft,
    targets: { ...draft.targets, [URGENT]: { firstResponse: '10', nextResponse: '', resolution: '4h' } },
  }
  const changes = policyChanges(buildPolicy(draft).policy, buildPolicy(changed).policy)
  expect(Object.keys(changes)).toEqual(['targets'])
  expect(changes.targets?.[0]).toEqual({
    priority: URGENT,
    firstResponseMinutes: 10,
    nextResponseMinutes: null,
    resolutionMinutes: 240,
  })
})

test('the same duration written otherwise is no change', () => {
  const draft = opened()
  const targets = {
    ...draft.targets,
    [URGENT]: { firstResponse: '0:15', nextResponse: '30', resolution: '4 horas' },
  }
  expect(policyChanges(buildPolicy(draft).policy, buildPolicy({ ...draft, targets }).policy)).toEqual({})
})

test('a priority without any target is left out', () => {
  const draft = opened()
  const targets = { ...draft.targets, [NORMAL]: { firstResponse: ' ', nextResponse: '', resolution: '' } }
  expect(buildPolicy({ ...draft, targets }).priorityIds).toEqual([URGENT])
})

test('round the clock forgets the calendar only when it is saved', () => {
  const draft = { ...opened(), isAlways: true }
  expect(draft.calendarId).toBe(CALENDAR)
  expect(buildPolicy(draft).policy.calendarId).toBeNull()
})

test('what can not be read yet is said at its field, before anything is sent', () => {
  const draft: PolicyDraft = {
    ...blankPolicy(),
    isForAll: false,
    targets: { [URGENT]: { firstResponse: 'logo', nextResponse: '', resolution: '0' } },
    levels: [
      { key: 'k', id: null, metric: 'resolution', moment: 'before', amount: '', notify: [], actions: [] },
    ],
  }
  expect(Object.keys(buildPolicy(draft).problems).sort()).toEqual([
    'calendarId',
    'level:k:moment',
    'name',
    `target:${URGENT}:firstResponse`,
    `target:${URGENT}:resolution`,
    'when',
  ])
})

test('levels are saved metric by metric in the order in which they are reached', () => {
  const draft = opened()
  const [first] = draft.levels
  if (!first) throw new Error('no level')
  const levels = [{ ...first, key: 'late', moment: 'after' as const, amount: '1h' }, ...draft.levels]
  expect(orderedLevels({ ...draft, levels }).map(({ key }) => key)).toEqual(['l1', 'late', 'l2'])
  expect(longestTarget(draft, 'firstResponse')).toBe(240)
  expect(longestTarget(blankPolicy(), 'resolution')).toBeNull()
})

describe('fields', () => {
  const rows = { priorityIds: [NORMAL, URGENT], levelKeys: ['a', 'b', 'c'] }

  test.each([
    ['name', 'name'],
    ['changes.name', 'name'],
    ['targets', 'targets'],
    ['targets.1.resolutionMinutes', `target:${URGENT}:resolution`],
    ['changes.targets.0.firstResponseMinutes', `target:${NORMAL}:firstResponse`],
    ['targets.0.priority', `target:${NORMAL}`],
    ['targets.0', `target:${NORMAL}`],
    ['targets.9.resolutionMinutes', 'targets'],
    ['escalations.2.offsetMinutes', 'level:c:moment'],
    ['escalations.0.atPercent', 'level:a:moment'],
    ['escalations.0.metric', 'level:a:moment'],
    ['changes.escalations.1.notify', 'level:b:notify'],
    ['escalations.1.notify.0', 'level:b:notify'],
    ['escalations.1.actions.0.value', 'level:b:actions'],
    ['when', 'when'],
    ['changes.when.all.1.none.0.value', 'when.all.1.none.0.value'],
    ['position', 'when'],
    ['calendarId', 'calendarId'],
  ])('%s is about %s', (path, field) => {
    expect(fieldAt(path, rows)).toBe(field)
  })

  test('a refusal stands at its fields, in words', () => {
    const refusal = new FailureError({
      kind: 'refused',
      reason: 'sla.resolution_before_first_response',
      code: 'BAD_REQUEST',
      details: {},
      fieldErrors: {
        'changes.targets.1.resolutionMinutes': ['sla.resolution_before_first_response', 'input.too_big'],
        'changes.name': ['policy.name_taken'],
      },
      faultId: null,
    })
    expect(problemsOf(refusal, rows)).toEqual({
      [`target:${URGENT}:resolution`]: 'errors.sla.resolution_before_first_response',
      name: 'errors.any.name_taken',
    })
  })

  test("the server's own schema gives its hints early, at the same fields", () => {
    const draft = opened()
    const idle = { ...blankPolicy(), name: 'X', isAlways: true }
    expect(earlyProblems(buildPolicy(draft))).toEqual({})
    expect(earlyProblems(buildPolicy(idle))).toEqual({ targets: 'errors.sla.targets_missing' })
    const levels = draft.levels.map((level) => ({ ...level, notify: [], actions: [] }))
    expect(earlyProblems(buildPolicy({ ...draft, levels }))).toEqual({
      'level:l1:notify': 'errors.sla.level_does_nothing',
      'level:l2:notify': 'errors.sla.level_does_nothing',
    })
  })
})

describe('a policy that somebody else saved meanwhile', () => {
  const renamed = (draft: PolicyDraft, name: string): PolicyDraft => ({ ...draft, name })
  const always = (draft: PolicyDraft): PolicyDraft => ({ ...draft, isAlways: true })

  test('keeps what was changed here and takes over the rest', () => {
    const { draft, collisions, taken } = rebase(opened(), renamed(opened(), 'Meu'), always(opened()))
    expect(draft).toMatchObject({ name: 'Meu', isAlways: true })
    expect(taken).toEqual(['calendarId'])
    expect(collisions).toEqual([])
  })

  test('says what both changed, and keeps one’s own', () => {
    const { draft, collisions, taken } = rebase(
      opened(),
      renamed(opened(), 'Meu'),
      always(renamed(opened(), 'Deles')),
    )
    expect(draft.name).toBe('Meu')
    expect(collisions).toEqual(['name'])
    expect(taken).toEqual(['calendarId'])
  })

  test('the same change twice is no collision', () => {
    expect(rebase(opened(), always(opened()), always(opened()))).toMatchObject({ collisions: [], taken: [] })
  })
})

describe('the list before the server has answered', () => {
  const kept = (id: string, position: number): PolicyView => ({
    ...business,
    id,
    position,
    name: id,
    escalations: [],
    version: 1,
    archived: false,
    openTickets: 3,
  })
  const rows = [kept('a', 1), kept('b', 2)]
  const names = (writes: Parameters<typeof expectedPolicies>[1]) =>
    expectedPolicies(rows, writes).map(({ name, archived, pending }) => [name, archived, pending])

  test('shows a new order, what was retired, and what is on its way', () => {
    const writes = [
      { id: 'w1', procedure: 'sla.policies.reorder', input: { ids: ['b', 'a'] } },
      { id: 'w2', procedure: 'sla.policies.archive', input: { id: 'a' } },
      { id: 'w3', procedure: 'sla.policies.create', input: { ...business, name: 'c' } },
      { id: 'w4', procedure: 'sla.policies.update', input: { id: 'b', changes: { name: 'B' } } },
      { id: 'w5', procedure: 'tickets.update', input: { id: 'b', changes: { name: 'x' } } },
    ]
    expect(names(writes)).toEqual([
      ['B', false, true],
      ['a', true, true],
      ['c', false, true],
    ])
  })

  test('a restored policy is in use again', () => {
    const archived = [{ id: 'w', procedure: 'sla.policies.archive', input: { id: 'a' } }]
    const back = [...archived, { id: 'v', procedure: 'sla.policies.restore', input: { id: 'a' } }]
    expect(names(back)[0]).toEqual(['a', false, true])
  })
})
