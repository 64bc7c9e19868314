import { describe, expect, it } from 'vitest'
import { HookRefusal, readReport } from '../../../server/phone/hook-fields.contract.ts'
import { hookWords } from '../../../server/phone/hook-words.contract.ts'
import { locales } from '../../../server/settings/contract.ts'

const refused = (body: unknown): [string, string] => {
  try {
    readReport(body)
  } catch (error) {
    if (error instanceof HookRefusal) return [error.problem, error.value]
    throw error
  }
  throw new Error('It was taken.')
}

it('reads the documented fields', () => {
  expect(
    readReport({
      ...{ event: 'incoming', call_id: 'a1', number: '11987654321', extension: '201', direction: 'in' },
      ...{ recording_url: 'https://pbx/r/1.wav', at: '2026-03-09T12:00:00Z' },
    }),
  ).toEqual({
    ...{ event: 'incoming', callId: 'a1', number: '11987654321', extensions: ['201'], direction: 'in' },
    ...{ recordingUrl: 'https://pbx/r/1.wav', talkMs: 0, at: Date.UTC(2026, 2, 9, 12) },
  })
})

it.each([
  [
    { Event: 'Ringing', UniqueID: '170.1', CallerID: '11987654321', Exten: 'PJSIP/201-0000001a' },
    'incoming',
    '11987654321',
    ['201'],
  ],
  [
    { status: 'HANGUP', linkedid: '170.1', src: '11987654321', ramal: 'Ramal 201' },
    'ended',
    '11987654321',
    ['201'],
  ],
  [
    { type: 'NO ANSWER', id: 7, from: '11987654321', user: 'sip:201@pbx;transport=udp' },
    'missed',
    '11987654321',
    ['201'],
  ],
  [
    { event: 'ringing', id: '7', from: '1', extension: 'SIP/201&SIP/202, 203' },
    'incoming',
    '1',
    ['201', '202', '203'],
  ],
  [{ event: 'outgoing', id: '7', from: '201', to: '11987654321' }, 'incoming', '11987654321', ['201']],
  [
    { event: 'pickup', direction: 'Saída', id: '7', from: '201', to: '11987654321' },
    'answered',
    '11987654321',
    ['201'],
  ],
])('understands %o', (body, event, number, extensions) => {
  expect(readReport(body)).toMatchObject({ event, number, extensions })
})

it('an event of a call that goes out says so', () => {
  expect(readReport({ event: 'dialing', number: '1' }).direction).toBe('out')
  expect(readReport({ event: 'incoming', number: '1' }).direction).toBeNull()
})

it.each([
  [1_773_057_600, Date.UTC(2026, 2, 9, 12)],
  ['1773057600.25', Date.UTC(2026, 2, 9, 12) + 250],
  [1_773_057_600_000, Date.UTC(2026, 2, 9, 12)],
])('takes the moment as %s', (at, instant) => {
  expect(readReport({ event: 'incoming', number: '1', at }).at).toBe(instant)
})

describe('says what is wrong, and with which value', () => {
  it.each<[unknown, string, string]>([
    [[], 'body_no_object', ''],
    ['incoming', 'body_no_object', ''],
    [{}, 'event_missing', ''],
    [{ event: 'ringin' }, 'event_unknown', 'ringin'],
    [{ event: 'incoming' }, 'nothing_told', ''],
    [{ event: 'incoming', number: { raw: '1' } }, 'field_no_text', 'number'],
    [{ event: 'incoming', number: '1'.repeat(201) }, 'number_too_long', ''],
    [{ event: 'incoming', extension: 'sala da Ana' }, 'extension_unreadable', 'sala da Ana'],
    [{ event: 'incoming', number: '1', direction: 'up' }, 'direction_unknown', 'up'],
    [
      { event: 'incoming', number: '1', recording_url: 'javascript:alert(1)' },
      'recording_no_link',
      'javascript:alert(1)',
    ],
    [{ event: 'ended', number: '1', billsec: '1:35' }, 'talk_unreadable', '1:35'],
    [{ event: 'incoming', number: '1', at: 'ontem' }, 'at_unreadable', 'ontem'],
  ])('%o', (body, problem, value) => {
    expect(refused(body)).toEqual([problem, value])
  })

  it.each(locales)('in %s', (locale) => {
    expect(hookWords(locale, 'event_unknown', '$& {value}')).toContain('"$& {value}"')
  })
})
