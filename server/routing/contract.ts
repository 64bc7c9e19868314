import { z } from 'zod'
import { idSchema } from '../ids.ts'
import { localeSchema, type Locale } from '../settings/contract.ts'
import type { TicketView } from '../tickets/contract.ts'
import { channels, type Channel } from '../tickets/filter.contract.ts'

/** How the one is chosen among those who could take a ticket. */
export const strategies = ['leastLoaded', 'roundRobin', 'mostSkilled'] as const
export type Strategy = (typeof strategies)[number]

const skillName = z.string().trim().min(1).max(40)
const skillNeed = z.strictObject({
  name: skillName,
  /** 1 beginner – 5 expert. */
  level: z.int().min(1).max(5).default(1),
})

/** Whom a ticket is given to: who may take it, who of them comes first, and whether they are asked. */
export const assignSchema = z.strictObject({
  strategy: z.enum(strategies).default('leastLoaded'),
  /** Among whom; null is the ticket's own team, and without one everybody. */
  teamId: idSchema.nullish(),
  skills: z.array(skillNeed).max(10).default([]),
  /** Only those who speak the language that the customer wrote in. */
  language: z.boolean().default(false),
  /** Those who look after the customer's tier come first. */
  tier: z.boolean().default(false),
  /** Whoever had the customer's last ticket comes first, while on duty. */
  lastAgent: z.boolean().default(false),
  /** `assign` gives it; `offer` asks, and goes on to the next when refused or not answered. */
  mode: z.enum(['assign', 'offer']).default('assign'),
  offerSeconds: z.int().min(15).max(600).default(45),
})
export type Assign = z.infer<typeof assignSchema>

export const presenceStates = ['available', 'busy', 'away', 'offline'] as const
export type PresenceState = (typeof presenceStates)[number]

export const setPresenceInput = z.strictObject({ state: z.enum(presenceStates) })

export const setPresenceForInput = setPresenceInput.extend({ agentId: idSchema })
export type SetPresenceFor = z.infer<typeof setPresenceForInput>

export interface PresenceView {
  agentId: string
  /** As colleagues see it and tickets are given out by: `offline` for whoever has no screen open. */
  state: PresenceState
  /** What the agent chose. */
  chosen: PresenceState
  since: string
}

export interface PresenceList {
  items: PresenceView[]
  /** The log's `seq` that this is true for. */
  seq: number
}

export interface Skill {
  name: string
  level: number
}

/** At most a thousand; 0 takes nothing. */
const capacity = z.int().min(0).max(1_000)

export const updateProfileInput = z.strictObject({
  agentId: idSchema,
  /** The version that the change was made on; 0 for an agent of whom nothing was set yet. */
  version: z.int().min(0),
  receives: z.boolean().optional(),
  /** Null goes by the office's. */
  capacity: capacity.nullish(),
  channelCapacity: z.partialRecord(z.enum(channels), capacity).optional(),
  skills: z
    .array(z.strictObject({ name: skillName, level: z.int().min(1).max(5) }))
    .max(50)
    .optional(),
  /** None is the office's own. */
  languages: z.array(localeSchema).max(10).optional(),
  tierIds: z.array(idSchema).max(50).optional(),
})
export type UpdateProfile = z.infer<typeof updateProfileInput>

export interface ProfileView {
  agentId: string
  version: number
  /** Whether tickets are given to this agent at all. */
  receives: boolean
  capacity: number | null
  /** Limits of single channels, within the capacity. */
  channelCapacity: Partial<Record<Channel, number>>
  skills: Skill[]
  languages: Locale[]
  tierIds: string[]
  /** Tickets new or open in their hands, and those offered to them. */
  load: number
}

export const routingSettingsInput = z.strictObject({ defaultCapacity: z.int().min(1).max(1_000) })
export interface RoutingSettings {
  /** How many tickets an agent works on at once, where nothing else is said of them. */
  defaultCapacity: number
}

/** Why somebody can't be given a ticket: the first that holds, in this order. */
export const hindrances = [
  'notReceiving',
  'notInTeam',
  'cannotSee',
  'unskilled',
  'foreign',
  'offDuty',
  'refused',
  'full',
  'channelFull',
] as const
export type Hindrance = (typeof hindrances)[number]
export type Hindrances = Partial<Record<Hindrance, number>>

/** Why somebody was chosen. */
export interface Because {
  /** `alone`: there was no other. */
  why: Strategy | 'lastAgent' | 'tier' | 'alone'
  /** Before this ticket. */
  load: number
  capacity: number
}

export interface WaitingView {
  ticketId: string
  number: string
  subject: string
  priority: { name: string; weight: number }
  teamId: string | null
  queuedAt: string
  /** How many times it was refused or not answered. */
  refusals: number
  offer: { agentId: string; expiresAt: string } | null
  /** Of all agents, how many can't take it for which reason. */
  because: Hindrances
  /** Whether there is nobody on duty who could take it, free or not. */
  nobody: boolean
}

/** The next ticket of whoever asks; without one the reason says why. */
export type Served = { ticket: TicketView; reason: null } | { ticket: null; reason: 'routing.nothing_waits' }

export const ticketIdInput = z.strictObject({ ticketId: idSchema })
