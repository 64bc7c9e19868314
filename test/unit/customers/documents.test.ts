import { describe, expect, it } from 'vitest'
import { formatDocument, maskDocument, parseDocument } from '../../../server/customers/documents.ts'

describe('a CPF or CNPJ', () => {
  it.each([
    ['529.982.247-25', '52998224725'],
    ['52998224725', '52998224725'],
    ['11.222.333/0001-81', '11222333000181'],
    ['12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['12.abc.345/01de-35', '12ABC34501DE35'],
  ])('written %j is %s', (text, value) => {
    expect(parseDocument(text)).toBe(value)
  })

  it.each(['529.982.247-26', '111.111.111-11', '11.222.333/0001-82', '12.ABC.345/01DE-36', '123', 'José'])(
    'is refused when its check digits are wrong: %j',
    (text) => {
      expect(parseDocument(text)).toBeNull()
    },
  )

  it('is shown whole with its punctuation', () => {
    expect(formatDocument('52998224725')).toBe('529.982.247-25')
    expect(formatDocument('12ABC34501DE35')).toBe('12.ABC.345/01DE-35')
  })

  it('is masked so that it can be recognised but not used', () => {
    expect(maskDocument('52998224725')).toBe('***.982.247-**')
    expect(maskDocument('11222333000181')).toBe('**.222.333/0001-**')
  })
})
