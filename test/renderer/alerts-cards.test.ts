import { describe, expect, test } from 'vitest'
import { aged, nextCards, settled, wantCard } from '../../src-renderer/features/alerts/card-queue.ts'
import { takesTurn, untilRing } from '../../src-renderer/features/alerts/ring.ts'
import { badgedTitle } from '../../src-renderer/features/alerts/title-badge.ts'
import { after, anAlert, BRUNO, MINUTE, NOON } from './alerts-support.ts'

const warning = anAlert({ id: 'w', severity: 'warning' })
const urgent = anAlert({ id: 'u' })
const ids = (alerts: { id: string }[]) => alerts.map(({ id }) => id)

describe('a card', () => {
  test('of an urgent alert stays as long as it calls', () => {
    const ages = aged({}, [urgent], ['u'], 60 * MINUTE)
    expect(ids(wantCard([urgent], ages, false))).toEqual(['u'])
  })

  test('of an urgent alert gives way to a ticket that somebody works on, until they leave it or it climbs', () => {
    const ages = aged({}, [urgent], ['u'], MINUTE)
    expect(ids(wantCard([urgent], {}, true))).toEqual(['u'])
    expect(ids(wantCard([urgent], ages, true))).toEqual([])
    expect(ids(wantCard([urgent], ages, false))).toEqual(['u'])
    expect(ids(wantCard([{ ...urgent, level: 2 }], ages, true))).toEqual(['u'])
  })

  test('of a warning goes to the bell after half a minute in sight', () => {
    const almost = aged({}, [warning], ['w'], 29_000)
    expect(ids(wantCard([warning], almost, false))).toEqual(['w'])
    expect(ids(wantCard([warning], aged(almost, [warning], ['w'], 1_000), false))).toEqual([])
  })

  test('does not age out of sight', () => {
    expect(ids(wantCard([warning], aged({}, [warning], [], 60 * MINUTE), false))).toEqual(['w'])
  })

  test('comes back when its alert climbs, and when it calls again after it was put off', () => {
    const old = aged({}, [warning], ['w'], MINUTE)
    expect(ids(wantCard([{ ...warning, level: 2 }], old, false))).toEqual(['w'])
    const wasQuiet = aged(old, [], [], 0)
    expect(ids(wantCard([warning], wasQuiet, false))).toEqual(['w'])
  })
})

describe('the corner', () => {
  const free = { held: false }
  const held = { held: true }

  test('shows three and counts the others', () => {
    expect(nextCards([], ['a', 'b', 'c', 'd', 'e'], free)).toEqual({ ids: ['a', 'b', 'c'], more: 2 })
  })

  test('lets the more urgent go on top while no hand is near', () => {
    expect(nextCards(['a', 'b'], ['n', 'a', 'b'], free).ids).toEqual(['n', 'a', 'b'])
  })

  test('moves no card under a hand: what comes goes below', () => {
    expect(nextCards(['a', 'b'], ['n', 'a', 'b'], held)).toEqual({ ids: ['a', 'b', 'n'], more: 0 })
    expect(nextCards(['a', 'b', 'c'], ['n', 'a', 'b', 'c'], held)).toEqual({ ids: ['a', 'b', 'c'], more: 1 })
  })

  test('keeps the place of a card that falls silent under a hand, and closes the gap afterwards', () => {
    expect(nextCards(['a', 'b'], ['b'], held).ids).toEqual(['a', 'b'])
    expect(nextCards(['a', 'b'], ['b'], free).ids).toEqual(['b'])
  })

  test('is empty as soon as nothing in it calls any more, hand or not', () => {
    expect(nextCards(['a', 'b'], [], held)).toEqual({ ids: [], more: 0 })
  })

  test('shows as settled what has left the list meanwhile, in the name of whoever is known to have done it', () => {
    expect(settled(urgent, NOON)).toMatchObject({ acknowledgedAt: after(0), acknowledgedBy: null })
    const known = anAlert({ acknowledgedAt: after(1), acknowledgedBy: BRUNO })
    expect(settled(known, NOON)).toEqual(known)
    expect(settled(undefined, NOON)).toEqual([])
  })
})

describe('the sound', () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
  }

  test('comes at once and then every minute', () => {
    expect(untilRing(null, NOON)).toBe(0)
    expect(untilRing(NOON, NOON + 20_000)).toBe(40_000)
    expect(untilRing(NOON, NOON + 5 * MINUTE)).toBe(0)
  })

  test('never waits longer than a minute, even after the clock was set back', () => {
    expect(untilRing(NOON, NOON - 60 * MINUTE)).toBe(MINUTE)
  })

  test('comes from one of the windows of a PC', () => {
    const shared = storage()
    expect(takesTurn(shared, NOON)).toBe(true)
    expect(takesTurn(shared, NOON + 400)).toBe(false)
    expect(takesTurn(shared, NOON + MINUTE)).toBe(true)
  })

  test('is not held back by a turn that a wrong clock took in the future', () => {
    const shared = storage()
    takesTurn(shared, NOON + 60 * MINUTE)
    expect(takesTurn(shared, NOON)).toBe(true)
  })
})

test('the title carries the number once, and loses it with the last alert', () => {
  expect(badgedTitle('Fila · Balcão', 2)).toBe('(2) ⚠ Fila · Balcão')
  expect(badgedTitle('(2) ⚠ Fila · Balcão', 3)).toBe('(3) ⚠ Fila · Balcão')
  expect(badgedTitle('(3) ⚠ Fila · Balcão', 0)).toBe('Fila · Balcão')
  expect(badgedTitle('(3) caixas', 0)).toBe('(3) caixas')
})
