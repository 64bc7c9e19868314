import { expect, test } from 'vitest'
import type { Failure } from '../../src-renderer/api/errors.ts'
import { ownOnly } from '../../src-renderer/stores/reconcile.ts'
import { aDetail, anEvent } from './stores-support.ts'

const update = { ticketId: 't1', version: 5, changes: { statusId: 's-done' } }
const conflict: Failure = {
  kind: 'refused',
  reason: 'ticket.changed_meanwhile',
  code: 'CONFLICT',
  details: { fields: ['statusId'] },
  fieldErrors: {},
  faultId: null,
}
const change = (agentId: string, field: string, version: number) =>
  anEvent({
    actor: { type: 'agent', id: agentId, name: null },
    data: { version, changes: { [field]: { from: 1, to: 2 } } },
  })

test.each([
  ["one's own change of the same field", [change('a1', 'statusId', 6)], 8],
  [
    "one's own change, with somebody else's of another field",
    [change('a1', 'statusId', 6), change('a2', 'subject', 7)],
    8,
  ],
  ["somebody else's change of the same field", [change('a2', 'statusId', 6)], null],
  ['both of the same field', [change('a1', 'statusId', 6), change('a2', 'statusId', 7)], null],
  [
    "somebody else's older change, which the author saw",
    [change('a2', 'statusId', 5), change('a1', 'statusId', 6)],
    8,
  ],
  ['nothing that the history tells of', [], null],
])('an edit that collides with %s', (_name, timeline, version) => {
  const settled = ownOnly(update, conflict, aDetail({ version: 8, timeline }), 'a1')
  expect(settled).toEqual(version === null ? null : { ...update, version })
})
