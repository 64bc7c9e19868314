import { expect, it } from 'vitest'
import { actorName } from '../../src-renderer/features/ticket/actor-name.ts'

const t = (key: string, values?: { name: string }) => (values ? `${key}(${values.name})` : key)

it('a rule is named as one, people by their names, and whoever has lost theirs by what they are', () => {
  expect(actorName({ type: 'rule', id: '1', name: 'VIP' }, t)).toBe('rules.why.line(VIP)')
  expect(actorName({ type: 'agent', id: '1', name: 'Ana' }, t)).toBe('Ana')
  expect(actorName({ type: 'rule', id: '1', name: null }, t)).toBe('ticket.event.actor.rule')
  expect(actorName({ type: 'system', id: null, name: null }, t)).toBe('ticket.event.actor.system')
})
