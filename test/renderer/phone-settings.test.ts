import { describe, expect, it } from 'vitest'
import type { PhoneOptions } from '../../server/phone/contract.ts'
import { EXAMPLES, exampleText, hookUrl } from '../../src-renderer/features/settings/phone/examples.ts'
import {
  optionProblems,
  toOptions,
  toOptionsDraft,
} from '../../src-renderer/features/settings/phone/options-draft.ts'

const TEAM = '01961234-0000-7000-8000-000000000001'
const options: PhoneOptions = {
  areaCode: '11',
  dialUrl: 'tel:{e164}',
  unclaimed: { show: true, teamId: null },
  missed: { choice: 'ticket', teamId: TEAM, waitMinutes: 2, windowMinutes: 120 },
  wrapUp: { required: false, seconds: 60 },
}

describe('the examples for exchanges', () => {
  const place = { url: hookUrl('https://desk.local:7420/'), key: 'k-123', blank: 'CHAVE' }

  it.each(EXAMPLES)(
    '%s has the server’s address and the key, and the key never in the address',
    (example) => {
      const text = exampleText(example, place)
      expect(text).toContain('https://desk.local:7420/hooks/phone')
      expect(text).toMatch(/X-Balcao-Key(: |" Type="String">)k-123/)
      expect(text).not.toMatch(/hooks\/phone\?/)
    },
  )

  it.each(EXAMPLES)('%s says where the key goes when it is not known any more', (example) => {
    expect(exampleText(example, { ...place, key: null })).toContain('CHAVE')
  })

  it('switch the check of a certificate off only where there is one', () => {
    const plain = { ...place, url: hookUrl('http://10.0.0.5:7420') }
    expect(exampleText('curl', place)).toContain('--insecure')
    expect(EXAMPLES.map((each) => exampleText(each, plain)).join()).not.toMatch(/--insecure|verifypeer/)
  })
})

describe('the form of the options', () => {
  it.each([
    options,
    { ...options, unclaimed: { show: true, teamId: TEAM } },
    { ...options, unclaimed: { show: false, teamId: null }, areaCode: null, dialUrl: null },
  ])('gives back what it was given', (given) => {
    expect(toOptions(toOptionsDraft(given))).toEqual(given)
  })

  it('names each field that the server would refuse, with its reason where it has one', () => {
    const draft = {
      ...toOptionsDraft(options),
      areaCode: '01',
      waitMinutes: 'dois',
      dialUrl: 'javascript:{number}',
    }
    expect(Object.fromEntries(optionProblems(toOptions(draft)))).toEqual({
      areaCode: 'phone.area_code_invalid',
      dialUrl: 'phone.dial_unsafe',
      'missed.waitMinutes': '',
    })
    expect(optionProblems(options).size).toBe(0)
  })
})
