import { describe, expect, it, test } from 'vitest'
import {
  fieldsFor,
  MAX_DEPTH,
  readInstant,
  treeSchemaFor,
  type ConditionUse,
} from '../../../server/conditions/contract.ts'

/** `where: what` for everything that is wrong. */
const faults = (tree: unknown, use: ConditionUse = 'rule'): string[] =>
  (treeSchemaFor(use).safeParse(tree).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )
const leaf = { field: 'team', op: 'is', value: 'x' }
const within = (depth: number): unknown => (depth === 0 ? leaf : { any: [within(depth - 1)] })

describe('what is wrong is said at the leaf', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing', { all: [leaf, { none: [{ any: [] }] }] }, []],
    ['a value that is missing', { all: [{ field: 'team', op: 'is' }] }, ['all.0.value: filter.value_unfit']],
    [
      'a value where none belongs',
      { any: [leaf, { ...leaf, op: 'empty' }] },
      ['any.1.value: filter.value_unfit'],
    ],
    ['one value of many', { ...leaf, op: 'in' }, ['value: filter.value_unfit']],
    ['many values of one', { ...leaf, value: ['a', 'b'] }, ['value: filter.value_unfit']],
    ['no values at all', { ...leaf, op: 'in', value: [] }, ['value: filter.value_unfit']],
    ['a blank one', { ...leaf, op: 'in', value: ['a', ' '] }, ['value: filter.value_unfit']],
    [
      'an operator of another field',
      { none: [{ any: [{ field: 'team', op: 'contains', value: 'x' }] }] },
      ['none.0.any.0.op: filter.operator_unfit'],
    ],
    ['an operator that is none', { ...leaf, op: 'resembles' }, ['op: filter.operator_unfit']],
    [
      'a field that is none',
      { all: [{ ...leaf, field: 'constructor' }] },
      ['all.0.field: input.invalid_value'],
    ],
    [
      'several things',
      { all: [{ ...leaf, field: 'moon' }, leaf, { field: 'age', op: 'gt', value: 'long' }] },
      ['all.0.field: input.invalid_value', 'all.2.value: filter.number_unreadable'],
    ],
    ['a level that is none', { field: 'urgency', op: 'is', value: 'huge' }, ['value: filter.value_unknown']],
    ['a duration in parts', { field: 'age', op: 'gt', value: 1.5 }, ['value: filter.number_unreadable']],
    ['a moment', { field: 'dueAt', op: 'lt', value: 'soon' }, ['value: filter.instant_unreadable']],
    ['a group that is no list', { all: [{ any: leaf }] }, ['all.0.any: input.invalid_type']],
    ['two groups in one', { all: [leaf], any: [leaf] }, [': input.unrecognized_keys']],
    [
      'something else',
      { all: [null, 7, [leaf]] },
      ['all.0', 'all.1', 'all.2'].map((at) => `${at}: input.invalid_type`),
    ],
    ['something more', { all: [{ ...leaf, then: 'x' }] }, ['all.0: input.unrecognized_keys']],
  ])('%s', (_, tree, expected) => {
    const said = faults(tree)
    if (expected.length === 3) expect(said.every((each) => each.endsWith('input.invalid_type'))).toBe(true)
    else expect(said).toEqual(expected)
  })

  it('speaks as who asks is used to', () => {
    const moving = { all: [{ field: 'status', op: 'is', value: 'x' }] }
    expect(faults(moving, 'policy')).toEqual(['all.0.field: sla.condition_unfit'])
    expect(faults(moving, 'view')).toEqual([])
    expect(faults({ field: 'actor', op: 'is', value: 'agent' }, 'view')).toEqual([
      'field: filter.field_unfit',
    ])
    expect(faults({ field: 'subject', op: 'matches', value: 'x' }, 'view')).toEqual([
      'op: filter.operator_unfit',
    ])
    expect(faults({ ...leaf, op: 'changedTo' }, 'policy')).toEqual(['op: filter.operator_unfit'])
  })
})

describe('a tree', () => {
  it('is taken as deep as its editor makes it, and no deeper', () => {
    expect(faults(within(MAX_DEPTH))).toEqual([])
    expect(faults(within(MAX_DEPTH + 1))).toEqual(['any.0.any.0.any.0.any.0.any.0: filter.too_deep'])
  })

  it('that is too large is told once', () => {
    const group = { any: Array.from({ length: 50 }, () => leaf) }
    expect(faults({ all: [group, group, group, group] })).toEqual([])
    expect(faults({ all: [group, group, group, group, leaf, leaf] })).toEqual([
      ': filter.too_many_conditions',
    ])
    expect(faults({ all: Array.from({ length: 51 }, () => leaf) })).toEqual(['all: input.too_big'])
    expect(
      faults({ all: Array.from({ length: 50 }, () => ({ any: Array.from({ length: 50 }, () => 7) })) })
        .length,
    ).toBe(50)
  })

  it('has numbers and yes and no as texts', () => {
    const tree = {
      all: [
        { field: 'age', op: 'gt', value: 90 },
        { field: 'message.attachment', op: 'is', value: true },
      ],
    }
    expect(treeSchemaFor('rule').parse(tree)).toEqual({
      all: [
        { field: 'age', op: 'gt', value: '90' },
        { field: 'message.attachment', op: 'is', value: 'yes' },
      ],
    })
  })
})

test('promises may depend only on what stays while a ticket is worked on', () => {
  const stays = ['subject', 'channel', 'priority', 'type', 'category', 'team', 'agent', 'tags', 'requester']
  expect(fieldsFor('policy')).toEqual([...stays, 'customer.tier', 'customer.organization'])
})

test.each([
  ['-P7D', -7 * 86_400_000],
  ['P1DT2H3M', 86_400_000 + 2 * 3_600_000 + 180_000],
  ['-PT90M', -5_400_000],
  ['2026-03-09T12:00:00Z', Date.UTC(2026, 2, 9, 12) - 1_000],
  ['P', NaN],
  ['-', NaN],
])('%s is so many milliseconds from now', (text, expected) => {
  expect(readInstant(text, 1_000) - 1_000).toBe(expected)
})
