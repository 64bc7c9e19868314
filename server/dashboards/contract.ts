import { z } from 'zod'
import type { PresenceState } from '../routing/contract.ts'
import { idSchema } from '../ids.ts'

// dashboard.live  LiveScope    → LiveSnapshot            tickets.read   now
// dashboard.watch LiveScope    → LiveSnapshot, pushed    tickets.read   at once, and anew with every change (at most once a second)
// dashboards.list              → DashboardView[]         tickets.read   one's own, those of one's role, those shared with all
//                                                        The stream ends with `return` when the session does or the server stops: subscribe again.
// dashboards.create | update | remove | restore          views.own; for others than oneself views.share
//   remove and restore take DashboardRef and answer the DashboardView; a lost update is CONFLICT `dashboards.changed` with `current`
// walls.list | create | update | revoke                  views.share    the link's secret is told once, by `create`
//   revoke takes WallRef; a lost update is CONFLICT `walls.changed` with `current`
// wall.open                    → WallView                whoever has the link's secret, sent as `Authorization: Bearer wall_…`
// wall.live  LiveScope         → LiveSnapshot            whoever has the link's secret; now, as `wall.watch` would show it
// wall.watch LiveScope         → LiveSnapshot, pushed    whoever has the link's secret; without customers' names where the wall says so.
//                                Ends with `return` when the wall or one of its dashboards changes: open it again.
//                                After a revocation `wall.open` answers UNAUTHENTICATED `wall.revoked`.
// presence.setFor { agentId, state }        → PresenceView      desk.configure   a supervisor says how somebody is
// teams.lend | takeBack { agentId, teamId } → AgentView         desk.configure   to help in another queue for a while; see AgentLive.lentTeamIds
// tickets.whisper { ticketId, agentId, text } → { alertId }     tickets.readAll  a word in one agent's ear: an alert `ticket.whisper` that nobody else sees

/** Whose work to look at; without teams, all that the viewer may see. */
export const liveScopeInput = z.strictObject({ teamIds: z.array(idSchema).max(100).optional() })
export type LiveScope = z.input<typeof liveScopeInput>

/** One queue now. Instants are ISO 8601. */
export interface QueueLive {
  /** Null is the common triage. */
  teamId: string | null
  name: string | null
  /** New or open, in nobody's hands. */
  waiting: number
  /** Since when the one that has waited longest has been waiting for words, of the new and open ones, in whosoever's hands. */
  oldestWaitingSince: string | null
  oldestWaitingTicketId: string | null
  /** New or open, in somebody's hands. */
  inWork: number
  /** Waiting for the customer, or on hold for somebody else. */
  parked: number
  /** Active, with a promise missed and not yet kept. */
  breached: number
  /** In the last sixty minutes. What went on in another ticket counts as arrived, not as resolved. */
  arrivedLastHour: number
  resolvedLastHour: number
}

export interface AgentLive {
  agentId: string
  name: string
  state: PresenceState
  since: string | null
  /** Tickets new or open in their hands, and how many they take at once. */
  load: number
  capacity: number
  breached: number
  teamIds: string[]
  /** Of these, the teams that they only help out in. */
  lentTeamIds: string[]
}

export interface BreachLive {
  ticketId: string
  number: string
  /** Null where a wall hides what customers wrote. */
  subject: string | null
  customer: string | null
  teamId: string | null
  agentId: string | null
  metric: string
  dueAt: string
  /** Its time has passed. */
  isBreached: boolean
  priorityId: string
}

/** An hour of today, beside what is usual on this day of the week. */
export interface HourLive {
  /** 0–23 at the office. */
  hour: number
  /** Null for hours to come. */
  arrived: number | null
  resolved: number | null
  /** Arrivals of this hour on the same weekday over the last eight weeks: the tenth, fiftieth and ninetieth of a hundred. */
  usual: { low: number; middle: number; high: number } | null
}

export interface IntakeLight {
  kind: 'phone'
  name: string
  /** `quiet`: nothing heard for longer than usual in open hours; `off`: nothing is set up or it was switched off. */
  state: 'working' | 'quiet' | 'off'
  lastAt: string | null
}

export interface LiveSnapshot {
  /** The log's last event that is in it. */
  seq: number
  /** When it was taken, by the server's clock. */
  at: string
  queues: QueueLive[]
  /** Over all queues of the scope, tickets counted once. */
  total: Omit<QueueLive, 'teamId' | 'name'>
  agents: AgentLive[]
  /** The nearest twenty, those missed first. */
  breaches: BreachLive[]
  alerts: {
    unacknowledged: number
    urgent: number
    oldestSince: string | null
    /** PCs at which alerts don't appear. */
    blockedScreens: number
  }
  today: {
    /** `YYYY-MM-DD` at the office. */
    day: string
    arrived: number
    resolved: number
    /** Up to this minute of the day, on the same weekday over the last eight weeks. Null: no such day is known. */
    usualArrived: { low: number; middle: number; high: number } | null
    usualResolved: { low: number; middle: number; high: number } | null
    hours: HourLive[]
  }
  intake: IntakeLight[]
  satisfaction: {
    /** 0–1: of the `csat` answers of the last 30 days those of 4 or 5. By whose ticket it was when the customer answered. */
    share: number | null
    answers: number
  }
  /** The office's, which `today` and its hours go by. */
  timezone: string
}

/** The desk's own dashboards, which are no rows: for those who oversee it, and for those who work in its queues. */
export const STANDARD = 'standard'
export const STANDARD_AGENTS = 'standard-agents'

/** What a tile can show. Those with a number can have limits. */
export const tileKinds = [
  'waiting',
  'oldestWaiting',
  'inWork',
  'breached',
  'unacknowledged',
  'blockedScreens',
  'arrivedToday',
  'resolvedToday',
  'satisfaction',
  'queues',
  'agents',
  'breaches',
  'today',
  'intake',
] as const
export type TileKind = (typeof tileKinds)[number]

/** From which value on a tile is amber or red; for `satisfaction` (a share in hundredths), below which. `oldestWaiting` in minutes. */
const thresholdSchema = z.strictObject({
  warnAt: z.number().min(0).max(1_000_000).nullable(),
  alarmAt: z.number().min(0).max(1_000_000).nullable(),
  /** A tone on screens that show it, once when it turns red. */
  sound: z.boolean(),
  /** The server raises an alert for those who oversee the desk, once each time it turns red. */
  alert: z.boolean(),
})
export type Threshold = z.infer<typeof thresholdSchema>

export const GRID_COLUMNS = 12

const tileSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(tileKinds),
  /** On a grid of {@link GRID_COLUMNS} columns. */
  x: z.int().min(0).max(11),
  y: z.int().min(0).max(200),
  w: z.int().min(1).max(12),
  h: z.int().min(1).max(20),
  /** Whose work; without, that of the dashboard. */
  teamIds: z.array(idSchema).max(100).nullable(),
  threshold: thresholdSchema.nullable(),
})
export type Tile = z.infer<typeof tileSchema>

/** `personal` is its owner's alone; the others are read-only to all but those who may share. */
export const audiences = ['personal', 'agents', 'supervisors', 'everybody'] as const

export const dashboardInput = z.strictObject({
  id: idSchema.optional(),
  name: z.string().trim().min(1).max(80),
  audience: z.enum(audiences),
  teamIds: z.array(idSchema).max(100).nullable(),
  tiles: z.array(tileSchema).max(40),
})
export type DashboardInput = z.infer<typeof dashboardInput>
export const updateDashboardInput = z.strictObject({
  id: idSchema,
  version: z.int(),
  changes: dashboardInput.omit({ id: true }).partial(),
})

export const dashboardRef = z.strictObject({ id: idSchema })
export const wallRef = z.strictObject({ id: idSchema })

export interface DashboardView extends Omit<DashboardInput, 'id'> {
  /** {@link STANDARD} and {@link STANDARD_AGENTS} are the desk's own, which nobody can change or lose. */
  id: string
  ownerId: string | null
  version: number
  /** Whether the viewer may change it. */
  editable: boolean
}

export const wallInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  dashboardIds: z.array(z.string().max(60)).min(1).max(20),
  rotateSeconds: z.int().min(5).max(3_600),
  /** Neither names of customers nor what they wrote. */
  hideCustomers: z.boolean(),
  theme: z.enum(['light', 'dark']),
})
export type WallInput = z.infer<typeof wallInput>
export const updateWallInput = z.strictObject({
  id: idSchema,
  version: z.int(),
  changes: wallInput.partial(),
})

/** A screen on the wall, as those who share it see it. */
export interface WallEntry extends WallInput {
  id: string
  version: number
  createdAt: string
  /** When a screen last opened or held it. */
  lastSeenAt: string | null
  /** Screens that show it now. */
  watching: number
}

/** The one time that the link's secret is told; the page is at `/wall#<secret>`, so that it never travels in an address. */
export interface NewWall {
  wall: WallEntry
  secret: string
  /** Where other machines reach the server, the names first; empty where only its own does. */
  addresses: string[]
}

/** What a screen with the link's secret needs. */
export interface WallView {
  name: string
  rotateSeconds: number
  theme: 'light' | 'dark'
  locale: 'pt-BR' | 'en' | 'es'
  company: string
  dashboards: Pick<DashboardView, 'id' | 'name' | 'tiles' | 'teamIds'>[]
}
