import { describe, expect, test } from 'vitest'
import { dialAddress } from '../../src-renderer/features/phone/dial.ts'

const phone = '+5511987654321'
const from = (dialUrl: string | null) => ({
  options: { dialUrl },
  extensions: [
    { agentId: 'bruno', extension: '202' },
    { agentId: 'ana', extension: '201' },
  ],
  agentId: 'ana',
})

describe('a click on a number', () => {
  test('goes where the office dials, with the extension of who clicks', () => {
    expect(dialAddress(phone, from('https://pbx.example/dial?to={e164}&from={extension}'))).toBe(
      'https://pbx.example/dial?to=%2B5511987654321&from=201',
    )
  })

  test('asks the system while it is not known what the office wants', () => {
    expect(dialAddress(phone, { options: undefined, extensions: [], agentId: undefined })).toBe(
      'tel:+5511987654321',
    )
  })

  test('does not exist where the office wants none, or whoever looks has no extension to dial from', () => {
    expect(dialAddress(phone, from(null))).toBeNull()
    expect(dialAddress(phone, { ...from('sip:{number}-{extension}'), agentId: 'carla' })).toBeNull()
  })
})
