import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fieldsFor,
  MAX_DEPTH,
  operatorsFor,
  specOf,
  treeSchemaFor,
  valuesFor,
  type ConditionTree,
  type ConditionUse,
} from '../../server/conditions/contract.ts'
import {
  conditionsIn,
  isComplete,
  newCondition,
  pruned,
  valuesOf,
  withOperator,
} from '../../src-renderer/conditions/condition-draft.ts'
import { minutesOf, spanOf } from '../../src-renderer/conditions/duration-value.ts'
import {
  appended,
  asGroup,
  branchAt,
  branchesOf,
  hasRoomFor,
  isGroup,
  moved,
  removed,
  replaced,
  serverPath,
  steps,
  withKind,
  type ConditionGroup,
  type Way,
} from '../../src-renderer/conditions/tree-edits.ts'

const on = (value: string): ConditionTree => ({ field: 'team', op: 'is', value })
const [a, b, c] = [on('a'), on('b'), on('c')]

describe('a tree in the editor', () => {
  test('is a group, be it of one condition or of none', () => {
    expect(asGroup(null)).toEqual({ all: [] })
    expect(asGroup(a)).toEqual({ all: [a] })
    expect(asGroup({ none: [a] })).toEqual({ none: [a] })
  })

  test('is changed where it is asked to be, and nowhere else', () => {
    const tree: ConditionGroup = { all: [a, { any: [b] }] }
    expect(appended(tree, [], c)).toEqual({ all: [a, { any: [b] }, c] })
    expect(appended(tree, [1], c)).toEqual({ all: [a, { any: [b, c] }] })
    expect(replaced(tree, [1, 0], c)).toEqual({ all: [a, { any: [c] }] })
    expect(removed(tree, [1, 0])).toEqual({ all: [a, { any: [] }] })
    expect(withKind(tree, [1], 'none')).toEqual({ all: [a, { none: [b] }] })
    expect(withKind(tree, [], 'any')).toEqual({ any: [a, { any: [b] }] })
    expect(tree).toEqual({ all: [a, { any: [b] }] })
  })

  test('knows where the server says that something is wrong', () => {
    const tree: ConditionGroup = { all: [a, { none: [b, { any: [c] }] }] }
    expect(serverPath(tree, [])).toBe('')
    expect(serverPath(tree, [1, 1, 0])).toBe('all.1.none.1.any.0')
  })
})

describe('moving', () => {
  test.each<[ConditionGroup, Way, (typeof steps)[number], ConditionGroup | null, Way | null]>([
    [{ all: [a, b] }, [1], 'up', { all: [b, a] }, [0]],
    [{ all: [a, b] }, [0], 'down', { all: [b, a] }, [1]],
    [{ all: [a, b] }, [0], 'up', null, null],
    [{ all: [a, b] }, [1], 'down', null, null],
    [{ all: [a, b] }, [1], 'in', { all: [a, { any: [b] }] }, [1, 0]],
    [{ all: [{ none: [a] }, b] }, [1], 'in', { all: [{ none: [a, b] }] }, [0, 1]],
    [{ all: [a, b] }, [1], 'out', null, null],
    [{ all: [{ any: [a, b] }, c] }, [0, 0], 'out', { all: [{ any: [b] }, a, c] }, [1]],
    [{ all: [{ any: [a] }, c] }, [0, 0], 'out', { all: [a, c] }, [0]],
    [{ all: [a] }, [], 'up', null, null],
  ])('%j: %j %s', (tree, way, step, result, there) => {
    const done = moved(tree, way, step)
    expect(done?.tree ?? null).toEqual(result)
    expect(done?.way ?? null).toEqual(there)
  })

  test('loses no condition, says where each went, and never makes what the server refuses', () => {
    const { tree } = fc.letrec<{ tree: ConditionTree; group: ConditionGroup }>((tie) => ({
      group: fc
        .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
        .map(([kind, branches]) => ({ [kind]: branches }) as unknown as ConditionGroup),
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.nat(99).map((n) => on(`t${n}`)),
        tie('group'),
      ),
    }))
    const schema = treeSchemaFor('rule')
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...steps),
        (given, way, step) => {
          const root = asGroup(given)
          const branch = branchAt(root, way)
          const done = branch && moved(root, way, step)
          if (!branch || !done) return
          const names = (each: ConditionTree) => conditionsIn(each).flatMap(valuesOf).sort()
          expect(names(done.tree)).toEqual(names(root))
          expect(branchAt(done.tree, done.way)).toEqual(branch)
          if (schema.safeParse(root).success) expect(schema.safeParse(done.tree).success).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a group is offered no deeper than the server takes it', () => {
    let tree: ConditionGroup = { all: [a] }
    let way: Way = []
    while (hasRoomFor(way)) {
      tree = appended(tree, way, { any: [a] })
      const group = branchAt(tree, way)
      way = [...way, group && isGroup(group) ? branchesOf(group).length - 1 : 0]
    }
    expect(way).toHaveLength(MAX_DEPTH - 1)
    expect(treeSchemaFor('rule').safeParse(tree).success).toBe(true)
    expect(treeSchemaFor('rule').safeParse(appended(tree, way, { any: [a] })).success).toBe(false)
  })
})

describe('a condition in the making', () => {
  test('another operator keeps what was chosen as far as it fits', () => {
    const several = { field: 'team' as const, op: 'in' as const, value: ['a', 'b'] }
    expect(withOperator(several, 'is')).toEqual({ field: 'team', op: 'is', value: 'a' })
    expect(withOperator({ ...several, op: 'is', value: 'a' }, 'notIn').value).toEqual(['a'])
    expect(withOperator(several, 'empty')).toEqual({ field: 'team', op: 'empty' })
    expect(withOperator(several, 'changedTo').value).toEqual(['a', 'b'])
  })

  test('says nothing until it is filled, and is left out by who wants only what is said', () => {
    const blank = newCondition('agent', 'view')
    expect(isComplete(blank)).toBe(false)
    expect(isComplete({ field: 'subject', op: 'contains', value: ' ' })).toBe(false)
    expect(isComplete({ field: 'agent', op: 'empty' })).toBe(true)
    expect(pruned({ all: [blank, { any: [blank] }] })).toBeNull()
    expect(pruned({ all: [blank, a, { any: [] }] })).toEqual({ all: [a] })
  })

  test.each<ConditionUse>(['view', 'policy', 'rule'])(
    'becomes what the server takes from a %s once it is filled, whatever the field and the operator',
    (use) => {
      const examples = { text: 'x', row: 'x', tags: 'x', instant: '-P2D', number: '3', duration: '-90' }
      for (const field of fieldsFor(use))
        for (const op of operatorsFor(field, use)) {
          const blank = withOperator(newCondition(field, use), op)
          const spec = treeSchemaFor(use)
          if (!isComplete(blank))
            expect(spec.safeParse(blank).success, `${field} ${op} unfinished`).toBe(false)
          const value = example(field, examples)
          const filled =
            valuesFor(op) === 'none'
              ? blank
              : { ...blank, value: valuesFor(op) === 'several' ? [value] : value }
          expect(spec.safeParse(filled).error?.issues, `${field} ${op}`).toBeUndefined()
        }
    },
  )
})

function example(field: ReturnType<typeof fieldsFor>[number], examples: Record<string, string>): string {
  const { kind, options } = specOf(field)
  return options?.[0] ?? examples[kind] ?? 'x'
}

describe('durations', () => {
  test.each([
    ['', '', null],
    ['0', '0', 'minutes'],
    ['90', '90', 'minutes'],
    ['120', '2', 'hours'],
    ['-2880', '-2', 'days'],
  ] as const)('%s minutes are %s %s', (minutes, amount, unit) => {
    expect(spanOf(minutes)).toEqual({ amount, unit })
    if (unit) expect(minutesOf(amount, unit)).toBe(minutes)
  })

  test('what is no whole number says nothing', () => {
    for (const typed of ['', '-', '1.5', 'x']) expect(minutesOf(typed, 'hours')).toBe('')
  })
})
