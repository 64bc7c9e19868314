import { expect, test } from 'vitest'
import { matchOptions } from '../../src-renderer/ui/options.ts'

const options = [
  { value: '1', label: 'Renata Conceição', hint: 'Suporte' },
  { value: '2', label: 'Conceição Maia', hint: 'Vendas' },
  { value: '3', label: 'Bruno Sá', hint: 'Suporte' },
]
const found = (query: string) => matchOptions(options, query).map(({ value }) => value)

test('accents and case make no difference', () => {
  expect(found('SA')).toEqual(['3'])
  expect(found('conceicao maia')).toEqual(['2'])
})

test('what begins with the words comes first', () => {
  expect(found('conc')).toEqual(['2', '1'])
})

test('every word must be there, in the label or beside it', () => {
  expect(found('suporte bruno')).toEqual(['3'])
  expect(found('suporte maia')).toEqual([])
})

test('without words everything is offered in its own order', () => {
  expect(found('  ')).toEqual(['1', '2', '3'])
})
