import { describe, expect, test } from 'vitest'
import { activeClasses, ticketFilterSchema, type TicketFilter } from '../../server/tickets/filter.contract.ts'
import { newCondition } from '../../src-renderer/conditions/condition-draft.ts'
import { formatInstant, parseInstant } from '../../src-renderer/conditions/instant-value.ts'
import { conditionCount, toDraft, toFilter } from '../../src-renderer/features/queue/filter-draft.ts'
import { parseQueueKey, planOf, samePlan, standardQueues } from '../../src-renderer/features/queue/queues.ts'

const views = [
  {
    id: 'v1',
    name: 'VIP sem resposta',
    shared: true,
    position: 0,
    filter: { where: { field: 'waitingSince', op: 'notEmpty' } } as TicketFilter,
    sort: { by: 'priority', dir: 'desc' } as const,
  },
]

describe('queues', () => {
  test.each(standardQueues)('the queue %s asks for what the server takes', (queue) => {
    expect(ticketFilterSchema.safeParse(planOf(queue, [])?.filter).success).toBe(true)
  })

  test('a queue of open tickets asks for the active classes in the way the indexes are made for', () => {
    expect(planOf('mine', [])?.filter).toEqual({ agentIds: ['me'], statusClass: [...activeClasses] })
    expect(planOf('team-t1', [])?.filter).toEqual({ teamIds: ['t1'], statusClass: [...activeClasses] })
  })

  test('a saved view brings its own filter and order, and a lost one is nothing', () => {
    expect(planOf('view-v1', views)).toMatchObject({ sort: { by: 'priority' } })
    expect(planOf('view-gone', views)).toBeNull()
  })

  test('an address that names no queue is not taken for one', () => {
    expect(parseQueueKey('unassigned')).toBe('unassigned')
    expect(parseQueueKey('team-t1')).toBe('team-t1')
    expect(parseQueueKey('team-')).toBeNull()
    expect(parseQueueKey('constructor')).toBeNull()
  })

  test('a filter that was opened and applied unchanged is no change', () => {
    for (const queue of standardQueues) {
      const plan = planOf(queue, [])
      if (!plan) throw new Error(queue)
      const again = { ...plan, filter: toFilter(toDraft(plan.filter)) }
      const opened = { ...plan, filter: toFilter(toDraft(again.filter)) }
      expect(samePlan(again, opened)).toBe(true)
    }
  })
})

describe('the filter editor', () => {
  test('shorthands become conditions, and conditions that fit become shorthands again', () => {
    const filter: TicketFilter = {
      statusClass: ['new', 'open'],
      agentIds: ['none'],
      tags: ['garantia'],
      text: 'toner',
    }
    const draft = toDraft(filter)
    expect(draft).toMatchObject({ tree: { all: [{}, {}, {}] }, text: 'toner' })
    expect(toFilter(draft)).toEqual(filter)
  })

  test('two conditions on one field both count', () => {
    const filter: TicketFilter = {
      tags: ['garantia'],
      where: { all: [{ field: 'tags', op: 'in', value: ['locação'] }] },
    }
    expect(toFilter(toDraft(filter))).toEqual(filter)
  })

  test.each<TicketFilter>([
    {
      where: {
        any: [
          { field: 'priority', op: 'in', value: ['urgent'] },
          { field: 'waitingSince', op: 'notEmpty' },
        ],
      },
    },
    { where: { none: [{ field: 'status', op: 'is', value: 'hold' }] } },
    {
      statusClass: ['open'],
      where: { all: [{ none: [{ field: 'status', op: 'is', value: 'hold' }] }] },
    },
    { where: { all: [{ any: [{ none: [{ field: 'team', op: 'empty' }] }] }] } },
  ])('groups are opened and applied as they are: %j', (filter) => {
    expect(toFilter(toDraft(filter))).toEqual(filter)
  })

  test('unfinished conditions do not count, nor do groups of nothing else', () => {
    const unfinished = newCondition('agent', 'view')
    expect(toFilter({ tree: { all: [unfinished, { any: [unfinished] }, { none: [] }] }, text: ' ' })).toEqual(
      {},
    )
    const tree = { any: [unfinished, { field: 'team' as const, op: 'empty' as const }] }
    expect(toFilter({ tree, text: '' })).toEqual({ where: { any: [{ field: 'team', op: 'empty' }] } })
  })

  test('the mark on the button counts what holds tickets back', () => {
    expect(conditionCount({})).toBe(0)
    expect(conditionCount({ statusClass: ['open'], text: 'nota' })).toBe(2)
    expect(conditionCount({ where: { none: [{ any: [{ field: 'team', op: 'empty' }] }] } })).toBe(1)
  })
})

describe('instants in filters', () => {
  test.each(['-P7D', 'P1D', '-PT12H'])('%s is read and written alike', (text) => {
    expect(formatInstant(parseInstant(text))).toBe(text)
  })

  test('a date is the beginning of that day here', () => {
    const written = formatInstant({ kind: 'date', date: '2026-11-21' })
    expect(new Date(written).getHours()).toBe(0)
    expect(parseInstant(written)).toEqual({ kind: 'date', date: '2026-11-21' })
  })

  test('nonsense becomes the smallest span, a half-typed date nothing', () => {
    expect(formatInstant({ kind: 'daysAgo', amount: Number.NaN })).toBe('-P1D')
    expect(formatInstant({ kind: 'date', date: '' })).toBe('')
  })
})
