import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../server/customers/query.ts'

describe('what somebody types to find a customer', () => {
  it.each([
    ['josé da sil', ['josé', 'da', 'sil'], null],
    ['ana.souza@ipe', ['ana', 'souza', 'ipe'], null],
    ['(11) 98765', ['11', '98765'], '1198765'],
    ['0800 722', ['0800', '722'], '800722'],
    ['982.247-2', ['982', '247'], '9822472'],
    ['12.ABC.345', ['12', 'ABC', '345'], '12ABC345'],
    ['11', ['11'], null],
    ['j', [], null],
    ['!?', [], null],
  ])('%j is the words %j and the number part %j', (text, words, part) => {
    expect(parseQuery(text)).toMatchObject({ words, part })
  })
})
