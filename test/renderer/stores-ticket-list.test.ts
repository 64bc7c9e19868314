import { expect, test } from 'vitest'
import {
  adopted,
  compared,
  extended,
  type Comparison,
  type ListState,
} from '../../src-renderer/stores/ticket-list.ts'

const list = (ids: string, nextCursor: string | null = 'more'): ListState =>
  adopted({ ids: ids.split(' '), nextCursor })

const now = (state: ListState, window: string, { touched = '', own = '', limit = 50 } = {}): ListState => {
  const set = (ids: string) => new Set(ids.split(' ').filter(Boolean))
  const comparison: Comparison = {
    window: window.split(' ').filter(Boolean),
    limit,
    touched: set(touched),
    own: set(own),
  }
  return compared(state, comparison)
}

test('a new ticket waits to be let in and moves no row', () => {
  const after = now(list('a b c'), 'n a b', { touched: 'n' })
  expect(after.ids).toEqual(['a', 'b', 'c'])
  expect(after.arrivals).toEqual(['n'])
  expect(after.departed).toEqual([])
})

test('rows that were only pushed out of the window have not left', () => {
  expect(now(list('a b c'), 'n m a', { touched: 'n m', limit: 3 }).departed).toEqual([])
})

test('tickets that only moved up into the window are not new', () => {
  const after = now(list('a b c'), 'a c d', { touched: 'b', limit: 3 })
  expect(after.arrivals).toEqual([])
  expect(after.departed).toEqual(['b'])
})

test("a row that left by somebody else's act stays in its place, marked", () => {
  const after = now(list('a b c'), 'a c', { touched: 'b' })
  expect(after.ids).toEqual(['a', 'b', 'c'])
  expect(after.departed).toEqual(['b'])
})

test("a row that left by one's own act goes at once", () => {
  const after = now(list('a b c'), 'a c', { touched: 'b', own: 'b' })
  expect(after.ids).toEqual(['a', 'c'])
  expect(after.departed).toEqual([])
})

test('a row that came back is no longer marked', () => {
  const left = now(list('a b c'), 'a c', { touched: 'b' })
  expect(now(left, 'a b c', { touched: 'b' }).departed).toEqual([])
})

test('an arrival that left again before it was let in is forgotten', () => {
  const arrived = now(list('a b'), 'n a b', { touched: 'n' })
  expect(now(arrived, 'a b', { touched: 'n' }).arrivals).toEqual([])
})

test('rows deeper than the server was asked for are left alone', () => {
  const after = now(list('a b c d'), 'a b', { touched: 'd', own: 'd', limit: 2 })
  expect(after.ids).toEqual(['a', 'b', 'c', 'd'])
  expect(after.departed).toEqual([])
})

test('a list that became empty says of every touched row that it left', () => {
  expect(now(list('a b'), '', { touched: 'a b' }).departed).toEqual(['a', 'b'])
})

test('the next page comes at the end, without tickets that are already shown', () => {
  const after = extended(now(list('a b'), 'n a b', { touched: 'n' }), {
    ids: ['b', 'c', 'n'],
    nextCursor: null,
  })
  expect(after.ids).toEqual(['a', 'b', 'c', 'n'])
  expect(after.arrivals).toEqual([])
  expect(after.nextCursor).toBeNull()
})
