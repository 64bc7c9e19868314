import { expect, test } from 'vitest'
import { parseLink } from '../../../src-main/links/parse.ts'
import { createPhoneLinks } from '../../../src-main/links/phone-links.ts'
import type { DesktopPorts } from '../../../src-main/ports.ts'

test.each([
  ['tel:+55-11-98765-4321', '+55-11-98765-4321'],
  ['tel:+5511987654321;ext=12', '+5511987654321'],
  ['TEL:(11)%2098765-4321', '(11) 98765-4321'],
  ['callto:33334444', '33334444'],
  ['callto://+551133334444?call', '+551133334444'],
])('%s is a call', (url, phone) => {
  expect(parseLink(url)).toEqual({ kind: 'call', phone })
})

test.each([
  ['a service code of a telephone', 'tel:*%2306%23'],
  ['a name instead of a number', 'callto:jose.padaria'],
  ['markup', 'tel:%3Cscript%3E'],
  ['nothing', 'tel:'],
  ['broken escapes', 'tel:1133%E0%A4%A'],
])('%s is not understood', (_what, url) => {
  expect(parseLink(url)).toBeNull()
})

function phoneLinks({ isInstalled = true, refused = [] as string[] } = {}) {
  const claimed = new Set<string>()
  const links = {
    claim: (scheme: string) => !refused.includes(scheme) && Boolean(claimed.add(scheme)),
    release: (scheme: string) => claimed.delete(scheme),
    isClaimed: (scheme: string) => claimed.has(scheme),
  }
  const ports = { env: { isInstalled }, links, log: () => undefined } as unknown as DesktopPorts
  return { claimed, ours: createPhoneLinks(ports) }
}

test('telephone links are taken and given back, both kinds', () => {
  const { claimed, ours } = phoneLinks()
  expect(ours.areOurs()).toBe(false)
  ours.take(true)
  expect([...claimed]).toEqual(['tel', 'callto'])
  expect(ours.areOurs()).toBe(true)
  ours.take(false)
  expect(ours.areOurs()).toBe(false)
})

test('what the system refuses is not claimed to be had', () => {
  const { ours } = phoneLinks({ refused: ['tel', 'callto'] })
  ours.take(true)
  expect(ours.areOurs()).toBe(false)
})

test('from its source folder the program takes nothing, and says that it can’t', () => {
  const { claimed, ours } = phoneLinks({ isInstalled: false })
  ours.take(true)
  expect([...claimed]).toEqual([])
  expect(ours.areOurs()).toBeNull()
})
