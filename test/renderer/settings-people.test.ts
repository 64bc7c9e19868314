import { expect, test } from 'vitest'
import type { AgentView } from '../../server/access/contract.ts'
import { permissionsOf } from '../../server/access/viewer.ts'
import type { SavedView } from '../../server/views/contract.ts'
import { expectedViews } from '../../src-renderer/features/settings/account/expected-views.ts'
import {
  agentChanges,
  agentState,
  invitationLink,
  leadsToThisPc,
  type AgentDraft,
} from '../../src-renderer/features/settings/people/agent-draft.ts'
import { sectionCalled, sectionGroups } from '../../src-renderer/features/settings/sections.ts'

const agent: AgentView = {
  id: 'bruno',
  name: 'Bruno Tavares',
  email: 'bruno@ipe.example',
  role: 'agent',
  teamIds: ['one', 'two'],
  locale: null,
  active: true,
  createdAt: '2026-01-05T12:00:00.000Z',
  invitation: null,
}
const draft: AgentDraft = {
  name: agent.name,
  email: 'Bruno@ipe.example',
  role: 'agent',
  teamIds: ['two', 'one'],
  password: null,
}

test('only what was changed of a person is sent; the order of teams and capitals of an address mean nothing', () => {
  expect(agentChanges(agent, draft)).toEqual({})
  expect(agentChanges(agent, { ...draft, role: 'supervisor', teamIds: ['two'] })).toEqual({
    role: 'supervisor',
    teamIds: ['two'],
  })
})

test('somebody invited shows whether the link can still be used', () => {
  const invitation = { expiresAt: '2026-02-01T00:00:00.000Z' }
  const before = Date.parse('2026-01-31T23:59:59.000Z')
  expect(agentState({ ...agent, invitation }, before)).toBe('invited')
  expect(agentState({ ...agent, invitation }, before + 2_000)).toBe('expired')
  expect(agentState(agent, before)).toBe('active')
  expect(agentState({ ...agent, active: false, invitation }, before)).toBe('inactive')
})

test('the secret of an invitation stands after the #, and a link to this PC alone is told apart', () => {
  expect(invitationLink('http://192.168.0.10:4810', 'segredo')).toBe('http://192.168.0.10:4810/join#segredo')
  expect(['http://localhost:4810', 'http://127.0.0.1:4810', 'http://[::1]:4810'].map(leadsToThisPc)).toEqual([
    true,
    true,
    true,
  ])
  expect(['http://192.168.0.10:4810', 'https://suporte.example', ''].map(leadsToThisPc)).toEqual([
    false,
    false,
    false,
  ])
})

test('each role sees the sections that it may change something in, and no others', () => {
  const seenBy = (role: AgentView['role']) =>
    sectionGroups((permission) => permissionsOf[role].has(permission)).flatMap(({ sections }) =>
      sections.map(({ id }) => id),
    )
  expect(seenBy('agent')).toEqual(['profile', 'password', 'sessions', 'views', 'alerts'])
  expect(seenBy('supervisor')).toContain('statuses')
  expect(seenBy('supervisor')).not.toContain('people')
  expect(seenBy('admin')).toEqual(expect.arrayContaining(['office', 'people', 'teams', 'tiers']))
})

test('the address of a section that one may not see leads nowhere', () => {
  const asAgent = (permission: Parameters<typeof permissionsOf.agent.has>[0]) =>
    permissionsOf.agent.has(permission)
  expect(sectionCalled('people', asAgent)).toBeNull()
  expect(sectionCalled('views', asAgent)?.id).toBe('views')
  expect(sectionCalled('nothing', asAgent)).toBeNull()
})

const view = (id: string, position: number, shared = false): SavedView => ({
  ...{ id, name: id, shared, position },
  filter: {},
  sort: { by: 'dueAt', dir: 'asc' },
})
const names = (views: readonly SavedView[]) => views.map(({ name }) => name)

test('a deleted view comes back in its old place', () => {
  const views = [view('a', 0), view('b', 1), view('c', 2)]
  const without = expectedViews(views, [{ procedure: 'views.delete', input: { id: 'b' } }])
  expect(names(without)).toEqual(['a', 'c'])
  expect(names(expectedViews(without, [{ procedure: 'views.create', input: view('b', 1) }]))).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('shared views come first, and a renamed or shared one shows at once', () => {
  const writes = [
    { procedure: 'views.update', input: { id: 'a', changes: { name: 'Atrasados' } } },
    { procedure: 'views.update', input: { id: 'b', changes: { shared: true } } },
  ]
  expect(names(expectedViews([view('a', 0), view('b', 1)], writes))).toEqual(['b', 'Atrasados'])
})
