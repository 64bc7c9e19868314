import { describe, expect, it } from 'vitest'
import type { CallPop, CallRole } from '../../server/phone/contract.ts'
import { clockText } from '../../src-renderer/features/phone/call-clock.ts'
import { callLists, spokenMs, startOf } from '../../src-renderer/features/phone/call-lists.ts'
import {
  mayDismiss,
  openableTicket,
  runsSince,
  ticketsOf,
} from '../../src-renderer/features/phone/call-words.ts'
import { nextLookMs, shownCalls, standingKey, withCall } from '../../src-renderer/stores/call-state.ts'

const START = '2026-03-09T12:00:00.000Z'
const at = (seconds: number) => new Date(Date.parse(START) + seconds * 1_000).toISOString()

const aCall = (id: string, role: CallRole | null, more: Partial<CallPop> = {}): CallPop => ({
  ...{ id, role, direction: 'in', state: 'ringing', number: '+55 11 98765 4321', e164: '+5511987654321' },
  ...{ extension: '201', agent: null, ringsAt: [], isUnclaimed: role === 'unclaimed', customer: null },
  ...{ candidates: [], ticket: null, startedAt: START, answeredAt: null, endedAt: null, isEndAssumed: false },
  ...{ recordingUrl: null, wrapUp: null, isTest: false, openTickets: [], hasMoreTickets: false },
  wrapUpUntil: null,
  ...more,
})
const aTicket = (id: string) => ({ id, number: `2026-00000${id}`, subject: 'Toner', requesterId: 'c' })
const ids = (calls: readonly { id: string }[]) => calls.map(({ id }) => id)

describe('the calls on screen', () => {
  const known = [
    aCall('old', 'wrapUp'),
    aCall('talk', 'talking'),
    aCall('new', 'rings'),
    aCall('any', 'unclaimed'),
  ]

  it('begin with the one that rings, whatever was there before', () => {
    expect(ids(shownCalls(known, new Set()))).toEqual(['new', 'talk', 'old', 'any'])
  })

  it('lack what was put away, until it stands differently', () => {
    const ringing = aCall('new', 'rings')
    const away = new Set([standingKey(ringing)])
    expect(shownCalls([ringing], away)).toEqual([])
    expect(ids(shownCalls([{ ...ringing, role: 'talking' }], away))).toEqual(['new'])
  })

  it('take the server’s newer word, and lose what is nobody’s matter any more', () => {
    expect(ids(withCall(known, aCall('old', null)))).toEqual(['talk', 'new', 'any'])
    expect(withCall(known, aCall('any', 'talking')).at(-1)).toMatchObject({ id: 'any', role: 'talking' })
  })

  it('are asked for again when the first wrap-up runs out', () => {
    const until = (seconds: number) => aCall(`${seconds}`, 'wrapUp', { wrapUpUntil: at(seconds) })
    expect(nextLookMs([until(60), until(20), aCall('x', 'rings')], Date.parse(START))).toBe(20_000)
    expect(nextLookMs([until(-5)], Date.parse(START))).toBe(0)
    expect(nextLookMs([aCall('x', 'wrapUp')], Date.parse(START))).toBeNull()
  })
})

describe('a call’s card', () => {
  it('offers the ticket that the call belongs to before the customer’s others, and each once', () => {
    const call = aCall('c', 'talking', { ticket: aTicket('2'), openTickets: [aTicket('1'), aTicket('2')] })
    expect(ids(ticketsOf(call))).toEqual(['2', '1'])
    expect(openableTicket(call)?.id).toBe('2')
    expect(openableTicket({ ...call, ticket: null })?.id).toBe('1')
    expect(openableTicket(aCall('c', 'rings'))).toBeNull()
  })

  it('can be put away, unless the office requires the wrap-up', () => {
    expect(mayDismiss(aCall('c', 'rings'))).toBe(true)
    expect(mayDismiss(aCall('c', 'wrapUp', { wrapUpUntil: at(60) }))).toBe(true)
    expect(mayDismiss(aCall('c', 'wrapUp'))).toBe(false)
  })

  it('counts from the ring, then from the answer, then from the end', () => {
    const times = { answeredAt: at(10), endedAt: at(70) }
    expect(runsSince(aCall('c', 'rings'))).toBe(Date.parse(START))
    expect(runsSince(aCall('c', 'talking', { answeredAt: at(10) }))).toBe(Date.parse(at(10)))
    expect(runsSince(aCall('c', 'wrapUp', times))).toBe(Date.parse(at(70)))
  })

  it('says the time as a clock does', () => {
    expect([0, 42_900, 725_000, 3_729_000, -5].map(clockText)).toEqual([
      '0:00',
      '0:42',
      '12:05',
      '1:02:09',
      '0:00',
    ])
  })
})

describe('the list of calls', () => {
  const handled = { code: null, note: '', ms: 0, at: START }
  const missed = [
    aCall('m2', null, { state: 'missed' }),
    aCall('m1', null, { state: 'missed', wrapUp: handled }),
  ]
  const all = [aCall('e1', null, { state: 'ended' }), ...missed]

  it('puts apart the missed ones that nobody took care of', () => {
    const { waiting, others } = callLists(missed, all, new Map())
    expect([ids(waiting), ids(others)]).toEqual([['m2'], ['e1', 'm1']])
  })

  it('follows what was just decided before the server says so', () => {
    const decided = new Map([
      ['m2', true],
      ['m1', false],
    ])
    const { waiting, others } = callLists(missed, all, decided)
    expect([ids(waiting), ids(others)]).toEqual([['m1'], ['e1', 'm2']])
  })

  it('says how long they spoke only where that is known', () => {
    const spoke = { answeredAt: at(0), endedAt: at(90), isEndAssumed: false }
    expect(spokenMs(spoke)).toBe(90_000)
    expect(spokenMs({ ...spoke, isEndAssumed: true })).toBeNull()
    expect(spokenMs({ ...spoke, answeredAt: null })).toBeNull()
  })

  it('tells the form for a new ticket whose call it is, and of a withheld number nothing', () => {
    const customer = { id: 'c', name: 'Rui', tier: null }
    expect(startOf(aCall('x', 'rings', { customer }))).toEqual({
      ...{ callId: 'x', phone: '+5511987654321', customerId: 'c' },
    })
    expect(startOf(aCall('x', 'rings', { e164: null, number: '' }))).toEqual({ callId: 'x' })
  })
})
