import { expect, it } from 'vitest'
import { dialUrl, phoneOptionsInput } from '../../../server/phone/contract.ts'
import { TokenBuckets } from '../../../server/phone/token-bucket.ts'

const { dialUrl: schema } = phoneOptionsInput.shape
const reasonFor = (template: string) => schema.safeParse(template).error?.issues[0]?.message

it.each([
  ['tel:{e164}', 'tel:+5511987654321'],
  ['callto:{number}', 'callto:5511987654321'],
  ['sip:{e164}@pbx.local', 'sip:+5511987654321@pbx.local'],
  [
    'https://pbx.local/dial?to={e164}&from={extension}',
    'https://pbx.local/dial?to=%2B5511987654321&from=201',
  ],
])('%s dials %s', (template, url) => {
  expect(schema.safeParse(template).success).toBe(true)
  expect(dialUrl(template, { number: '+55 11 98765-4321', e164: '+5511987654321', extension: '201' })).toBe(
    url,
  )
})

it('without a number or an extension that the address asks for there is nothing to dial', () => {
  const template = 'https://pbx/dial?to={number}&from={extension}'
  expect(dialUrl(template, { number: '201', e164: null, extension: null })).toBeNull()
  expect(dialUrl(template, { number: 'oculto', e164: null, extension: '201' })).toBeNull()
  expect(dialUrl('tel:{e164}', { number: '0800 591', e164: null, extension: null })).toBe('tel:0800591')
})

it.each([
  ['tel:{ramal}', 'phone.dial_without_number'],
  ['tel:{number}{ramal}', 'phone.dial_placeholder_unknown'],
  ['tel:{number', 'phone.dial_without_number'],
  ['tel:{number}{', 'phone.dial_placeholder_unknown'],
  ['javascript:alert({number})', 'phone.dial_unsafe'],
  ['data:text/html,{number}', 'phone.dial_unsafe'],
  ['file:///{number}', 'phone.dial_unsafe'],
  ['{number}', 'phone.dial_unsafe'],
  ['https://{number}/dial', 'phone.dial_unsafe'],
  ['https://user:pass@pbx/{number}', 'phone.dial_unsafe'],
])('%s is refused', (template, reason) => {
  expect(reasonFor(template)).toBe(reason)
})

it('a bucket gives what it holds at once, and fills up again', () => {
  const buckets = new TokenBuckets(3, 1)
  expect([1, 2, 3, 4].map(() => buckets.take('a', 0))).toEqual([true, true, true, false])
  expect(buckets.take('b', 0)).toBe(true)
  expect(buckets.take('a', 999)).toBe(false)
  expect([1, 2].map(() => buckets.take('a', 1_000))).toEqual([true, false])
  expect(buckets.take('a', -5_000)).toBe(false)
})
