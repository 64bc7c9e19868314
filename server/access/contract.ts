import { z } from 'zod'
import { idSchema } from '../ids.ts'
import {
  companySchema,
  localeSchema,
  timezoneSchema,
  type Locale,
  type OfficeSettings,
} from '../settings/contract.ts'
import type { Permission } from './viewer.ts'

export const roles = ['admin', 'supervisor', 'agent'] as const
export type Role = (typeof roles)[number]

/** Somebody who works at the desk, as any colleague may see them. */
export interface AgentView {
  id: string
  name: string
  email: string
  role: Role
  teamIds: string[]
  /** Null follows the office. */
  locale: Locale | null
  /** A deactivated agent keeps their place in the history and can't log in. */
  active: boolean
  createdAt: string
  /** Stands until the invited agent has chosen a password; may be past its end. */
  invitation: { expiresAt: string } | null
}

export interface TeamView {
  id: string
  name: string
  position: number
  /** The hours of its shift; null goes by each policy's. */
  calendarId: string | null
  archivedAt: string | null
}

export interface SessionView {
  id: string
  device: string
  address: string
  createdAt: string
  /** To within a few minutes. */
  lastSeenAt: string
  expiresAt: string
  /** Whether it is the session that asks. */
  current: boolean
}

export interface SignedIn {
  /** The session's secret. Shown this once; the server keeps only its hash. */
  token: string
  agent: AgentView
}

export interface MeView {
  agent: AgentView
  permissions: Permission[]
  office: OfficeSettings
  sessionId: string
}

export interface Invitation {
  /** Goes into the link `/join#token` that the admin hands over. Shown this once. */
  token: string
  expiresAt: string
}

export interface InvitationView {
  name: string
  email: string
  company: string
}

export interface SetupStatus {
  /** Whether nobody has set this desk up yet. */
  needed: boolean
  /** Whether the caller must give the token that the server printed when it started. */
  tokenRequired: boolean
}

export const PASSWORD_MIN = 10
/** Hashing takes time with length, so an endless password would be an attack. */
const PASSWORD_MAX = 200

/** For agents it is above all a name to log in with, so an office's own `ana@servidor` will do. */
const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.html5Email, error: 'agents.email_invalid' }))
const passwordSchema = z
  .string()
  .min(PASSWORD_MIN, 'auth.password_too_short')
  .max(PASSWORD_MAX, 'auth.password_too_long')
/** At the log-in a short password is only a wrong one. */
const givenPassword = z.string().max(PASSWORD_MAX, 'auth.password_too_long')
const secret = z.string().max(128)
const personName = z.string().trim().min(1).max(120)
const teamIds = z.array(idSchema).max(200)

export const setupInput = z.strictObject({
  company: companySchema,
  timezone: timezoneSchema,
  locale: localeSchema,
  admin: z.strictObject({ name: personName, email: emailSchema, password: passwordSchema }),
  token: secret.optional(),
})
export type Setup = z.infer<typeof setupInput>

export const loginInput = z.strictObject({
  email: z.string().trim().toLowerCase().max(254),
  password: givenPassword,
})
export const changePasswordInput = z.strictObject({ current: givenPassword, password: passwordSchema })
export const updateProfileInput = z.strictObject({
  name: personName.optional(),
  locale: localeSchema.nullish(),
})
export const invitationInput = z.strictObject({ token: secret })
export const acceptInvitationInput = z.strictObject({ token: secret, password: passwordSchema })
export const byId = z.strictObject({ id: idSchema })

const newAgent = z.strictObject({
  name: personName,
  email: emailSchema,
  role: z.enum(roles).default('agent'),
  teamIds: teamIds.default([]),
  locale: localeSchema.nullish(),
})
export const inviteAgentInput = newAgent
export const createAgentInput = newAgent.extend({ password: passwordSchema })
export const updateAgentInput = z.strictObject({
  id: idSchema,
  changes: z.strictObject({
    name: personName.optional(),
    email: emailSchema.optional(),
    role: z.enum(roles).optional(),
    teamIds: teamIds.optional(),
    locale: localeSchema.nullish(),
  }),
})
export const resetPasswordInput = z.strictObject({ id: idSchema, password: passwordSchema })

/** Who helps out in which team. */
export const lendInput = z.strictObject({ agentId: idSchema, teamId: idSchema })
export type Lend = z.infer<typeof lendInput>

const teamName = z.string().trim().min(1).max(80)
export const createTeamInput = z.strictObject({
  id: idSchema.optional(),
  name: teamName,
  calendarId: idSchema.nullish(),
})
export const updateTeamInput = z.strictObject({
  id: idSchema,
  changes: z.strictObject({
    name: teamName.optional(),
    position: z.int().min(0).max(10_000).optional(),
    calendarId: idSchema.nullish(),
  }),
})

export type Login = z.infer<typeof loginInput>
export type NewAgent = z.infer<typeof newAgent>
export type CreateAgent = z.infer<typeof createAgentInput>
export type UpdateAgent = z.infer<typeof updateAgentInput>
export type UpdateProfile = z.infer<typeof updateProfileInput>
export type CreateTeam = z.infer<typeof createTeamInput>
export type UpdateTeam = z.infer<typeof updateTeamInput>
