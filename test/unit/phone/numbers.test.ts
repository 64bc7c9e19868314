import { describe, expect, it } from 'vitest'
import { cleanNumber, shownNumber } from '../../../server/phone/numbers.ts'

const MOBILE = '+5511987654321'

describe('a number is the same however the exchange writes it', () => {
  it.each([
    '11987654321',
    '(11) 98765-4321',
    '011 98765-4321',
    '0 15 11 98765 4321',
    '5511987654321',
    '005511987654321',
    '+55 (0)11 98765-4321',
    'tel:+55-11-98765-4321;ext=12',
    'sip:+5511987654321@10.0.0.1;user=phone',
    '"Maria" <sip:11987654321@pbx>',
    '11987654321/201',
    'SIP/trunk-0000/11987654321',
    '11/98765-4321',
    '11987654321 ramal 12',
    '9015 11 98765 4321',
    '%2B5511987654321',
  ])('%s', (given) => {
    expect(cleanNumber(given, null)).toMatchObject({ e164: MOBILE, key: MOBILE })
  })

  it.each(['98765-4321', '0 98765-4321', '98765-4321/201', '9090 98765 4321'])(
    '%s, with the office’s area code',
    (given) => {
      expect(cleanNumber(given, '11').e164).toBe(MOBILE)
      expect(cleanNumber(given, null).e164).toBeNull()
    },
  )

  it('with its ninth digit or without, as old exchanges leave it out', () => {
    expect(cleanNumber('1187654321', null)).toMatchObject({ e164: '+551187654321', key: MOBILE })
    expect(cleanNumber('1134567890', null)).toMatchObject({ key: '+551134567890' })
  })
})

it.each([
  ['0800 591 2117', '+558005912117'],
  ['0300 123 4567', '+553001234567'],
  ['+1 212 555 0123', '+12125550123'],
  ['00 351 21 123 4567', '+351211234567'],
  ['0021 1 212 555 0123', '+12125550123'],
])('%s is no number of ours with an area code', (given, e164) => {
  expect(cleanNumber(given, '11').e164).toBe(e164)
})

it.each([
  '',
  '   ',
  'anonymous',
  'Anônimo',
  'sip:anonymous@anonymous.invalid',
  'unknown',
  'RESTRICTED',
  'private',
  '-1',
  '0',
  '<unknown>',
  // Anônimo in Latin-1, read as UTF-8.
  'An\ufffdnimo',
  'Número privado',
])('“%s” is a withheld number', (given) => {
  expect(cleanNumber(given, '11')).toEqual({ given: '', e164: null, key: '' })
})

it.each([
  ['201', '201'],
  ['*97', '97'],
  ['190', '190'],
  ['SIP/201-0000001a', '201'],
])('%s is a phone of the house or a service, and nobody’s number', (given, key) => {
  expect(cleanNumber(given, '11')).toMatchObject({ e164: null, key })
})

it.each(['14155552671', '1 415 555 2671', '119876543', '0 0119-8765'])(
  '%s is no Brazilian number: mobiles begin with 9, others with 2 to 8',
  (given) => {
    expect(cleanNumber(given, '11')).toMatchObject({ given, e164: null })
  },
)

it('what is no number is shown as it came', () => {
  const number = cleanNumber('recepcao', '11')
  expect(number).toEqual({ given: 'recepcao', e164: null, key: 'recepcao' })
  expect(shownNumber(number)).toBe('recepcao')
  expect(shownNumber(cleanNumber('11987654321', null))).toBe('+55 11 98765 4321')
})
