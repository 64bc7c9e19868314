import { expect, test } from 'vitest'
import { pathOf } from '../../../src-main/links/open.ts'
import { parseLink } from '../../../src-main/links/parse.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'

test.each([
  [`balcao://ticket/${id}`, { kind: 'ticket', id }],
  [`balcao://ticket/${id.toUpperCase()}`, { kind: 'ticket', id }],
  ['balcao://ticket/2026-000123', { kind: 'ticketNumber', number: '2026-000123' }],
  // Some systems add a slash.
  ['balcao://ticket/2026-000123/', { kind: 'ticketNumber', number: '2026-000123' }],
  ['BALCAO://alerts', { kind: 'alerts' }],
  ['balcao://alerts/', { kind: 'alerts' }],
  ['balcao://call', { kind: 'call', phone: null }],
  ['balcao://call?phone=%2B55%2011%2098765-4321', { kind: 'call', phone: '+55 11 98765-4321' }],
  ['balcao://call/?phone=1132654321', { kind: 'call', phone: '1132654321' }],
  ['balcao://queue', { kind: 'queue', queue: null }],
  ['balcao://queue/unassigned', { kind: 'queue', queue: 'unassigned' }],
])('%s is understood', (url, target) => {
  expect(parseLink(url)).toEqual(target)
})

test.each([
  ['another scheme', 'https://ticket/2026-000123'],
  ['an unknown place', 'balcao://settings/people'],
  ['a ticket of no kind', 'balcao://ticket/../../settings'],
  ['a ticket that is nothing', 'balcao://ticket'],
  ['a path that goes on', 'balcao://ticket/2026-000123/delete'],
  ['a path that climbs', 'balcao://queue/%2e%2e%2fsettings'],
  ['markup in a number', 'balcao://call?phone=%3Cscript%3E'],
  ['a service code of a telephone', 'balcao://call?phone=*%2306%23'],
  ['further parameters', 'balcao://call?phone=1132654321&act=save'],
  ['parameters where none belong', 'balcao://alerts?acknowledge=all'],
  ['a user', 'balcao://admin@ticket/2026-000123'],
  ['a port', 'balcao://ticket:80/2026-000123'],
  ['a fragment', 'balcao://alerts#x'],
  ['broken escapes', 'balcao://queue/%E0%A4%A'],
  ['no address at all', '--balcao'],
  ['a length that no address of ours has', `balcao://queue/${'a'.repeat(400)}`],
])('%s is not understood', (_what, url) => {
  expect(parseLink(url)).toBeNull()
})

test('each target has its place in the page', () => {
  expect(pathOf({ kind: 'ticket', id })).toBe(`/ticket/${id}`)
  expect(pathOf({ kind: 'ticketNumber', number: '2026-000123' })).toBe('/ticket/number/2026-000123')
  expect(pathOf({ kind: 'alerts' })).toBe('/alerts')
  expect(pathOf({ kind: 'queue', queue: null })).toBe('/queue')
  expect(pathOf({ kind: 'queue', queue: 'mine' })).toBe('/queue/mine')
})
