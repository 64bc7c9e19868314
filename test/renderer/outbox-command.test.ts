import { expect, test } from 'vitest'
import type { Failure } from '../../src-renderer/api/errors.ts'
import { heldBy, judge, nextToSend, type QueuedCommand } from '../../src-renderer/outbox/command.ts'

let position = 0
function aCommand(parts: Partial<QueuedCommand> = {}): QueuedCommand {
  position += 1
  return {
    id: `c${position}`,
    position,
    procedure: 'tickets.update',
    input: { ticketId: 't1', version: 5, changes: {} },
    subject: 't1',
    createdAt: 0,
    attempts: 0,
    faults: 0,
    state: 'waiting',
    failure: null,
    ...parts,
  }
}

const aFailure = (parts: Partial<Failure>): Failure => ({
  kind: 'refused',
  reason: 'ticket.not_found',
  code: 'NOT_FOUND',
  details: {},
  fieldErrors: {},
  faultId: null,
  ...parts,
})

test('the oldest command is sent first, also when a page died while sending it', () => {
  const [first, second] = [aCommand({ state: 'sending' }), aCommand()]
  expect(nextToSend([first, second])).toBe(first)
})

test('what is about the subject of a refused command waits, and names what it waits for', () => {
  const [refused, same, other] = [aCommand({ state: 'refused' }), aCommand(), aCommand({ subject: 't2' })]
  const queue = [refused, same, other]
  expect(nextToSend(queue)).toBe(other)
  expect(heldBy(queue, same)).toBe(refused)
  expect(heldBy(queue, other)).toBeNull()
  expect(heldBy(queue, refused)).toBeNull()
})

test('a command without a subject waits for nobody', () => {
  const free = aCommand({ subject: null })
  expect(nextToSend([aCommand({ state: 'refused', subject: null }), free])).toBe(free)
})

test.each([
  ['no network', aFailure({ kind: 'offline', code: null, reason: 'client.offline' }), 0, 'again'],
  ['no session', aFailure({ code: 'UNAUTHORIZED' }), 0, 'signIn'],
  ['too many requests', aFailure({ code: 'TOO_MANY_REQUESTS' }), 0, 'again'],
  ['overload, however often', aFailure({ kind: 'fault', code: 'SERVICE_UNAVAILABLE' }), 0, 'again'],
  ['a first fault', aFailure({ kind: 'fault', code: 'INTERNAL_SERVER_ERROR' }), 1, 'again'],
  ['the fifth fault', aFailure({ kind: 'fault', code: 'INTERNAL_SERVER_ERROR' }), 5, 'refused'],
  ['a conflict', aFailure({ code: 'CONFLICT' }), 0, 'refused'],
  ['wrong input', aFailure({ code: 'BAD_REQUEST' }), 0, 'refused'],
  ['no permission', aFailure({ code: 'FORBIDDEN' }), 0, 'refused'],
  ['too large', aFailure({ code: 'PAYLOAD_TOO_LARGE' }), 0, 'refused'],
] as const)('%s means what it should for a command', (_name, failure, faults, verdict) => {
  expect(judge(failure, faults)).toBe(verdict)
})
