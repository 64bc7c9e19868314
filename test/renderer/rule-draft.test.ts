import { describe, expect, test } from 'vitest'
import { ruleDefinitionSchema, type RuleDefinition, type RuleView } from '../../server/rules/contract.ts'
import { FailureError } from '../../src-renderer/api/errors.ts'
import {
  actionGroups,
  missingPart,
  newAction,
} from '../../src-renderer/features/settings/automation/rules/action-draft.ts'
import {
  inUnits,
  openDelay,
  readDelay,
} from '../../src-renderer/features/settings/automation/rules/delay-draft.ts'
import { expectedRules } from '../../src-renderer/features/settings/automation/rules/expected-rules.ts'
import { presetKeys, presets } from '../../src-renderer/features/settings/automation/rules/presets.ts'
import { signatureOf } from '../../src-renderer/features/settings/automation/rules/previewed.ts'
import { rebase, ruleChanges } from '../../src-renderer/features/settings/automation/rules/rule-changes.ts'
import {
  blankRule,
  buildRule,
  toRuleDraft,
  type RuleDraft,
} from '../../src-renderer/features/settings/automation/rules/rule-draft.ts'
import {
  earlyProblems,
  fieldAt,
  problemsOf,
  standing,
} from '../../src-renderer/features/settings/automation/rules/rule-fields.ts'
import { readRuleFile } from '../../src-renderer/features/settings/automation/rules/rule-file.ts'
import { happeningsOf } from '../../src-renderer/features/ticket/rules/trace-view.ts'

const TEAM = '01938f00-0000-7000-8000-00000000000a'
const CALENDAR = '01938f00-0000-7000-8000-00000000000c'
const URGENT = '01938f00-0000-7000-8000-000000000004'
const openMinutes = (calendarId: string | null) => (calendarId ? 540 : 480)
const opening = {
  openMinutes,
  idOf: (what: string, ref: string) => (what === 'priority' && ref === 'urgent' ? URGENT : ref),
}
const vip = ruleDefinitionSchema.parse({
  name: 'VIP parado',
  on: ['ticket.created'],
  when: {
    all: [
      { field: 'customer.tier', op: 'is', value: 'vip' },
      { field: 'subject', op: 'contains', value: 'parado' },
    ],
  },
  then: [
    { do: 'setPriority', value: URGENT },
    { do: 'setTeam', value: TEAM },
    {
      do: 'raiseAlert',
      value: { severity: 'urgent', to: ['team'], text: 'VIP parado: {{ ticket.number }}' },
    },
  ],
})
const timed = ruleDefinitionSchema.parse({
  name: 'Fechar',
  on: ['time'],
  when: { all: [{ field: 'statusClass', op: 'is', value: 'resolved' }] },
  after: { minutes: 5 * 540, business: true, calendarId: CALENDAR, since: 'status' },
  then: [
    { do: 'remind', value: { after: { minutes: 90 }, to: ['agent'], text: 'Ligar' } },
    { do: 'assign', value: { skills: [{ name: 'fiscal', level: 3 }] } },
    { do: 'close' },
  ],
  stop: true,
})
const opened = (rule: RuleDefinition = vip): RuleDraft => toRuleDraft(rule, opening)
const built = (draft: RuleDraft) => buildRule(draft, openMinutes)

test.each([vip, timed])('a rule that is opened and saved untouched is the same: $name', (rule) => {
  expect(built(opened(rule))).toMatchObject({ rule, problems: {} })
  expect(ruleChanges(built(opened(rule)).rule, built(opened(rule)).rule)).toEqual({})
})

test('presets come with keys, and the form knows their rows by id', () => {
  const [action] = opened({ ...vip, then: [{ do: 'setPriority', value: 'urgent' }] }).then
  expect(action?.value).toBe(URGENT)
})

test('every ready-made rule is one that the server takes', () => {
  expect(presets.map(({ key }) => key)).toEqual([...presetKeys])
  for (const { key, rule } of presets) {
    const made = { name: key, ...rule({ text: (what) => `um ${what}`, calendarId: CALENDAR, vipId: 'vip' }) }
    expect(ruleDefinitionSchema.safeParse(made).error, key).toBeUndefined()
    expect(built(opened(made)).problems).toEqual({})
  }
})

test('"stop here" is one thing, be it said by an action or by the rule, and may be all that a rule does', () => {
  const draft = opened({ ...vip, then: [{ do: 'stop', value: null }] })
  expect(draft).toMatchObject({ then: [], stop: true })
  expect(built(draft)).toMatchObject({ rule: { then: [{ do: 'stop' }], stop: true }, problems: {} })
})

test('every action says what it still needs, and where', () => {
  const kinds = Object.values(actionGroups).flat()
  const missing = Object.fromEntries(kinds.map((kind) => [kind, missingPart(newAction(kind, 'k'))]))
  expect(missing).toMatchObject({
    setPriority: 'value',
    addTags: 'value',
    setField: 'value',
    setDue: null,
    close: null,
    assign: null,
    reply: 'text',
    addNote: 'text',
    raiseAlert: 'text',
    remind: 'text',
    followUp: 'text',
    webhook: 'value',
    mergeInto: null,
    applySuggestion: null,
  })
})

test('what is missing is said at its field before anything is sent', () => {
  const draft: RuleDraft = {
    ...blankRule(),
    on: ['time'],
    after: { ...blankRule().after, amount: 'logo' },
    then: [newAction('setPriority', 'a'), newAction('remind', 'b')],
  }
  expect(Object.keys(built(draft).problems).sort()).toEqual([
    'after',
    'name',
    'then:a:value',
    'then:b:text',
    'when',
  ])
  const half = { all: [{ any: [{ field: 'subject', op: 'contains', value: '' }] }] } as const
  const whole = opened()
  expect(
    Object.keys(built({ ...whole, when: structuredClone(half) as unknown as RuleDraft['when'] }).problems),
  ).toEqual(['when.all.0.any.0.value'])
})

describe('delays', () => {
  test.each([
    [
      { amount: '3', unit: 'days', business: false, calendarId: null },
      { minutes: 4320, business: false },
    ],
    [
      { amount: '1,5', unit: 'hours', business: false, calendarId: null },
      { minutes: 90, business: false },
    ],
    [
      { amount: '2', unit: 'days', business: true, calendarId: CALENDAR },
      { minutes: 1080, business: true, calendarId: CALENDAR },
    ],
    [{ amount: '0', unit: 'days', business: false, calendarId: null }, null],
    [{ amount: '-1', unit: 'days', business: false, calendarId: null }, null],
    [{ amount: 'três', unit: 'days', business: false, calendarId: null }, null],
  ] as const)('%o is %o', (draft, delay) => {
    expect(readDelay(draft, openMinutes)).toEqual(delay)
  })

  test('are shown in the largest unit that they fill', () => {
    expect(inUnits({ minutes: 10, business: false }, openMinutes)).toEqual({ amount: 10, unit: 'minutes' })
    expect(inUnits({ minutes: 1080, business: true, calendarId: CALENDAR }, openMinutes)).toEqual({
      amount: 2,
      unit: 'days',
    })
    expect(openDelay({ minutes: 120, business: true }, openMinutes)).toMatchObject({
      amount: '2',
      unit: 'hours',
    })
  })
})

describe('fields', () => {
  const keys = { actionKeys: ['a', 'b'] }
  test.each([
    ['name', 'name'],
    ['changes.name', 'name'],
    ['rule.then.1.value.text', 'then:b:text'],
    ['then.0.value', 'then:a:value'],
    ['then.1.value.to.0', 'then:b:to'],
    ['then.1.value.after.minutes', 'then:b:after'],
    ['then.0.value.skills.0.name', 'then:a:skills'],
    ['then.9.value', 'then'],
    ['then', 'then'],
    ['after.minutes', 'after'],
    ['changes.when.all.0.value', 'when.all.0.value'],
    ['on', 'on'],
  ])('%s is about %s', (path, field) => {
    expect(fieldAt(path, keys)).toBe(field)
  })

  const refusal = (fieldErrors: Record<string, string[]>) =>
    new FailureError({
      ...{ kind: 'refused', reason: 'rule.unknown_choice', code: 'BAD_REQUEST' },
      ...{ details: {}, fieldErrors, faultId: null },
    })

  test('a refused text stands at the text, also where it is all of the action', () => {
    const draft = {
      ...opened(),
      then: [{ ...newAction('reply', 'r'), value: '{{ nobody }}' } as RuleDraft['then'][number]],
    }
    expect(problemsOf(refusal({ 'then.0.value': ['rule.template_unknown_variable'] }), built(draft))).toEqual(
      {
        'then:r:text': expect.stringContaining('errors.'),
      },
    )
  })

  test('a refusal is no longer true of what was changed since', () => {
    const before = opened()
    const problems = { 'then:a0:value': 'errors.x', name: 'errors.y', 'when.all.0.value': 'errors.z' }
    const after = { ...before, name: 'Outro' }
    expect(Object.keys(standing(problems, before, after))).toEqual(['then:a0:value', 'when.all.0.value'])
  })

  test("the server's own schema gives its hints early", () => {
    expect(earlyProblems(built(opened()))).toEqual({})
    expect(Object.keys(earlyProblems(built({ ...opened(), name: 'x'.repeat(99) })))).toEqual(['name'])
  })
})

describe('a rule that somebody else saved meanwhile', () => {
  test('keeps what was changed here, takes over the rest, and says what both changed', () => {
    const mine = { ...opened(), name: 'Meu', stop: true }
    const theirs = { ...opened(), name: 'Deles', on: ['message.received' as const] }
    const { draft, taken, collisions } = rebase(opened(), mine, theirs, openMinutes)
    expect(draft).toMatchObject({ name: 'Meu', stop: true, on: ['message.received'] })
    expect({ taken, collisions }).toEqual({ taken: ['on'], collisions: ['name'] })
  })
})

test('a rule counts as tried out as long as it does the same, whatever it is called', () => {
  const answered = { ...vip, name: 'Outro nome', after: null, on: [...vip.on] }
  expect(signatureOf(answered)).toBe(signatureOf(vip))
  expect(signatureOf({ ...vip, stop: true })).not.toBe(signatureOf(vip))
})

test('writes on their way show at once', () => {
  const view: RuleView = {
    ...vip,
    ...{ id: 'r1', position: 1, enabled: false, archived: false, version: 1, fault: null, problems: {} },
    ...{ firedCount: 0, lastFiredAt: null, waiting: 0 },
  }
  const rows = expectedRules(
    [view],
    [
      { id: 'c1', procedure: 'rules.setEnabled', input: { id: 'r1', enabled: true } },
      { id: 'c2', procedure: 'rules.create', input: { ...timed, id: 'r2', enabled: false } },
    ],
  )
  expect(rows.map(({ id, enabled, pending }) => ({ id, enabled, pending }))).toEqual([
    { id: 'r1', enabled: true, pending: true },
    { id: 'r2', enabled: false, pending: true },
  ])
})

describe('a file of rules', () => {
  const file = (rules: unknown[]) => JSON.stringify({ format: 'balcao.rules', version: 1, rules })

  test('is read rule by rule, and says of each what is wrong with it', () => {
    const read = readRuleFile(file([vip, { ...vip, then: [] }, { ...vip, does: 'x' }, 7]))
    expect(
      read?.rules.map(({ name, rule, problems }) => ({ name, ok: rule !== null, problems: problems.length })),
    ).toEqual([
      { name: 'VIP parado', ok: true, problems: 0 },
      { name: 'VIP parado', ok: false, problems: 1 },
      { name: 'VIP parado', ok: false, problems: 1 },
      { name: '', ok: false, problems: 1 },
    ])
  })

  test.each(['', '{}', '[]', '{"format":"outro","version":1,"rules":[]}', 'not json'])(
    '%s is none',
    (text) => {
      expect(readRuleFile(text)).toBeNull()
    },
  )
})

test('an explanation shows what rules did first, and can speak of one rule alone', () => {
  const verdict = (ruleId: string, outcome: 'fired' | 'unmatched') => ({
    ...{ ruleId, name: ruleId.toUpperCase(), outcome, when: null, conditions: [], changes: {}, effects: [] },
  })
  const trace = {
    ...{ id: '1', at: '2026-11-25T12:00:00Z', trigger: 'ticket.created' as const, eventSeq: 1, loops: ['b'] },
    actor: { type: 'agent' as const, id: 'x', name: 'Ana' },
    rules: [verdict('a', 'unmatched'), verdict('b', 'fired')],
  }
  const [all] = happeningsOf([trace], null)
  expect([all?.acted, all?.others].map((each) => each?.map(({ ruleId }) => ruleId))).toEqual([['b'], ['a']])
  expect(all?.loops).toEqual(['B'])
  expect(happeningsOf([trace], 'a')[0]?.acted).toEqual([])
  expect(happeningsOf([trace], 'nobody')).toEqual([])
})
