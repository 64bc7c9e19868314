import { describe, expect, it } from 'vitest'
import type { Role } from '../../../server/access/contract.ts'
import {
  audienceOfTickets,
  maySeeTicket,
  mayHear,
  permissionsOf,
  type Viewer,
} from '../../../server/access/viewer.ts'

const aViewer = (role: Role, ...teamIds: string[]): Viewer => ({
  agentId: 'bia',
  name: 'Bia',
  email: 'bia@ipe.example',
  role,
  teamIds,
  permissions: permissionsOf[role],
  sessionId: 's',
})

describe('who sees a ticket', () => {
  it.each([
    ['of a team they belong to', { teamId: 'sales', agentId: null }, true],
    ['of another team', { teamId: 'support', agentId: null }, false],
    ['of another team that was given to them', { teamId: 'support', agentId: 'bia' }, true],
    ['of another team that was given to somebody else', { teamId: 'support', agentId: 'caio' }, false],
    ['of no team yet', { teamId: null, agentId: null }, true],
  ])('an agent: a ticket %s (%#)', (_what, ticket, seen) => {
    expect(maySeeTicket(aViewer('agent', 'sales'), ticket)).toBe(seen)
  })

  it.each(['supervisor', 'admin'] as const)('a %s: every ticket', (role) => {
    expect(maySeeTicket(aViewer(role), { teamId: 'support', agentId: 'caio' })).toBe(true)
  })

  it('hears of a transfer on both sides: the team it left and the team it came to', () => {
    const audience = audienceOfTickets(
      { teamId: 'sales', agentId: 'caio' },
      { teamId: 'support', agentId: null },
    )
    expect(audience).toEqual({ teams: ['sales', 'support'], agents: ['caio'] })
    expect(mayHear(aViewer('agent', 'sales'), audience)).toBe(true)
    expect(mayHear(aViewer('agent', 'support'), audience)).toBe(true)
    expect(mayHear(aViewer('agent', 'finance'), audience)).toBe(false)
  })

  it('is everybody when the ticket came from or goes to the common triage', () => {
    expect(audienceOfTickets({ teamId: null, agentId: null }, { teamId: 'sales', agentId: null })).toBeNull()
  })
})

describe('a role', () => {
  it('has all permissions of the roles below it', () => {
    for (const permission of permissionsOf.agent) expect(permissionsOf.supervisor.has(permission)).toBe(true)
    for (const permission of permissionsOf.supervisor) expect(permissionsOf.admin.has(permission)).toBe(true)
  })

  it('below admin manages neither people nor the office', () => {
    for (const role of ['agent', 'supervisor'] as const) {
      expect(permissionsOf[role].has('people.manage')).toBe(false)
      expect(permissionsOf[role].has('office.manage')).toBe(false)
    }
  })
})
