import { describe, expect, it } from 'vitest'
import { MATCH_END, MATCH_START, Snippets } from '../../../server/tickets/snippet.ts'

const shown = (search: string, ...texts: string[]) =>
  new Snippets(search).of(texts).replaceAll(MATCH_START, '[').replaceAll(MATCH_END, ']')

describe('a snippet', () => {
  it.each([
    [
      'marks words with other accents and case',
      'instalacao NAO',
      'A Instalação não terminou',
      'A [Instalação] [não] terminou',
    ],
    [
      'marks accents that stand as signs of their own',
      'acao',
      'Açao e ac\u0327a\u0303o',
      '[Açao] e [ac\u0327a\u0303o]',
    ],
    ['takes such signs in what is searched', 'na\u0303o', 'ainda não', 'ainda [não]'],
    [
      'marks a word by its beginning, not by its middle',
      'press',
      'pressa de imprimir, expresso',
      '[pressa] de imprimir, expresso',
    ],
    ['takes signs of a pattern as nothing', 'a.*b (', 'a e b', '[a] e [b]'],
    ['has nothing to mark without a word', '---', 'um texto', 'um texto'],
  ])('%s', (_, search, text, expected) => {
    expect(shown(search, text)).toBe(expected)
  })

  it('comes from the newest text that has the word', () => {
    expect(shown('toner', 'sem toner', 'trocar toner hoje', 'obrigado')).toBe('trocar [toner] hoje')
  })

  it('shows the words around a find deep in a long text, cut at words', () => {
    const text = `${'começo '.repeat(100)}chegou o toner novo${' fim'.repeat(100)}`
    const snippet = shown('toner', text)
    expect(snippet).toMatch(/^… começo .*chegou o \[toner\] novo fim.* …$/)
    expect(snippet.length).toBeLessThan(200)
  })
})
