import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../../server/rules/compiled-rules.ts'
import type { RuleAction } from '../../../server/rules/action.contract.ts'
import type { ConditionTree } from '../../../server/conditions/contract.ts'
import type { RuleDefinition } from '../../../server/rules/contract.ts'
import { planRules, type Cause, type PlannableRule } from '../../../server/rules/planner.ts'
import type { ActionNames } from '../../../server/rules/property-actions.ts'
import type { Subject } from '../../../server/conditions/subject.ts'

const rows = (...ids: string[]) => new Map(ids.map((id) => [id, { id, key: id, archived: false }]))
const statuses = new Map(
  ['new', 'open', 'waiting', 'resolved', 'closed'].map((id) => [
    id,
    { id, key: id, class: id, archived: false },
  ]),
)
const priorities = rows('low', 'normal', 'high', 'urgent')
const types = rows('incident', 'question')
const names = {
  catalog: {
    ...{ statuses, statusByKey: statuses, priorities, priorityByKey: priorities, types, typeByKey: types },
    categories: new Map(),
    tags: new Map([['tag-vip', { id: 'tag-vip', name: 'VIP', archived: false }]]),
    tagByFold: new Map([['vip', { id: 'tag-vip', name: 'VIP', archived: false }]]),
    matrix: {},
    fieldByKey: new Map([['serial', { key: 'serial', kind: 'text', archived: false, options: [] }]]),
  },
  people: {
    teams: new Map([
      ['support', { id: 'support', archivedAt: null }],
      ['senior', { id: 'senior', archivedAt: null }],
      ['gone', { id: 'gone', archivedAt: 1 }],
    ]),
    agents: new Map([['ana', { id: 'ana', active: true }]]),
  },
  tiers: new Map(),
  endOf: ({ minutes }: { minutes: number }, team: string | null) =>
    NOW + minutes * (team === 'senior' ? 60_000 : 120_000),
} as unknown as ActionNames & Parameters<typeof compileRules>[1]

const NOW = Date.UTC(2026, 2, 9, 12)

const ticket = (parts: Subject = {}): Subject => ({
  subject: 'Impressora parada',
  ...{ status: 'new', statusClass: 'new', priority: 'normal', urgency: null, impact: null },
  ...{ type: null, category: null, team: null, agent: null, tags: [] },
  ...parts,
})

const created: Cause = { triggers: ['ticket.created'], changes: {} }
const updated: Cause = { triggers: ['ticket.updated'], changes: {} }

type Draft = Partial<RuleDefinition> & Pick<RuleDefinition, 'then'>
/** Rules by their names, in this order. */
const rules = (drafts: Record<string, Draft>): PlannableRule[] =>
  compileRules(
    Object.entries(drafts).map(([id, draft], index) => ({
      ...{ id, name: id, position: index + 1, on: ['ticket.created'], when: null, after: null, stop: false },
      ...draft,
    })),
    names,
  )
const plan = (drafts: Record<string, Draft>, subject = ticket(), cause = created) =>
  planRules(rules(drafts), subject, cause, NOW, names)
const outcomes = ({ trace }: ReturnType<typeof plan>) =>
  Object.fromEntries(trace.map(({ ruleId, outcome }) => [ruleId, outcome]))

const is = (field: string, value: string) => ({ field, op: 'is', value }) as ConditionTree
const priority = (value: string) => ({ do: 'setPriority', value }) as const
const team = (value: string) => ({ do: 'setTeam', value }) as const
const tag = (...value: string[]) => ({ do: 'addTags', value }) as const
const note = (value: string) => ({ do: 'addNote', value }) as const

describe('fields and dates', () => {
  const setField = (value: string | null) => ({ do: 'setField', value: { key: 'serial', value } }) as const
  const setDue = (minutes: number) =>
    ({ do: 'setDue', value: { after: { minutes, business: true } } }) as const

  it('are changes where they differ, and a date counts by the hours of the team that the ticket goes to', () => {
    const first = plan({ fill: { then: [team('senior'), setField('A1'), setDue(10)] } })
    expect(first.changes).toEqual({
      teamId: { from: null, to: 'senior' },
      'fields.serial': { from: null, to: 'A1' },
      dueAt: { from: null, to: NOW + 600_000 },
    })
    const beside = { fields: { serial: 'A1' }, dueAt: NOW + 1_200_000 }
    expect(
      plan({ fill: { then: [setField('A1'), setDue(10)] } }, ticket(), { ...created, beside }).changes,
    ).toEqual({})
  })

  it('rest once they are so, whatever later rules change', () => {
    const on = ['ticket.updated'] as const
    const { loops, matched } = plan(
      {
        fill: { on: [...on], then: [setField('A1'), setDue(10)] },
        raise: { on: [...on], then: [priority('high')] },
      },
      ticket(),
      updated,
    )
    expect(matched).toEqual(['fill', 'raise'])
    expect(loops).toEqual([])
  })

  it('over which two rules fight are a loop', () => {
    const on: RuleDefinition['on'] = ['ticket.updated']
    const fight = { a: { on, then: [setField('A1')] }, b: { on, then: [setField('B2')] } }
    expect(plan(fight, ticket(), updated).loops).toEqual(['a', 'b'])
  })

  it('fail where the field is gone', () => {
    const gone = { do: 'setField', value: { key: 'gone', value: 'x' } } as const
    expect(outcomes(plan({ fill: { then: [gone] } }))).toEqual({ fill: 'failed' })
  })
})

describe('rules are asked in the order of their places', () => {
  it('and a later one sees what an earlier one changed', () => {
    const { steps, matched } = plan({
      raise: { then: [priority('high')] },
      escalate: { when: is('priority', 'high'), then: [team('senior')] },
    })
    expect(matched).toEqual(['raise', 'escalate'])
    expect(steps.map(({ changes }) => changes)).toEqual([
      { priorityId: { from: 'normal', to: 'high' } },
      { teamId: { from: null, to: 'senior' } },
    ])
  })

  it('whatever order they are handed over in', () => {
    const some = rules({ first: { then: [priority('high')] }, second: { then: [priority('urgent')] } })
    expect(planRules(some.toReversed(), ticket(), created, NOW, names).matched).toEqual(['first', 'second'])
  })

  it('and the last word counts', () => {
    const { changes, loops } = plan({
      raise: { then: [priority('high')] },
      vip: { then: [priority('urgent')] },
    })
    expect(changes).toEqual({ priorityId: { from: 'normal', to: 'urgent' } })
    expect(loops).toEqual([])
  })

  it('and what an earlier one enables is asked again: each acts once for one cause', () => {
    const planned = plan({
      senior: { when: is('tags', 'VIP'), then: [team('senior')] },
      vip: { then: [tag('vip')] },
    })
    expect(planned.matched).toEqual(['vip', 'senior'])
    expect(planned.loops).toEqual([])
  })
})

describe('what a rule hears', () => {
  it('is what it listens to', () => {
    const planned = plan({ other: { on: ['message.received'], then: [priority('high')] } })
    expect(planned.steps).toEqual([])
    expect(outcomes(planned)).toEqual({ other: 'unheard' })
  })

  it('is also that another rule has changed the ticket, and from what to what', () => {
    const planned = plan({
      raise: { then: [priority('urgent')] },
      heard: {
        on: ['ticket.updated'],
        when: { field: 'priority', op: 'changedTo', value: 'urgent' },
        then: [note('Subiu.')],
      },
      unheard: {
        on: ['ticket.updated'],
        when: { field: 'priority', op: 'changedFrom', value: 'low' },
        then: [note('Desceu.')],
      },
    })
    expect(outcomes(planned)).toEqual({ raise: 'fired', heard: 'fired', unheard: 'unmatched' })
    expect(planned.effects).toEqual([note('Subiu.')])
  })

  it('is no change when a rule set what was set already', () => {
    const planned = plan({
      same: { then: [priority('normal')] },
      heard: { on: ['ticket.updated'], then: [note('Mudou.')] },
    })
    expect(planned.steps).toEqual([{ ruleId: 'same', changes: {}, effects: [] }])
    expect(outcomes(planned)).toEqual({ same: 'fired', heard: 'unheard' })
  })
})

it('an empty group matches nothing, and a rule without conditions everything', () => {
  const planned = plan({
    all: { when: { all: [] }, then: [priority('low')] },
    none: { when: { none: [] }, then: [priority('low')] },
    nested: { when: { all: [is('priority', 'normal'), { any: [] }] }, then: [priority('low')] },
    always: { then: [priority('high')] },
  })
  expect(planned.matched).toEqual(['always'])
})

describe('a rule that stops the round', () => {
  const drafts = {
    first: { when: is('priority', 'urgent'), then: [team('senior')] },
    stopper: { stop: true, then: [priority('urgent')] },
    later: { then: [priority('low')] },
    deaf: { on: ['note.added'] as const, then: [priority('low')] },
  } satisfies Record<string, unknown>

  it('keeps later ones from being asked, and nobody else', () => {
    const planned = plan(drafts as unknown as Record<string, Draft>)
    expect(outcomes(planned)).toEqual({
      first: 'fired',
      stopper: 'fired',
      later: 'stopped',
      deaf: 'unheard',
    })
  })

  it('may do so by an action, and only when it fires', () => {
    const stop = { do: 'stop', value: null } as const
    expect(plan({ stopper: { then: [stop] }, later: { then: [tag('vip')] } }).matched).toEqual(['stopper'])
    const idle = { when: is('priority', 'low'), then: [stop] }
    expect(plan({ idle, later: { then: [tag('vip')] } }).matched).toEqual(['later'])
  })
})

describe('rules that would go on for ever', () => {
  const fight = {
    up: { on: ['ticket.updated'], when: is('priority', 'normal'), then: [priority('high')] },
    down: { on: ['ticket.updated'], when: is('priority', 'high'), then: [priority('normal')] },
  } satisfies Record<string, Draft>

  it('are held after one round each, and both are named', () => {
    const planned = plan(fight, ticket(), updated)
    expect(planned.matched).toEqual(['up', 'down'])
    expect(planned.changes).toEqual({})
    expect(planned.loops).toEqual(['up', 'down'])
  })

  it('are found also where they listen to nothing but the beginning', () => {
    const begun = Object.entries(fight).map(
      ([id, rule]) => [id, { ...rule, on: ['ticket.created'] as RuleDefinition['on'] }] as const,
    )
    expect(plan(Object.fromEntries(begun)).loops).toEqual(['up', 'down'])
  })

  it('are those that undo each other’s work at every change', () => {
    const on: RuleDefinition['on'] = ['ticket.created', 'ticket.updated']
    expect(plan({ a: { on, then: [team('support')] }, b: { on, then: [team('senior')] } }).loops).toEqual([
      'a',
      'b',
    ])
  })

  it('are no rules that agree', () => {
    const on: RuleDefinition['on'] = ['ticket.created', 'ticket.updated']
    expect(plan({ a: { on, then: [team('senior')] }, b: { on, then: [tag('vip')] } }).loops).toEqual([])
  })

  it('are held when a chain runs backwards for longer than five passes', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => 7 - n).map((n) => [
        `r${n}`,
        { when: n === 0 ? null : is('tags', `t${n - 1}`), then: [tag(`t${n}`)] },
      ]),
    )
    const planned = plan(chain)
    expect(planned.matched).toEqual(['r0', 'r1', 'r2', 'r3', 'r4'])
    expect(planned.loops).toEqual(['r5'])
  })

  it('are not long chains that run forwards', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `r${n}`,
        { when: n === 0 ? null : is('tags', `t${n - 1}`), then: [tag(`t${n}`)] },
      ]),
    )
    expect(plan(chain)).toMatchObject({ matched: Object.keys(chain), loops: [] })
  })
})

describe('a rule that fails', () => {
  it('is told of, and the others go on', () => {
    const [broken, ...others] = rules({ broken: { then: [priority('low')] }, sound: { then: [tag('vip')] } })
    const throws = {
      ...broken,
      holds: () => {
        throw new Error('boom')
      },
    } as PlannableRule
    const planned = planRules([throws, ...others], ticket(), created, NOW, names)
    expect(planned.matched).toEqual(['sound'])
    expect(planned.trace).toMatchObject([
      { ruleId: 'broken', outcome: 'failed', error: { message: 'boom' } },
      { ruleId: 'sound', outcome: 'fired' },
    ])
  })

  it.each([
    [team('gone'), 'ticket.retired_choice'],
    [team('nobody'), 'ticket.unknown_choice'],
  ])('is one that names what is gone: %o', (action, reason) => {
    const planned = plan({ broken: { then: [priority('low'), action] } })
    expect(planned).toMatchObject({
      steps: [],
      changes: {},
      trace: [{ outcome: 'failed', error: { reason } }],
    })
  })
})

describe('tags', () => {
  it('are known by name, whatever its case, also before they exist', () => {
    const planned = plan({
      add: { then: [tag('Vip', 'Garantia Estendida')] },
      seen: { when: is('tags', 'garantia estendida'), then: [{ do: 'removeTags', value: ['VIP'] }] },
    })
    expect(planned.changes).toEqual({ tagIds: { from: [], to: ['garantia estendida'] } })
  })
})

describe('any rules over any ticket', () => {
  const fields = ['priority', 'status', 'team', 'type', 'tags'] as const
  const values = ['low', 'high', 'open', 'closed', 'support', 'senior', 'incident', 'VIP', 'novo']
  const condition = fc
    .record({
      field: fc.constantFrom(...fields),
      value: fc.constantFrom(...values),
      op: fc.constantFrom('in', 'notIn'),
    })
    .map(({ value, ...others }) => ({ ...others, value: [value] }) as ConditionTree)
  const tree: fc.Arbitrary<ConditionTree | null> = fc.oneof(
    fc.constant(null),
    condition,
    fc.array(condition, { maxLength: 3 }).map((all) => ({ all })),
    fc.array(condition, { maxLength: 3 }).map((none) => ({ none })),
  )
  const action: fc.Arbitrary<RuleAction> = fc.oneof(
    fc.constantFrom('low', 'normal', 'high', 'urgent').map(priority),
    fc.constantFrom('support', 'senior', 'gone').map(team),
    fc.constantFrom('VIP', 'novo').map((name) => tag(name)),
    fc.constantFrom('VIP', 'novo').map((name) => ({ do: 'removeTags' as const, value: [name] })),
    fc.constantFrom('open', 'closed').map((value) => ({ do: 'setStatus', value }) as const),
    fc.constant(note('Olá')),
  )
  const draft = fc.record({
    on: fc.subarray<RuleDefinition['on'][number]>(['ticket.created', 'ticket.updated'], { minLength: 1 }),
    when: tree,
    then: fc.array(action, { minLength: 1, maxLength: 3 }),
    stop: fc.boolean(),
  })
  const drafts = fc
    .array(draft, { maxLength: 8 })
    .map((some) => Object.fromEntries(some.map((each, index) => [`r${index}`, each])))

  it('get the same plan for the same question, and nobody’s ticket is touched', () => {
    fc.assert(
      fc.property(drafts, (some) => {
        const subject = ticket()
        const first = plan(some, subject)
        expect(subject).toEqual(ticket())
        expect(plan(some, subject)).toEqual(first)
      }),
    )
  })

  it('act at most once each, on what they listen to, and change only what differs', () => {
    fc.assert(
      fc.property(drafts, (some) => {
        const { steps, trace, matched, loops } = plan(some)
        expect(new Set(matched).size).toBe(matched.length)
        expect(trace).toHaveLength(Object.keys(some).length)
        for (const { changes } of steps)
          for (const { from, to } of Object.values(changes)) expect(from).not.toEqual(to)
        for (const id of loops) expect(Object.keys(some)).toContain(id)
      }),
    )
  })

  it('change in all what their steps change one after another', () => {
    fc.assert(
      fc.property(drafts, (some) => {
        const { steps, changes } = plan(some)
        const ends: Record<string, unknown> = {}
        for (const step of steps) for (const [field, { to }] of Object.entries(step.changes)) ends[field] = to
        for (const [field, { to }] of Object.entries(changes)) expect(ends[field]).toEqual(to)
      }),
    )
  })
})
