import { describe, expect, it, test } from 'vitest'
import { fieldsOf, matches, type ConditionNames, type Subject } from '../../../server/rules/conditions.ts'
import { operatorsOf, type Condition, type FilterTree } from '../../../server/tickets/filter.contract.ts'

const row = (id: string, parentId: string | null = null) => [id, { id, parentId }] as const
const names = {
  statusByKey: new Map([row('open-id')].map(([, each]) => ['open', each])),
  priorityByKey: new Map([row('urgent-id')].map(([, each]) => ['urgent', each])),
  typeByKey: new Map([row('sales-id')].map(([, each]) => ['sales', each])),
  categories: new Map([
    row('hardware'),
    row('printers', 'hardware'),
    row('ink', 'printers'),
    row('software'),
  ]),
  tagByFold: new Map([['garantia estendida', { id: 'tag-1' }]]),
} as unknown as ConditionNames

const NOW = Date.UTC(2026, 2, 9, 12)
const DAY = 86_400_000

const aTicket = (parts: Partial<Subject> = {}): Subject => ({
  subject: 'Impressora não imprime',
  statusClass: 'open',
  status: 'open-id',
  priority: 'urgent-id',
  type: null,
  category: 'ink',
  team: null,
  agent: 'ana',
  requester: 'jose',
  'customer.tier': 'gold',
  'customer.organization': null,
  channel: 'phone',
  tags: ['tag-1', 'tag-2'],
  createdAt: NOW - DAY,
  updatedAt: NOW,
  dueAt: null,
  now: NOW,
  ...parts,
})
const holds = (tree: FilterTree, ticket = aTicket()) => matches(tree, ticket, names)

describe('a condition', () => {
  test.each<[Condition['field'], Condition['op'], string | string[] | undefined, boolean]>([
    ['priority', 'is', 'urgent-id', true],
    ['priority', 'is', 'urgent', true],
    ['priority', 'isNot', 'urgent', false],
    ['status', 'in', ['new', 'open'], true],
    ['type', 'is', 'sales', false],
    ['agent', 'notIn', ['bruno', 'carla'], true],
    ['agent', 'is', 'me', false],
    ['channel', 'is', 'phone', true],
    ['channel', 'isNot', 'phone', false],
    ['statusClass', 'in', ['new', 'open'], true],
    ['statusClass', 'notIn', ['new', 'open'], false],
    ['requester', 'is', 'jose', true],
    ['customer.tier', 'in', ['silver', 'gold'], true],
    ['category', 'is', 'ink', true],
    ['category', 'is', 'hardware', true],
    ['category', 'is', 'software', false],
    ['category', 'isNot', 'hardware', false],
    ['category', 'notEmpty', undefined, true],
    ['tags', 'in', ['tag-2', 'other'], true],
    ['tags', 'in', ['Garantia  ESTENDIDA'], true],
    ['tags', 'in', ['none'], false],
    ['tags', 'notIn', ['garantia'], true],
    ['tags', 'notIn', ['tag-1'], false],
    ['tags', 'empty', undefined, false],
    ['tags', 'notEmpty', undefined, true],
    ['subject', 'is', 'IMPRESSORA NAO IMPRIME', true],
    ['subject', 'is', 'Impressora', false],
    ['subject', 'startsWith', 'impressora nao', true],
    ['subject', 'startsWith', 'nao', false],
    ['subject', 'contains', 'nao', true],
    ['subject', 'contains', 'imprime não', true],
    ['subject', 'contains', 'impr', true],
    ['subject', 'contains', 'impr não', false],
    ['subject', 'contains', 'pressora', false],
    ['subject', 'contains', '!?', false],
    ['createdAt', 'lt', '-PT2H', true],
    ['createdAt', 'gt', '-P7D', true],
    ['createdAt', 'gt', '2026-03-09T00:00:00Z', false],
    ['createdAt', 'lt', 'P1D', true],
    ['createdAt', 'lt', 'whenever', false],
    ['updatedAt', 'notEmpty', undefined, true],
    ['waitingSince', 'empty', undefined, true],
  ])('%s %s %j: %s', (field, op, value, expected) => {
    expect(holds({ field, op, ...(value === undefined ? {} : { value }) })).toBe(expected)
  })

  test.each<[Condition['op'], string | string[] | undefined, boolean]>([
    ['is', 'support', false],
    ['is', 'none', true],
    ['isNot', 'support', true],
    ['isNot', 'none', false],
    ['in', ['support', 'sales'], false],
    ['in', ['support', 'none'], true],
    ['notIn', ['support', 'sales'], true],
    ['notIn', ['support', 'none'], false],
    ['empty', undefined, true],
    ['notEmpty', undefined, false],
  ])('on a field that is not set: %s %j is %s', (op, value, expected) => {
    expect(holds({ field: 'team', op, ...(value === undefined ? {} : { value }) })).toBe(expected)
  })

  test.each<[Condition['op'], string | undefined, boolean]>([
    ['gt', '2020-01-01T00:00:00Z', false],
    ['lt', '2030-01-01T00:00:00Z', false],
    ['empty', undefined, true],
    ['notEmpty', undefined, false],
  ])('on an instant that is not set: %s %j is %s', (op, value, expected) => {
    expect(holds({ field: 'dueAt', op, ...(value === undefined ? {} : { value }) })).toBe(expected)
  })

  it('on tags takes none for a name like any other', () => {
    const untagged = aTicket({ tags: [] })
    expect(holds({ field: 'tags', op: 'in', value: ['none'] }, untagged)).toBe(false)
    expect(holds({ field: 'tags', op: 'notIn', value: ['none'] }, untagged)).toBe(true)
  })

  it('with a span does not hold where the time is not known', () => {
    const timeless = aTicket()
    delete timeless.now
    expect(holds({ field: 'createdAt', op: 'lt', value: 'P1D' }, timeless)).toBe(false)
    expect(holds({ field: 'createdAt', op: 'lt', value: '2027-01-01T00:00:00Z' }, timeless)).toBe(true)
  })

  it('that the operator table does not know holds for nothing', () => {
    expect(holds({ field: 'channel', op: 'contains', value: 'phone' })).toBe(false)
  })

  it('on a category that was made its own ancestor still has an answer', () => {
    const categories = new Map([row('a', 'b'), row('b', 'a')]) as unknown as ConditionNames['categories']
    const condition: FilterTree = { field: 'category', op: 'is', value: 'c' }
    expect(matches(condition, aTicket({ category: 'a' }), { ...names, categories })).toBe(false)
  })

  it('has a test for every operator of every kind of field', () => {
    const fieldOf = {
      text: 'subject',
      option: 'channel',
      row: 'agent',
      tags: 'tags',
      instant: 'createdAt',
    } as const
    const [ticket, other] = [aTicket({ createdAt: NOW }), aTicket({ createdAt: null, agent: null, tags: [] })]
    for (const [kind, operators] of Object.entries(operatorsOf))
      for (const op of operators) {
        const field = fieldOf[kind as keyof typeof fieldOf]
        const value = {
          text: ticket.subject,
          option: 'phone',
          row: 'ana',
          tags: 'tag-1',
          instant: op === 'lt' ? '2030-01-01T00:00:00Z' : '2020-01-01T00:00:00Z',
        }[kind as keyof typeof fieldOf]
        const answers = [ticket, other, aTicket({ subject: 'Outro', channel: 'email' })].map((each) =>
          holds({ field, op, value }, each),
        )
        expect(new Set(answers), `${field} ${op}`).toEqual(new Set([true, false]))
      }
  })
})

describe('a group', () => {
  const yes: FilterTree = { field: 'agent', op: 'is', value: 'ana' }
  const no: FilterTree = { field: 'agent', op: 'is', value: 'bruno' }

  test.each<[FilterTree, boolean]>([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ none: [no, no] }, true],
    [{ none: [no, yes] }, false],
    [{ all: [{ any: [no, yes] }, { none: [no] }] }, true],
  ])('%j is %s', (tree, expected) => {
    expect(holds(tree)).toBe(expected)
  })

  it.each([{ all: [] }, { any: [] }, { none: [] }])('without conditions matches nothing: %j', (tree) => {
    expect(holds(tree)).toBe(false)
  })

  it('says which fields it reads', () => {
    const tree: FilterTree = { all: [yes, { none: [{ any: [no, { field: 'tags', op: 'empty' }] }] }] }
    expect([...fieldsOf(tree)]).toEqual(['agent', 'tags'])
    expect(fieldsOf({ any: [] }).size).toBe(0)
  })
})
