import { describe, expect, test } from 'vitest'
import { activeClasses, ticketFilterSchema, type TicketFilter } from '../../server/tickets/filter.contract.ts'
import {
  conditionCount,
  isComplete,
  newLine,
  operatorsFor,
  toDraft,
  toFilter,
  withOperator,
} from '../../src-renderer/features/queue/filter-draft.ts'
import { formatInstant, parseInstant } from '../../src-renderer/features/queue/instant-value.ts'
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
  test('shorthands become lines, and lines that fit become shorthands again', () => {
    const filter: TicketFilter = {
      statusClass: ['new', 'open'],
      agentIds: ['none'],
      tags: ['garantia'],
      text: 'toner',
    }
    const draft = toDraft(filter)
    expect(draft).toMatchObject({ match: 'all', text: 'toner' })
    expect(draft.lines).toHaveLength(3)
    expect(toFilter(draft)).toEqual(filter)
  })

  test('two lines about one field both count', () => {
    const filter: TicketFilter = {
      tags: ['garantia'],
      where: { all: [{ field: 'tags', op: 'in', value: ['locação'] }] },
    }
    expect(toFilter(toDraft(filter))).toEqual(filter)
  })

  test('"any" keeps its lines together', () => {
    const filter: TicketFilter = {
      where: {
        any: [
          { field: 'priority', op: 'in', value: ['urgent'] },
          { field: 'waitingSince', op: 'notEmpty' },
        ],
      },
    }
    const draft = toDraft(filter)
    expect(draft.match).toBe('any')
    expect(toFilter(draft)).toEqual(filter)
  })

  test('a tree that the editor cannot show is kept as it is', () => {
    const where = { none: [{ field: 'status' as const, op: 'is' as const, value: 'hold' }] }
    const draft = toDraft({ where, statusClass: ['open'] })
    expect(draft.lines.at(-1)).toEqual({ kind: 'group', tree: where })
    expect(toFilter(draft)).toEqual({ statusClass: ['open'], where: { all: [where] } })
  })

  test('unfinished lines do not count', () => {
    const line = newLine('agent')
    expect(isComplete(line)).toBe(false)
    expect(toFilter({ match: 'all', lines: [line], text: ' ' })).toEqual({})
  })

  test('another operator keeps what was chosen as far as it fits', () => {
    const several = { kind: 'condition', field: 'team', op: 'in', value: ['a', 'b'] } as const
    expect(withOperator({ ...several, value: [...several.value] }, 'is')).toMatchObject({
      op: 'is',
      value: 'a',
    })
    expect(withOperator({ ...several, value: 'a', op: 'is' }, 'notIn')).toMatchObject({ value: ['a'] })
    expect(withOperator({ ...several, value: ['a'] }, 'empty')).toMatchObject({ value: undefined })
  })

  test('every new line becomes a condition that the server takes once it is filled', () => {
    for (const field of ['subject', 'status', 'tags', 'dueAt', 'channel'] as const) {
      const line = newLine(field)
      if (line.kind !== 'condition') throw new Error('a new line is a condition')
      const value = Array.isArray(line.value)
        ? [field === 'channel' ? 'phone' : 'x']
        : field === 'dueAt'
          ? '-P1D'
          : 'x'
      const filter = toFilter({ match: 'any', lines: [{ ...line, value }], text: '' })
      expect(ticketFilterSchema.safeParse(filter).success, field).toBe(true)
      expect(operatorsFor(field)).toContain(line.op)
    }
  })

  test('the mark on the button counts what holds tickets back', () => {
    expect(conditionCount({})).toBe(0)
    expect(conditionCount({ statusClass: ['open'], text: 'nota' })).toBe(2)
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
