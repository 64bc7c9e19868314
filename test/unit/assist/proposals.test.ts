import { describe, expect, it } from 'vitest'
import { voteOn, type Neighbour } from '../../../server/assist/proposals.ts'

let count = 0
const neighbour = (type: string | null, similarity = 0.5): Neighbour => ({
  ...{ id: String(++count), number: `2026-${count}`, similarity },
  values: { type, category: null, priority: 'normal' },
})

describe('a proposal', () => {
  it('is what most similar tickets have, with those that agree as its evidence', () => {
    const agreeing = [neighbour('incident'), neighbour('incident'), neighbour('incident')]
    const vote = voteOn('type', [...agreeing, neighbour('sales')])
    expect(vote).toMatchObject({ value: 'incident', confidence: 0.75, of: 4 })
    expect(vote?.agreeing).toEqual(agreeing)
  })

  it('weighs each by how similar it is', () => {
    const close = [1, 2, 3].map(() => neighbour('incident', 0.9))
    const far = [1, 2, 3, 4].map(() => neighbour('sales', 0.3))
    expect(voteOn('type', [...close, ...far])?.value).toBe('incident')
  })

  it('is not made by fewer than three, however much they agree', () => {
    expect(voteOn('type', [neighbour('incident'), neighbour('incident')])).toBeNull()
  })

  it('is not made without a majority', () => {
    const split = ['a', 'b'].flatMap((type) => [1, 2, 3].map(() => neighbour(type)))
    expect(voteOn('type', split)).toBeNull()
  })

  it('leaves out those that were never given a value', () => {
    const undecided = [neighbour(null), neighbour(null), neighbour(null)]
    const vote = voteOn('type', [...undecided, ...[1, 2, 3].map(() => neighbour('incident'))])
    expect(vote).toMatchObject({ confidence: 1, of: 3 })
    expect(voteOn('category', undecided)).toBeNull()
  })
})
