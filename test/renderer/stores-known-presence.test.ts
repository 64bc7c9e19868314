import { expect, test } from 'vitest'
import type { PresenceView } from '../../server/routing/contract.ts'
import { KnownPresence } from '../../src-renderer/stores/known-presence.ts'

const view = (state: PresenceView['state'], agentId = 'bruno'): PresenceView => ({
  agentId,
  state,
  chosen: 'available',
  since: '2026-11-26T12:00:00.000Z',
})

test('a list that was read before an event and arrives after it does not undo what the event said', () => {
  const known = new KnownPresence()
  known.hear(view('busy'), 8)
  known.adopt({ items: [view('available'), view('away', 'ana')], seq: 7 })
  expect(known.views().get('bruno')?.state).toBe('busy')
  expect(known.views().get('ana')?.state).toBe('away')
})

test('a list read after the event is the truth, and so is one without somebody who has left', () => {
  const known = new KnownPresence()
  known.hear(view('busy'), 8)
  known.adopt({ items: [view('available')], seq: 8 })
  expect(known.views().get('bruno')?.state).toBe('available')
  known.adopt({ items: [], seq: 9 })
  expect(known.views().size).toBe(0)
})
