import { EntitySchema } from 'typeorm'
import type { Locale } from '../settings/contract.ts'
import type { Role } from './contract.ts'

export interface AgentRow {
  id: string
  name: string
  /** Lower case, unique. */
  email: string
  /** Argon2id; empty until an invited agent has chosen a password. */
  passwordHash: string
  role: Role
  locale: Locale | null
  active: boolean
  createdAt: number
}

export interface TeamRow {
  id: string
  name: string
  position: number
  calendarId: string | null
  archivedAt: number | null
}

export interface AgentTeamRow {
  agentId: string
  teamId: string
}

export interface SessionRow {
  id: string
  /** SHA-256 of the token: a stolen backup opens no session. */
  tokenHash: string
  agentId: string
  createdAt: number
  lastSeenAt: number
  expiresAt: number
  device: string
  address: string
}

export interface InvitationRow {
  agentId: string
  tokenHash: string
  createdAt: number
  expiresAt: number
}

export const AgentEntity = new EntitySchema<AgentRow>({
  name: 'agent',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    email: { type: 'text' },
    passwordHash: { type: 'text' },
    role: { type: 'text' },
    locale: { type: 'text', nullable: true },
    active: { type: 'boolean' },
    createdAt: { type: 'integer' },
  },
})

export const TeamEntity = new EntitySchema<TeamRow>({
  name: 'team',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    position: { type: 'integer' },
    calendarId: { type: 'text', nullable: true },
    archivedAt: { type: 'integer', nullable: true },
  },
})

export const AgentTeamEntity = new EntitySchema<AgentTeamRow>({
  name: 'agent_team',
  columns: {
    agentId: { type: 'text', primary: true },
    teamId: { type: 'text', primary: true },
  },
})

export const SessionEntity = new EntitySchema<SessionRow>({
  name: 'session',
  columns: {
    id: { type: 'text', primary: true },
    tokenHash: { type: 'text' },
    agentId: { type: 'text' },
    createdAt: { type: 'integer' },
    lastSeenAt: { type: 'integer' },
    expiresAt: { type: 'integer' },
    device: { type: 'text' },
    address: { type: 'text' },
  },
})

export const InvitationEntity = new EntitySchema<InvitationRow>({
  name: 'agent_invitation',
  columns: {
    agentId: { type: 'text', primary: true },
    tokenHash: { type: 'text' },
    createdAt: { type: 'integer' },
    expiresAt: { type: 'integer' },
  },
})

export const accessEntities = [AgentEntity, TeamEntity, AgentTeamEntity, SessionEntity, InvitationEntity]
