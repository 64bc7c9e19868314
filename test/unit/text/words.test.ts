import { describe, expect, it } from 'vitest'
import { threads } from '../../../server/demo/threads/index.ts'
import { RecentTickets } from '../../../server/floods/recent-tickets.ts'
import { jaccard, significantWords, SIMILAR } from '../../../server/text/words.ts'

const alike = (a: string, b: string) => jaccard(significantWords(a), significantWords(b))

describe('what a ticket is about', () => {
  it('is told by its words without grammar, greetings, accents and case', () => {
    expect([...significantWords('Olá, bom dia! A Emissão da nota não está funcionando, obrigada.')]).toEqual([
      'emissao',
      'nota',
      'funcionando',
    ])
    expect([...significantWords('Hello, please help: the invoices are missing. Thanks!')]).toEqual([
      'invoice',
      'missing',
    ])
    expect([...significantWords('Buenos días, no puedo abrir el sistema. Gracias')]).toEqual([
      'abrir',
      'sistema',
    ])
  })

  it('takes all numbers for the same, and one thing for many', () => {
    expect(significantWords('erro550 nos boletos')).toEqual(significantWords('erro551 no boleto'))
  })

  it('is nothing in a text without words', () => {
    expect(significantWords('?!  123 — ok').size).toBe(0)
    expect(alike('', '')).toBe(0)
  })
})

describe('tickets of one cause', () => {
  it('have much of their words in common', () => {
    expect(
      alike('Sistema fora do ar. Não consigo acessar o sistema', 'Sistema fora do ar desde cedo'),
    ).toBeGreaterThanOrEqual(SIMILAR)
    expect(alike('Internet caiu na loja', 'A internet da loja caiu de novo')).toBeGreaterThanOrEqual(SIMILAR)
  })

  it('are no two matters of an ordinary office', () => {
    const texts = threads.map(({ subject, text }) => `${subject}\n${text}`)
    const pairs = texts.flatMap((a, i) => texts.slice(i + 1).map((b) => alike(a, b)))
    expect(pairs.length).toBeGreaterThan(100)
    expect(Math.max(...pairs)).toBeLessThan(SIMILAR)
  })

  it('are found among those of the last while only', () => {
    const recent = new RecentTickets(1_000)
    const words = significantWords('internet caiu')
    recent.add({ id: 'a', requesterId: 'x', at: 0, words })
    recent.add({ id: 'b', requesterId: 'y', at: 900, words })
    expect(recent.similar(words, 0, 0.5).map(({ id }) => id)).toEqual(['b', 'a'])
    expect(recent.similar(words, 500, 0.5).map(({ id }) => id)).toEqual(['b'])
    recent.add({ id: 'c', requesterId: 'z', at: 1_500, words })
    expect(recent.similar(words, 0, 0.5).map(({ id }) => id)).toEqual(['c', 'b'])
  })

  it('are compared with the latest few only, so that a flood costs no more than a trickle', () => {
    const recent = new RecentTickets(1_000)
    const words = significantWords('internet caiu')
    for (let i = 0; i < 1_000; i += 1) recent.add({ id: `${i}`, requesterId: 'x', at: i, words })
    const found = recent.similar(words, 0, SIMILAR).map(({ id }) => Number(id))
    expect(found.length).toBeLessThan(50)
    expect(Math.max(...found)).toBe(999)
  })

  it('never grow beyond what is kept', () => {
    const recent = new RecentTickets(Number.MAX_SAFE_INTEGER)
    for (let i = 0; i < 3_500; i += 1)
      recent.add({
        id: `${i}`,
        requesterId: 'x',
        at: i,
        words: significantWords(`internet caiu loja${i % 7}`),
      })
    expect(recent.size).toBeLessThanOrEqual(3_000)
  })
})
