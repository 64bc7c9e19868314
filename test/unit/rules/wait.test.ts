import { describe, expect, it } from 'vitest'
import { decideWait, heldBy } from '../../../server/rules/time/wait.ts'

const state = (holds: boolean, start: number | null = 100) => ({ holds, start, keepsStart: true })
const since = (holds: boolean, start: number | null) => ({ holds, start, keepsStart: false })

describe('a rule that counts from the entry into its state', () => {
  it('begins to wait when the ticket comes into the state', () => {
    expect(decideWait(undefined, state(true))).toEqual({ do: 'enter', since: 100 })
  })
  it('goes on waiting while it stays, from where it began', () => {
    expect(decideWait({ since: 40 }, state(true, 100))).toEqual({ do: 'keep', since: 40 })
  })
  it('waits no longer when it leaves, and counts anew when it comes again', () => {
    expect(decideWait({ since: 40 }, state(false))).toEqual({ do: 'drop' })
    expect(decideWait(undefined, state(true, 200))).toEqual({ do: 'enter', since: 200 })
  })
  it('has nothing to do with a ticket that was never in the state', () => {
    expect(decideWait(undefined, state(false))).toEqual({ do: 'nothing' })
  })
})

describe('a rule that counts from something that happened', () => {
  it('counts from then, however long the ticket is in the state', () => {
    expect(decideWait(undefined, since(true, 10))).toEqual({ do: 'enter', since: 10 })
    expect(decideWait({ since: 10 }, since(true, 10))).toEqual({ do: 'keep', since: 10 })
  })
  it('counts anew when it happens again', () => {
    expect(decideWait({ since: 10 }, since(true, 90))).toEqual({ do: 'enter', since: 90 })
  })
  it('waits for nothing while it has not happened', () => {
    expect(decideWait(undefined, since(true, null))).toEqual({ do: 'nothing' })
    expect(decideWait({ since: 10 }, since(true, null))).toEqual({ do: 'drop' })
  })
})

it('conditions that can’t be asked neither hold nor fail to hold', () => {
  const broken = {
    holds(): boolean {
      throw new Error('broken')
    },
  }
  expect(heldBy(broken, {})).toBeNull()
  expect(heldBy({ holds: () => true }, {})).toBe(true)
})
