import { describe, expect, it } from 'vitest'
import { planMerge, type MergeSide } from '../../../server/links/merge-plan.ts'
import { foldFact, owedSince, type Fact, type Facts } from '../../../server/sla/facts.ts'

const side = (id: string, parts: Partial<MergeSide> = {}): MergeSide => ({
  ...{ id, mergedIntoId: null, active: true, requesterId: 'josé', tagIds: [] },
  ...{ waitingSince: null, lastMessageAt: 10 },
  ...parts,
})

const merged = (source: MergeSide, target: MergeSide) => {
  const plan = planMerge(source, target, target.id)
  if (plan.refused) throw new Error(plan.refused)
  return plan.merge
}

describe('merging two tickets', () => {
  it('ends the source and leaves an open target as it is', () => {
    expect(merged(side('a'), side('b'))).toMatchObject({ closesSource: true, reopensTarget: false })
  })

  it('reopens a target that is done when the source is still open, and only then', () => {
    const done = { active: false }
    expect(merged(side('a'), side('b', done))).toMatchObject({ reopensTarget: true })
    expect(merged(side('a', done), side('b', done))).toMatchObject({
      ...{ closesSource: false, reopensTarget: false, waitingSince: null },
    })
  })

  it('unites the tags and says which ones came along', () => {
    expect(merged(side('a', { tagIds: ['z', 'x'] }), side('b', { tagIds: ['x', 'y'] }))).toMatchObject({
      ...{ tagIds: ['x', 'y', 'z'], tagsAdded: ['z'] },
    })
  })

  it('lets the customer who has waited longest be the one who waits', () => {
    expect(merged(side('a', { waitingSince: 3 }), side('b', { waitingSince: 5 })).waitingSince).toBe(3)
    expect(merged(side('a'), side('b', { waitingSince: 5 })).waitingSince).toBe(5)
  })

  it('tells when the tickets are of different people', () => {
    expect(merged(side('a'), side('b')).requestersDiffer).toBe(false)
    expect(merged(side('a'), side('b', { requesterId: 'rui' })).requestersDiffer).toBe(true)
  })

  it.each([
    ['itself', side('a'), side('a'), 'a', 'merge.itself'],
    ['twice', side('a', { mergedIntoId: 'c' }), side('b'), 'b', 'merge.already_merged'],
    ['in a circle', side('a'), side('c', { mergedIntoId: 'b' }), 'a', 'merge.circle'],
    ['into one that ended itself', side('a'), side('b', { mergedIntoId: 'c' }), 'c', 'merge.target_merged'],
  ])('is refused %s', (_, source, target, survivor, reason) => {
    expect(planMerge(source, target, survivor)).toEqual({ refused: reason })
  })
})

const story = (...facts: Fact[]) => facts.reduce<Facts | null>(foldFact, null) as Facts
const created = (at: number): Fact => ({ type: 'created', at, phase: 'open', answered: false })
const answered = (at: number): Fact => ({ type: 'agentAnswered', at })
const wrote = (at: number): Fact => ({ type: 'customerWrote', at })

describe('what is owed after a merge', () => {
  it('is the answer that is owed longest, whichever ticket it was', () => {
    const target = story(created(1), answered(2), wrote(20))
    expect(foldFact(target, { type: 'absorbed', at: 30, owedSince: 10 }).unansweredSince).toBe(10)
    expect(foldFact(target, { type: 'absorbed', at: 30, owedSince: 25 }).unansweredSince).toBe(20)
  })

  it('counts a first answer that never came', () => {
    expect(owedSince(story(created(5)))).toBe(5)
    expect(owedSince(story(created(5), answered(6)))).toBeNull()
  })

  it('is nothing for a ticket that was done', () => {
    expect(owedSince(story(created(5), { type: 'phaseChanged', at: 6, phase: 'resolved' }))).toBeNull()
  })

  it('goes back to what it was when the merge is undone', () => {
    const target = story(created(1), answered(2))
    const grown = foldFact(target, { type: 'absorbed', at: 30, owedSince: 10 })
    const freed = foldFact(grown, { type: 'released', at: 40, owedSince: 10, owedBefore: null })
    expect(freed).toMatchObject({ unansweredSince: null, releasedRound: 1 })
  })

  it('stays answered when somebody answered before it was undone', () => {
    const grown = foldFact(story(created(1), answered(2)), { type: 'absorbed', at: 30, owedSince: 10 })
    const freed = foldFact(foldFact(grown, answered(35)), {
      ...({ type: 'released', at: 40, owedSince: 10, owedBefore: null } as const),
    })
    expect(freed.releasedRound).toBeUndefined()
    expect(freed.lastAnsweredAt).toBe(35)
  })

  it('is still written down in the ticket that ended, and holds again when it is on its own', () => {
    const before = story(created(1), answered(2), wrote(10))
    const ended = foldFact(before, { type: 'merged', at: 20 })
    expect(ended.phases.at(-1)).toEqual([20, 'cancelled'])
    const back = foldFact(ended, { type: 'unmerged', at: 30 })
    expect(back).toMatchObject({
      unansweredSince: 10,
      phases: [
        [1, 'open'],
        [20, 'cancelled'],
        [30, 'open'],
      ],
    })
  })
})
