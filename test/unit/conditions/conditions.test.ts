import { describe, expect, it, test } from 'vitest'
import {
  compile,
  explain,
  fieldsOf,
  matches,
  type Asked,
  type ConditionNames,
  type Subject,
} from '../../../server/conditions/conditions.ts'
import {
  fieldsFor,
  operatorsFor,
  specOf,
  type Condition,
  type ConditionField,
  type ConditionOperator,
  type ConditionTree,
} from '../../../server/conditions/contract.ts'

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
  tiers: new Map([['gold', { id: 'gold', key: 'vip' }]]),
} as unknown as ConditionNames

const NOW = Date.UTC(2026, 2, 9, 12)
const HOUR = 3_600_000
const DAY = 24 * HOUR

const aTicket = (parts: Subject = {}): Subject => ({
  subject: 'Impressora não imprime',
  message: 'Bom dia,\no CAIXA está parado: erro E-42, código 1234.',
  'message.channel': 'email',
  'message.language': 'pt',
  'message.attachment': 'no',
  statusClass: 'open',
  status: 'open-id',
  priority: 'urgent-id',
  urgency: 'high',
  impact: null,
  type: null,
  category: 'ink',
  team: null,
  agent: 'ana',
  requester: 'jose',
  'customer.tier': 'gold',
  'customer.organization': null,
  'customer.openTickets': 2,
  'customer.lastContactAt': NOW - 3 * DAY,
  channel: 'phone',
  tags: ['tag-1', 'tag-2'],
  createdAt: NOW - DAY,
  updatedAt: NOW,
  dueAt: NOW + 2 * HOUR,
  waitingSince: null,
  resolvedAt: null,
  age: 1_440,
  waiting: null,
  'sla.remaining': 120,
  'sla.state': 'running',
  actor: 'customer',
  ...parts,
})
const asked = (parts: Partial<Asked> = {}): Asked => ({
  subject: aTicket(),
  changes: {},
  now: NOW,
  isOpen: (id, at) => id === 'business' && at === NOW,
  ...parts,
})
const holds = (tree: ConditionTree, parts: Partial<Asked> = {}) => compile(tree, names)(asked(parts))
const leaf = (field: ConditionField, op: ConditionOperator, value?: string | string[]): Condition =>
  value === undefined ? { field, op } : { field, op, value }

/** What holds of the ticket above, and what does not. */
const truths: [ConditionField, ConditionOperator, string | string[] | undefined][] = [
  ['subject', 'is', 'IMPRESSORA  NAO IMPRIME'],
  ['subject', 'isNot', 'Impressora'],
  ['subject', 'startsWith', 'impressora nao'],
  ['subject', 'contains', 'nao'],
  ['subject', 'contains', 'imprime não'],
  ['subject', 'contains', 'impr'],
  ['subject', 'contains', ['fax', 'impr']],
  ['subject', 'containsWord', 'NÃO'],
  ['subject', 'containsWord', 'nao imprime'],
  ['subject', 'containsWord', ['fax', 'não imprime']],
  ['subject', 'matches', 'imp.*nao'],
  ['subject', 'matches', '^Impressora'],
  ['message', 'contains', 'esta parado'],
  ['message', 'containsWord', 'caixa está'],
  ['message', 'startsWith', 'bom dia, o caixa'],
  ['message', 'matches', 'e-\\d{2}\\b'],
  ['message', 'matches', 'código \\d+'],
  ['message', 'isNot', 'parado'],
  ['message.channel', 'in', ['email', 'chat']],
  ['message.language', 'isNot', 'en'],
  ['message.attachment', 'is', 'no'],
  ['priority', 'is', 'urgent-id'],
  ['priority', 'is', 'urgent'],
  ['status', 'in', ['new', 'open']],
  ['agent', 'notIn', ['bruno', 'carla']],
  ['channel', 'is', 'phone'],
  ['statusClass', 'in', ['new', 'open']],
  ['urgency', 'is', 'high'],
  ['urgency', 'notEmpty', undefined],
  ['impact', 'empty', undefined],
  ['impact', 'isNot', 'low'],
  ['requester', 'is', 'jose'],
  ['customer.tier', 'in', ['silver', 'gold']],
  ['customer.tier', 'is', 'vip'],
  ['category', 'is', 'ink'],
  ['category', 'is', 'hardware'],
  ['category', 'notEmpty', undefined],
  ['tags', 'in', ['tag-2', 'other']],
  ['tags', 'in', ['Garantia  ESTENDIDA']],
  ['tags', 'notIn', ['garantia']],
  ['tags', 'notEmpty', undefined],
  ['customer.openTickets', 'is', '2'],
  ['customer.openTickets', 'gt', '1'],
  ['customer.lastContactAt', 'lt', '-P2D'],
  ['createdAt', 'lt', '-PT2H'],
  ['createdAt', 'gt', '-P7D'],
  ['createdAt', 'lt', 'P1D'],
  ['updatedAt', 'gt', '2026-03-09T00:00:00Z'],
  ['waitingSince', 'empty', undefined],
  ['resolvedAt', 'empty', undefined],
  ['age', 'gt', '1439'],
  ['age', 'lt', '1441'],
  ['waiting', 'empty', undefined],
  ['sla.remaining', 'lt', '121'],
  ['sla.remaining', 'gt', '-60'],
  ['sla.state', 'is', 'running'],
  ['sla.state', 'isNot', 'none'],
  ['actor', 'isNot', 'system'],
  ['calendar', 'is', 'business'],
  ['calendar', 'isNot', 'weekend'],
]
const untruths: typeof truths = [
  ['subject', 'is', 'Impressora'],
  ['subject', 'isNot', 'impressora NÃO imprime'],
  ['subject', 'startsWith', 'nao'],
  ['subject', 'startsWith', ' '],
  ['subject', 'contains', 'impr não'],
  ['subject', 'contains', 'pressora'],
  ['subject', 'contains', '!?'],
  ['subject', 'containsWord', 'impr'],
  ['subject', 'containsWord', 'imprime nao'],
  ['subject', 'containsWord', '!'],
  ['subject', 'matches', '^imprime'],
  ['subject', 'matches', '\\d'],
  ['subject', 'matches', '(broken'],
  ['message', 'matches', '^\\D+$'],
  ['message.attachment', 'is', 'yes'],
  ['priority', 'isNot', 'urgent'],
  ['type', 'is', 'sales'],
  ['agent', 'is', 'me'],
  ['channel', 'isNot', 'phone'],
  ['statusClass', 'notIn', ['new', 'open']],
  ['urgency', 'in', ['low', 'medium']],
  ['category', 'is', 'software'],
  ['category', 'isNot', 'hardware'],
  ['tags', 'in', ['none']],
  ['tags', 'notIn', ['tag-1']],
  ['tags', 'empty', undefined],
  ['customer.openTickets', 'lt', '2'],
  ['customer.openTickets', 'gt', '2'],
  ['createdAt', 'gt', '2026-03-09T00:00:00Z'],
  ['createdAt', 'lt', 'whenever'],
  ['age', 'gt', '1440'],
  ['age', 'gt', 'long'],
  ['sla.remaining', 'lt', '120'],
  ['sla.state', 'is', 'none'],
  ['calendar', 'is', 'weekend'],
  ['calendar', 'isNot', 'business'],
]

describe('a condition', () => {
  test.each(truths)('%s %s %j holds', (...parts) => {
    expect(holds(leaf(...parts))).toBe(true)
  })

  test.each(untruths)('%s %s %j does not hold', (...parts) => {
    expect(holds(leaf(...parts))).toBe(false)
  })

  it('on a category that was made its own ancestor still has an answer', () => {
    const categories = new Map([row('a', 'b'), row('b', 'a')]) as unknown as ConditionNames['categories']
    const tree = leaf('category', 'is', 'c')
    expect(matches(tree, aTicket({ category: 'a' }), { ...names, categories })).toBe(false)
  })

  it('with a span does not hold where the time is not known', () => {
    expect(matches(leaf('createdAt', 'lt', 'P1D'), aTicket(), names)).toBe(false)
    expect(matches(leaf('createdAt', 'lt', '2027-01-01T00:00:00Z'), aTicket(), names)).toBe(true)
  })

  it('that the operator table does not know holds for nothing', () => {
    expect(holds(leaf('channel', 'contains', 'phone'))).toBe(false)
    expect(holds(leaf('age', 'is', '1440'))).toBe(true)
    expect(holds(leaf('tags', 'gt', '1'))).toBe(false)
  })

  it('on calendars does not hold, one way or the other, where nobody knows the hours', () => {
    const { subject } = asked()
    for (const op of ['is', 'isNot'] as const)
      expect(compile(leaf('calendar', op, 'weekend'), names)({ subject, changes: {}, now: NOW })).toBe(false)
  })
})

/** Every field with every operator that rules may use, and a value that fits. */
const everyTest = fieldsFor('rule').flatMap((field) =>
  operatorsFor(field, 'rule').map((op) => {
    const { kind, options } = specOf(field)
    const value = options?.[0] ?? { instant: '-P1D', number: '1', duration: '1' }[kind as 'number'] ?? 'x'
    return [field, op, op === 'in' || op === 'notIn' ? [value] : value] as const
  }),
)
const isMeasured = (field: ConditionField) => ['instant', 'number', 'duration'].includes(specOf(field).kind)
const isNegative = (op: ConditionOperator) => op === 'isNot' || op === 'notIn' || op === 'empty'

describe('what is not set is none of the listed values, and neither more nor less than any', () => {
  test.each(everyTest.filter(([field]) => field !== 'calendar'))('%s %s', (field, op, value) => {
    const condition = { field, op, value: [...[value].flat()] }
    expect(holds(condition, { subject: aTicket({ [field]: null }) })).toBe(isNegative(op))
  })

  test.each<[ConditionOperator, string | string[], boolean]>([
    ['is', 'none', true],
    ['isNot', 'none', false],
    ['in', ['support', 'none'], true],
    ['notIn', ['support', 'none'], false],
  ])('unless that is what is listed: %s %j is %s', (op, value, expected) => {
    expect(holds(leaf('team', op, value))).toBe(expected)
  })

  it('on tags takes none for a name like any other', () => {
    const subject = aTicket({ tags: [] })
    expect(holds(leaf('tags', 'in', ['none']), { subject })).toBe(false)
    expect(holds(leaf('tags', 'notIn', ['none']), { subject })).toBe(true)
    expect(holds(leaf('tags', 'empty'), { subject })).toBe(true)
  })
})

describe('of what is not known, and of what is no such value, nothing holds', () => {
  const fields = everyTest.filter(([field]) => field !== 'calendar')
  test.each(fields)('%s %s', (field, op, value) => {
    const condition = { field, op, value: [...[value].flat()] }
    const unknown = aTicket({ [field]: undefined })
    expect(holds(condition, { subject: unknown })).toBe(false)
    for (const wrong of [{}, true, Number.NaN, isMeasured(field) ? 'text' : 7])
      expect(holds(condition, { subject: { ...unknown, [field]: wrong } as unknown as Subject })).toBe(false)
    expect(holds({ none: [condition] }, { subject: unknown })).toBe(true)
  })
})

describe('a change', () => {
  const moved = (from: unknown, to: unknown, field: ConditionField = 'priority') => ({
    changes: { [field]: { from, to } },
  })

  test.each<[Condition, Partial<Asked>, boolean]>([
    [leaf('priority', 'changed'), {}, false],
    [leaf('priority', 'changed'), moved('normal', 'urgent-id'), true],
    [leaf('priority', 'changed'), moved('urgent-id', 'urgent-id'), false],
    [leaf('priority', 'changedTo', 'urgent'), moved('normal', 'urgent-id'), true],
    [leaf('priority', 'changedTo', ['low', 'urgent']), moved('normal', 'urgent-id'), true],
    [leaf('priority', 'changedTo', 'urgent'), {}, false],
    [leaf('priority', 'changedFrom', 'urgent'), moved('urgent-id', 'normal'), true],
    [leaf('priority', 'changedFrom', 'urgent'), moved('normal', 'urgent-id'), false],
    [leaf('team', 'changedTo', 'none'), moved('n1', null, 'team'), true],
    [leaf('team', 'changedFrom', 'none'), moved(null, 'n1', 'team'), true],
    [leaf('team', 'changedFrom', 'none'), moved('n1', null, 'team'), false],
    [leaf('team', 'changedTo', 'n1'), moved('n2', null, 'team'), false],
    [leaf('category', 'changedTo', 'hardware'), moved('software', 'ink', 'category'), true],
    [leaf('category', 'changedFrom', 'hardware'), moved('ink', null, 'category'), true],
    [leaf('statusClass', 'changedTo', 'resolved'), moved('open', 'resolved', 'statusClass'), true],
    [leaf('tags', 'changed'), moved(['a'], ['a', 'b'], 'tags'), true],
    [leaf('tags', 'changedTo', 'b'), moved(['a'], ['a', 'b'], 'tags'), true],
    [leaf('tags', 'changedTo', 'a'), moved(['a'], ['a', 'b'], 'tags'), false],
    [leaf('tags', 'changedTo', 'tag-1'), moved([], ['Garantia estendida'], 'tags'), true],
    [leaf('tags', 'changedFrom', ['a', 'c']), moved(['a', 'b'], ['b'], 'tags'), true],
    [leaf('subject', 'changed'), moved('a', 'b', 'subject'), true],
    [leaf('dueAt', 'changed'), moved(null, NOW, 'dueAt'), true],
    [leaf('priority', 'changedTo', 'urgent'), moved('normal', 7), false],
    [leaf('tags', 'changedTo', 'a'), moved(null, 'a', 'tags'), false],
  ])('%j of %j: %s', (condition, parts, expected) => {
    expect(holds(condition, parts)).toBe(expected)
  })
})

describe('a group', () => {
  const yes = leaf('agent', 'is', 'ana')
  const no = leaf('agent', 'is', 'bruno')

  test.each<[ConditionTree, boolean]>([
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
    const tree: ConditionTree = { all: [yes, { none: [{ any: [no, leaf('tags', 'empty')] }] }] }
    expect([...fieldsOf(tree)]).toEqual(['agent', 'tags'])
    expect(fieldsOf({ any: [] }).size).toBe(0)
  })

  it('tells of every condition what was held and whether it holds', () => {
    const tree: ConditionTree = {
      all: [
        leaf('priority', 'changedFrom', 'low'),
        { none: [leaf('tags', 'in', ['x']), leaf('sla.remaining', 'lt', '60'), leaf('impact', 'is', 'low')] },
        leaf('calendar', 'is', 'business'),
      ],
    }
    const changes = { priority: { from: 'low', to: 'urgent-id' } }
    expect(explain(tree, asked({ changes }), names)).toEqual([
      { path: 'all.0', field: 'priority', op: 'changedFrom', value: 'low', held: 'low', ok: true },
      { path: 'all.1.none.0', field: 'tags', op: 'in', value: ['x'], held: ['tag-1', 'tag-2'], ok: false },
      { path: 'all.1.none.1', field: 'sla.remaining', op: 'lt', value: '60', held: 120, ok: false },
      { path: 'all.1.none.2', field: 'impact', op: 'is', value: 'low', held: null, ok: false },
      { path: 'all.2', field: 'calendar', op: 'is', value: 'business', held: ['business'], ok: true },
    ])
  })
})

describe('patterns', () => {
  const ask = (pattern: string, message: string) =>
    holds(leaf('message', 'matches', pattern), { subject: aTicket({ message }) })

  test.each([
    ['não', 'isto NAO serve', true],
    ['nao', 'isto NÃO serve', true],
    ['[õé]rea', 'área', false],
    ['[áé]rea', 'ÁREA', true],
    ['^\\D+$', 'sem numero', true],
    ['^\\D+$', 'com 1', false],
    ['\\bcpf\\b.*\\d{3}', 'Meu CPF é 123', true],
    ['a{3}', 'aaa', true],
  ])('%s in %s: %s', (pattern, text, expected) => {
    expect(ask(pattern, text)).toBe(expected)
  })

  test.each(['(a+)+$', '(a|aa)+$', '(.*)*b', '^(a?){30}a{30}$', '([a-z]+)*\\d'])(
    'that would hang other engines end at once: %s',
    (pattern) => {
      const begun = performance.now()
      ask(pattern, `${'a'.repeat(20_000)}!`)
      expect(performance.now() - begun).toBeLessThan(500)
    },
  )

  it('look so far and no further', () => {
    expect(ask('fim', `${'x '.repeat(9_000)}fim`)).toBe(true)
    expect(ask('fim', `${'x '.repeat(500_000)}fim`)).toBe(false)
  })
})

test('1,000 conditions on one ticket are asked within a few milliseconds', () => {
  const message = 'O sistema de notas está parado desde cedo e ninguém consegue emitir pedidos. '.repeat(20)
  const subject = aTicket({ message })
  const rules = Array.from({ length: 200 }, (_, n) =>
    compile(
      {
        any: [
          leaf('message', 'contains', `palavra${n} outra`),
          leaf('message', 'containsWord', [`termo${n}`, `frase ${n} inteira`]),
          leaf('subject', 'startsWith', `x${n}`),
          leaf('priority', 'in', [`p${n}`, 'low']),
          leaf('tags', 'in', [`t${n}`]),
        ],
      },
      names,
    ),
  )
  const run = () => rules.filter((rule) => rule(asked({ subject }))).length
  for (let n = 0; n < 20; n++) run()
  const times = Array.from({ length: 20 }, () => {
    const begun = performance.now()
    run()
    return performance.now() - begun
  }).sort((one, other) => one - other)
  expect(times[10]).toBeLessThan(5)
})
