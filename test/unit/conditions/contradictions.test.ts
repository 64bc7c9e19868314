import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { matches, type ConditionNames, type Subject } from '../../../server/conditions/conditions.ts'
import { neverMatches } from '../../../server/conditions/contradictions.ts'
import {
  operatorsFor,
  valuesFor,
  type Condition,
  type ConditionTree,
} from '../../../server/conditions/contract.ts'

const names = {
  statusByKey: new Map(),
  priorityByKey: new Map([['urgent', { id: 'p4' }]]),
  typeByKey: new Map(),
  categories: new Map(
    [
      ['hardware', null],
      ['printers', 'hardware'],
      ['software', null],
    ].map(([id, parentId]) => [id, { id, parentId }]),
  ),
  tagByFold: new Map(),
} as unknown as ConditionNames
const never = (tree: ConditionTree) => neverMatches(tree, names)

const is = (field: Condition['field'], value: string): ConditionTree => ({ field, op: 'is', value })
const isNot = (field: Condition['field'], value: string): ConditionTree => ({ field, op: 'isNot', value })
const among = (field: Condition['field'], ...value: string[]): ConditionTree => ({ field, op: 'in', value })
const empty = (field: Condition['field']): ConditionTree => ({ field, op: 'empty' })

describe('no ticket can match', () => {
  test.each<[string, ConditionTree]>([
    ['an empty group', { all: [] }],
    ['an empty choice', { any: [] }],
    ['an empty exclusion', { none: [] }],
    ['a group with an empty one inside', { all: [is('team', 'a'), { any: [] }] }],
    ['a choice among empty groups only', { any: [{ all: [] }, { none: [] }] }],
    ['two values of one field', { all: [is('team', 'a'), is('team', 'b')] }],
    ['two priorities, one by its key', { all: [is('priority', 'urgent'), is('priority', 'p1')] }],
    ['two choices without a common value', { all: [among('agent', 'a', 'b'), among('agent', 'c')] }],
    ['a value and not that value', { all: [is('type', 'a'), isNot('type', 'a')] }],
    ['a value and its exclusion', { all: [is('type', 'a'), { none: [is('type', 'a'), is('type', 'b')] }] }],
    ['a value of a field that is not set', { all: [empty('team'), is('team', 'a')] }],
    ['set and not set', { all: [empty('team'), { field: 'team', op: 'notEmpty' }] }],
    ['a field that every ticket has, not set', empty('priority')],
    ['none of a field that every ticket has', is('requester', 'none')],
    ['two categories apart', { all: [is('category', 'hardware'), is('category', 'software')] }],
    [
      'a category outside the one above it',
      { all: [is('category', 'printers'), isNot('category', 'hardware')] },
    ],
    ['two subjects', { all: [is('subject', 'Troca'), is('subject', 'Venda')] }],
    [
      'no channel at all',
      { field: 'channel', op: 'notIn', value: ['phone', 'email', 'portal', 'chat', 'manual'] },
    ],
    [
      'a contradiction in groups of one',
      { all: [{ any: [is('team', 'a')] }, { all: [{ all: [is('team', 'b')] }] }] },
    ],
  ])('%s', (_, tree) => {
    expect(never(tree)).toBe(true)
  })
})

describe('some ticket may match', () => {
  test.each<[string, ConditionTree]>([
    ['one condition', is('team', 'a')],
    ['two fields', { all: [is('team', 'a'), is('agent', 'a')] }],
    ['alternatives that exclude each other', { any: [is('team', 'a'), is('team', 'b')] }],
    ['one empty alternative among others', { any: [{ all: [] }, is('team', 'a')] }],
    ['an excluded empty group', { none: [{ all: [] }] }],
    ['choices with a common value', { all: [among('agent', 'a', 'b'), among('agent', 'b', 'c')] }],
    ['a choice less one value', { all: [among('agent', 'a', 'b'), isNot('agent', 'a')] }],
    ['several tags', { all: [among('tags', 'a'), among('tags', 'b')] }],
    ['a category below another', { all: [is('category', 'hardware'), is('category', 'printers')] }],
    ['a category but not one below it', { all: [is('category', 'hardware'), isNot('category', 'printers')] }],
    ['not set or a value, and not set', { all: [among('team', 'none', 'a'), empty('team')] }],
    ['one subject by folded name', { all: [is('subject', 'Ação'), is('subject', 'ACAO')] }],
    ['words of a subject', { all: [{ field: 'subject', op: 'contains', value: 'a' }, is('subject', 'a b')] }],
  ])('%s', (_, tree) => {
    expect(never(tree)).toBe(false)
  })
})

describe('the search for contradictions', () => {
  const values = ['a', 'b', 'none'] as const
  const condition: fc.Arbitrary<ConditionTree> = fc
    .constantFrom('team', 'agent', 'priority', 'channel', 'category', 'tags', 'subject')
    .chain((field) =>
      fc.constantFrom(...operatorsFor(field as Condition['field'], 'rule')).chain((op) => {
        const pool =
          field === 'category' ? ['hardware', 'printers', 'software', 'none'] : [...values, 'phone']
        const value =
          valuesFor(op) === 'none'
            ? fc.constant(undefined)
            : valuesFor(op) === 'several'
              ? fc.uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: 3 })
              : fc.constantFrom(...pool)
        return value.map(
          (each) => ({ field, op, ...(each === undefined ? {} : { value: each }) }) as ConditionTree,
        )
      }),
    )
  const { tree } = fc.letrec<{ tree: ConditionTree; group: ConditionTree }>((tie) => ({
    group: fc.oneof(
      ...(['all', 'any', 'none'] as const).map((kind) =>
        fc.array(tie('tree'), { maxLength: 3 }).map((branches) => ({ [kind]: branches }) as ConditionTree),
      ),
    ),
    tree: fc.oneof({ maxDepth: 3 }, condition, tie('group')),
  }))
  const option = (...all: string[]) => fc.constantFrom(...all)
  const ticket: fc.Arbitrary<Subject> = fc.record({
    subject: option('a', 'b', 'none', 'a b'),
    statusClass: option('open'),
    status: option('s'),
    priority: option('a', 'b', 'p4'),
    type: fc.constant(null),
    category: fc.constantFrom(null, 'hardware', 'printers', 'software'),
    team: fc.constantFrom(null, 'a', 'b', 'c'),
    agent: fc.constantFrom(null, 'a', 'b', 'c'),
    requester: option('r'),
    'customer.tier': fc.constant(null),
    'customer.organization': fc.constant(null),
    channel: option('phone', 'email'),
    tags: fc.subarray(['a', 'b']),
  })

  it('never gives up a tree that a ticket matches', () => {
    fc.assert(
      fc.property(tree, fc.array(ticket, { minLength: 1, maxLength: 20 }), (given, tickets) => {
        if (never(given)) expect(tickets.filter((each) => matches(given, each, names))).toEqual([])
      }),
      { numRuns: 5_000 },
    )
  })
})
