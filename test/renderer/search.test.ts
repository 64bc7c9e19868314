import { expect, test } from 'vitest'
import { isProtocolOf } from '../../src-renderer/features/search/protocol.ts'
import { withRecent } from '../../src-renderer/features/search/recent.ts'
import { plainSnippet, snippetParts } from '../../src-renderer/features/search/snippet.ts'

test('a snippet of the server is shown in parts, its matches apart', () => {
  const snippet = 'A \u{E000}Impressora\u{E001} <b>fiscal</b> parou'
  expect(snippetParts(snippet)).toEqual([
    { text: 'A ', isMatch: false },
    { text: 'Impressora', isMatch: true },
    { text: ' <b>fiscal</b> parou', isMatch: false },
  ])
  expect(plainSnippet(snippet)).toBe('A Impressora <b>fiscal</b> parou')
})

test('a snippet without a match, or with half a mark, is plain text', () => {
  expect(snippetParts('nada')).toEqual([{ text: 'nada', isMatch: false }])
  expect(snippetParts('')).toEqual([])
  expect(snippetParts('\u{E000}começo')).toEqual([{ text: '\u{E000}começo', isMatch: false }])
})

test('a protocol is named whole or by its digits after the year', () => {
  expect(isProtocolOf('2026-000123', '2026-000123')).toBe(true)
  expect(isProtocolOf(' 000123 ', '2026-000123')).toBe(true)
  expect(isProtocolOf('123', '2026-000123')).toBe(true)
  expect(isProtocolOf('2025-000123', '2026-000123')).toBe(false)
  expect(isProtocolOf('1234', '2026-000123')).toBe(false)
  expect(isProtocolOf('12', '2026-000012')).toBe(false)
})

test('the newest search comes first, and the same words are kept once', () => {
  expect(withRecent(['boleto', 'José'], ' jose ')).toEqual(['jose', 'boleto'])
  expect(withRecent(['boleto'], 'x')).toEqual(['boleto'])
  const many = Array.from({ length: 8 }, (_, index) => `busca ${index}`)
  expect(withRecent(many, 'outra')).toEqual(['outra', ...many.slice(0, 7)])
})
