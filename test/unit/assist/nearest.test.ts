import { describe, expect, it } from 'vitest'
import { candidates, FINDS_PER_WORD, sharedWords, similarity, weigh } from '../../../server/assist/nearest.ts'

const finds = (...seqs: number[]) => seqs.map((seq) => ({ seq }))
const words = (text: string) => new Set(text.split(' '))

describe('what a word weighs', () => {
  it('is more the rarer it is', () => {
    const weights = weigh(
      new Map([
        ['rara', finds(7)],
        ['comum', finds(9, 8, 7, 6, 5)],
      ]),
      100,
    )
    expect(weights.get('rara')).toBeGreaterThan(weights.get('comum') ?? Infinity)
  })

  it('is next to nothing for a word that every ticket has', () => {
    const all = Array.from({ length: 100 }, (_, index) => ({ seq: 100 - index }))
    expect(weigh(new Map([['sempre', all]]), 100).get('sempre')).toBeLessThan(0.01)
  })

  it('is the average for a word that never came up, lest it outweigh all that can be compared', () => {
    const weights = weigh(
      new Map([
        ['rara', finds(7)],
        ['comum', finds(9, 8, 7)],
        ['nova', []],
      ]),
      100,
    )
    const [rare = 0, common = 0] = [weights.get('rara'), weights.get('comum')]
    expect(weights.get('nova')).toBeCloseTo((rare + common) / 2)
  })

  it('takes a word with more finds than were looked at to be as frequent before them', () => {
    const dense = Array.from({ length: FINDS_PER_WORD }, (_, index) => ({ seq: 10_000 - index }))
    const sparse = Array.from({ length: FINDS_PER_WORD }, (_, index) => ({ seq: 10_000 - 10 * index }))
    const weights = weigh(
      new Map([
        ['densa', dense],
        ['esparsa', sparse],
      ]),
      10_000,
    )
    expect(weights.get('densa')).toBeCloseTo(0, 1)
    expect(weights.get('esparsa')).toBeGreaterThan(2)
  })
})

describe('candidates', () => {
  it('come by the weight of the words they share, the newer of equals first', () => {
    const found = new Map([
      ['toner', finds(5, 4)],
      ['impressora', finds(5, 3, 2)],
    ])
    expect(
      candidates(
        found,
        new Map([
          ['toner', 3],
          ['impressora', 1],
        ]),
      ),
    ).toEqual([5, 4, 3, 2])
  })
})

describe('similarity', () => {
  const weights = new Map([
    ['toner', 4],
    ['impressora', 2],
    ['acabou', 2],
  ])
  const own = words('toner impressora acabou')

  it('is 1 for the same words and 0 for none in common', () => {
    expect(similarity(own, own, weights)).toBe(1)
    expect(similarity(own, words('boleto vencido'), weights)).toBe(0)
  })

  it('counts a telling word for more than a common one', () => {
    expect(similarity(own, words('toner'), weights)).toBeGreaterThan(
      similarity(own, words('impressora'), weights),
    )
  })

  it('falls with everything else that the other ticket is about', () => {
    const long = words('toner impressora acabou rede servidor senha boleto nota sistema')
    expect(similarity(own, long, weights)).toBeLessThan(0.5)
  })

  it('is 0 for a ticket that says nothing', () => {
    expect(similarity(new Set(), own, weights)).toBe(0)
  })

  it('names the telling words first', () => {
    expect(sharedWords(own, words('acabou o toner'), weights)).toEqual(['toner', 'acabou'])
  })
})
