import { describe, expect, test } from 'vitest'
import { mergeOptions } from '../../../server/catalog/fields.ts'
import { foldName } from '../../../server/catalog/fold-name.ts'

describe('names', () => {
  test.each([
    ['Instalação', 'INSTALACAO'],
    ['  Pós   venda ', 'pos venda'],
    ['Ñandú', 'nandu'],
  ])('%j and %j are the same name', (one, other) => {
    expect(foldName(one)).toBe(foldName(other))
  })
})

describe('the options of a field', () => {
  const before = mergeOptions([], [{ name: 'São Paulo' }, { name: 'Rio de Janeiro' }])

  test('get keys that stay when they are renamed', () => {
    expect(mergeOptions(before, [{ key: 'sao_paulo', name: 'Capital' }])).toEqual([
      { key: 'sao_paulo', name: 'Capital', archived: false },
      { key: 'rio_de_janeiro', name: 'Rio de Janeiro', archived: true },
    ])
  })

  test('come back under their key, whether named by it or by their name', () => {
    const without = mergeOptions(before, [{ key: 'sao_paulo', name: 'São Paulo' }])
    const expected = { key: 'rio_de_janeiro', name: 'Rio de Janeiro', archived: false }
    expect(mergeOptions(without, [{ key: 'rio_de_janeiro', name: 'Rio de Janeiro' }])[0]).toEqual(expected)
    expect(mergeOptions(without, [{ name: 'Rio de Janeiro' }])[0]).toEqual(expected)
  })

  test('whose names have no plain letters get a key all the same', () => {
    expect(mergeOptions([], [{ name: '日本' }, { name: '123' }]).map(({ key }) => key)).toEqual([
      'field',
      'field_2',
    ])
  })
})
