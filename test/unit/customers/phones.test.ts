import { describe, expect, it } from 'vitest'
import { formatPhone, phoneTwins, toE164 } from '../../../server/customers/phones.ts'

describe('a phone number', () => {
  it.each([
    ['(11) 98765-4321', '+5511987654321'],
    ['11987654321', '+5511987654321'],
    ['011 98765-4321', '+5511987654321'],
    ['0 15 11 98765-4321', '+5511987654321'],
    ['+55 11 98765-4321', '+5511987654321'],
    ['(11) 3456-7890', '+551134567890'],
    ['11 8765-4321', '+551187654321'],
    ['0800 722 1234', '+558007221234'],
    ['+1 (212) 555-0123', '+12125550123'],
    ['+351 912 345 678', '+351912345678'],
  ])('written %j is %s', (text, e164) => {
    expect(toE164(text)).toBe(e164)
  })

  it.each(['', 'ramal', '12', '98765-43210987654321', 'José'])('is none in %j', (text) => {
    expect(toE164(text)).toBeNull()
  })

  it('of a Brazilian mobile has a twin with or without the ninth digit', () => {
    expect(phoneTwins('+5511987654321')).toEqual(['+5511987654321', '+551187654321'])
    expect(phoneTwins('+551187654321')).toEqual(['+551187654321', '+5511987654321'])
  })

  it('of a landline or from abroad has no twin', () => {
    expect(phoneTwins('+551134567890')).toEqual(['+551134567890'])
    expect(phoneTwins('+12125550123')).toEqual(['+12125550123'])
  })

  it('is shown as people read it', () => {
    expect(formatPhone('+5511987654321')).toBe('+55 11 98765 4321')
  })
})
