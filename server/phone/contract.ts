import { z } from 'zod'
import { idSchema } from '../ids.ts'
import { dialUrlSchema } from './dial.contract.ts'

export { dialUrl } from './dial.contract.ts'

// calls.current            → CurrentCalls              desk.read      what the viewer's pop shows
// calls.get {callId}       → CallPop                   desk.read
// calls.list ListCalls     → CallPage                  desk.read      `all` needs tickets.readAll
// calls.missed             → MissedCalls               desk.read      what the rail counts
// calls.report OwnCallReport → CallPop                 desk.read      from the agent's own computer
// calls.claim {callId}     → CallPop                   desk.read      takes it: answered, by the viewer
// calls.link LinkCall      → CallPop                   tickets.update
// calls.wrapUp WrapUp      → CallPop                   desk.read      also ends a call whose end nobody told
// calls.handle HandleCall  → CallPop                   tickets.reply  a missed call needs nothing more, or does after all
// phone.options            → PhoneOptions              desk.read
// phone.setOptions PhoneOptions → PhoneOptions         office.manage
// phone.extensions         → ExtensionView[]           people.read
// phone.setExtension       → ExtensionView[]           office.manage
// phone.keys | createKey | revokeKey                   office.manage
// phone.test               → CallPop                   desk.read      a test call rings at the viewer's phone for 30 s
// phone.hook               → { addresses }             office.manage  how others reach the hook, at `/hooks/phone`
// wrapUpCodes.list         → WrapUpCodeView[]          desk.read
// wrapUpCodes.create | update | archive | restore | reorder   desk.configure

/** What an exchange tells of a call. A transfer goes *to* the event's extension. */
const callEvents = ['incoming', 'answered', 'transferred', 'ended', 'missed'] as const
export type CallEvent = (typeof callEvents)[number]

/** Seen from the office. */
const callDirections = ['in', 'out'] as const
export type CallDirection = (typeof callDirections)[number]

/** `ended`: it was answered and is over, or one of ours that the other side did not take. `missed`: nobody took one of theirs. */
const callStates = ['ringing', 'answered', 'ended', 'missed'] as const
export type CallState = (typeof callStates)[number]

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u)

/** What the tables of extensions and the exchange's events name a phone by. */
export const extensionSchema = oneLine(20).regex(/^[\w*#.+-]+$/, 'phone.extension_invalid')

/** Shown to agents as a link, so nothing but the web. */
export const recordingUrlSchema = z.url({ protocol: /^https?$/ }).max(2_000)

/** One event in the desk's own words; what the hook makes of an exchange's and what `calls.report` takes. */
const callReport = z.strictObject({
  event: z.enum(callEvents),
  /** The exchange's name for the call. Without one the events of a call are told by the number and the extension. */
  callId: oneLine(200).nullish(),
  /** The other side's number as the exchange has it; empty or `anonymous` when withheld. */
  number: oneLine(200).nullish(),
  extension: extensionSchema.nullish(),
  direction: z.enum(callDirections).nullish(),
  recordingUrl: recordingUrlSchema.nullish(),
  /** With `ended`: so long they spoke, where nothing was told before. Milliseconds. */
  talkMs: z
    .int()
    .min(0)
    .max(24 * 60 * 60_000)
    .nullish(),
  /** Milliseconds UTC; the moment of arrival when absent or implausible. */
  at: z.int().min(0).nullish(),
})

/** From an agent's own computer: it rings at the agent's own extension, whatever the report would say. */
export const ownCallReport = callReport.omit({ extension: true })
export type OwnCallReport = z.infer<typeof ownCallReport>

export interface CallRef {
  id: string
  name: string
}

export interface CallCustomer {
  id: string
  name: string
  tier: { id: string; key: string | null; name: string; weight: number } | null
}

/** A ticket of the caller's, or the one that the call belongs to. */
export interface CallTicket {
  id: string
  number: string
  subject: string
  requesterId: string
}

export interface CallView {
  id: string
  direction: CallDirection
  state: CallState
  /** To be shown: `+55 11 98765 4321`, or as the exchange gave it; empty when withheld. */
  number: string
  /** Null when the number is withheld, an internal one, or none. */
  e164: string | null
  /** The phone that has the call, or last had it; null when unknown. */
  extension: string | null
  /** Who has the call, or had it last. */
  agent: CallRef | null
  /** The phones that it rings at now; empty unless it rings (also while it is transferred). `agent` null: a phone of nobody here. */
  ringsAt: { extension: string | null; agent: CallRef | null }[]
  /** It goes on, and the exchange named no phone, or one of nobody here: whoever claims it has it. */
  isUnclaimed: boolean
  /** Known for certain: the only one with this number, or whom the call was linked to. */
  customer: CallCustomer | null
  /** All who have this number, when they are several and none was chosen. */
  candidates: CallCustomer[]
  /** Null also when the viewer may not see it. */
  ticket: CallTicket | null
  startedAt: string
  answeredAt: string | null
  endedAt: string | null
  /** The exchange never told of the end; `endedAt` is when the desk heard of the call last. */
  isEndAssumed: boolean
  /** Null also for those who neither had the call nor oversee the desk. */
  recordingUrl: string | null
  /** Of a missed call: somebody took care of it. */
  wrapUp: { code: CallRef | null; note: string; ms: number; at: string } | null
  /** Rung by somebody who tries out the pop: no ticket, no statistics. */
  isTest: boolean
}

/**
 * Why a call is among `calls.current`. `rings`: at the viewer's phone. `talking`: the viewer has it. `wrapUp`: the viewer had it and has
 * not wrapped it up. `unclaimed`: no phone of anybody here was named; it pops where the office wants, and whoever took it claims it.
 */
export type CallRole = 'rings' | 'talking' | 'wrapUp' | 'unclaimed'

/** Everything that a screen pop needs. */
export interface CallPop extends CallView {
  /** Null for those who only look (`calls.get` by an overseer, or when it is over). */
  role: CallRole | null
  /** Active tickets of the customer, or of all candidates, that the viewer may see; the one touched last first, at most ten. */
  openTickets: CallTicket[]
  /** There are more than ten. */
  hasMoreTickets: boolean
  /** Until when the wrap-up stays; null when it stays until it is done, or when there is none. */
  wrapUpUntil: string | null
}

export interface CurrentCalls {
  /** Unclaimed ones last; else the oldest first. */
  items: CallPop[]
  /** The log's `seq` that this is true for: follow events from here. */
  seq: number
}

/**
 * `data` of the events `call.ringing` (also when it rings at one phone more), `call.answered`, `call.ended`, `call.missed` (the state
 * changed to it) and `call.updated` (it moved to another phone, was linked or wrapped up; `state` is as before). Heard by every agent at whose phone the call rang or
 * who had it, by those who oversee the desk, and, while it is unclaimed, by the team that gets those, or everybody. It has ids only, for what one may see of the
 * caller and of tickets differs from person to person: fetch `calls.get`, or `calls.current`, when one of `agentIds` is you or
 * `isUnclaimed`. A pop of a call that is not among `calls.current` any more goes away.
 */
export interface CallEventData {
  callId: string
  state: CallState
  direction: CallDirection
  /** Whose pop it is now: those at whose phones it rings, else who has it. Everybody else's pop goes away. */
  agentIds: string[]
  extension: string | null
  isUnclaimed: boolean
  isTest: boolean
}

export const callRef = z.strictObject({ callId: idSchema })

export const listCallsInput = z
  .strictObject({
    /** `mine`: that rang at the viewer's phone or that the viewer had. `all` is for those who oversee the desk. */
    scope: z.enum(['mine', 'all']).default('mine'),
    /** All calls of this customer, or of this ticket and those merged into it, whoever had them; `scope` is then left aside. */
    customerId: idSchema.optional(),
    ticketId: idSchema.optional(),
    state: z.enum(callStates).optional(),
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().max(200).nullish(),
  })
  .prefault({})
export type ListCalls = z.infer<typeof listCallsInput>

export interface CallPage {
  /** Newest first. */
  items: CallView[]
  nextCursor: string | null
}

/** Missed calls that nobody has taken care of. Each `call.*` event may change them. */
export interface MissedCalls {
  /** Of those that rang at the viewer's phone. */
  mine: number
}

/** A ticket says whose call it was; a customer alone is for calls that need no ticket. */
export const linkCallInput = z
  .strictObject({ callId: idSchema, ticketId: idSchema.optional(), customerId: idSchema.optional() })
  .refine(({ ticketId, customerId }) => Boolean(ticketId ?? customerId), 'call.nothing_to_link')
export type LinkCall = z.infer<typeof linkCallInput>

export const wrapUpInput = z.strictObject({
  callId: idSchema,
  /** A wrap-up code's id; must be given where the office requires it. */
  codeId: idSchema.nullish(),
  note: z.string().trim().max(5_000).default(''),
  /** How long it took, in milliseconds. */
  ms: z
    .int()
    .min(0)
    .max(24 * 60 * 60_000),
  /** Writes the note into the ticket that the call belongs to, as an internal note. */
  noteToTicket: z.boolean().default(false),
})
export type WrapUp = z.infer<typeof wrapUpInput>

export const handleCallInput = z.strictObject({ callId: idSchema, handled: z.boolean() })
export type HandleCall = z.infer<typeof handleCallInput>

/** What the desk does about a call that nobody took. `teamId` null: the common triage; for an alert, those who oversee the desk. */
export const missedChoices = ['nothing', 'ticket', 'alert'] as const

export const phoneOptionsInput = z.strictObject({
  /** DDD of the office, for numbers that come without one. */
  areaCode: z
    .string()
    .regex(/^[1-9][1-9]$/, 'phone.area_code_invalid')
    .nullable(),
  /** Where a click on a number goes; null: numbers are not links. See {@link dialUrl}. */
  dialUrl: dialUrlSchema.nullable(),
  /** Calls at phones of nobody here, or of which no phone is named: whether they pop, and at whose screens. `teamId` null: everybody's. */
  unclaimed: z.strictObject({ show: z.boolean(), teamId: idSchema.nullable() }),
  missed: z.strictObject({
    choice: z.enum(missedChoices),
    teamId: idSchema.nullable(),
    /** So long it waits: whoever calls again and is answered, or is called back, needs nothing more. */
    waitMinutes: z.int().min(0).max(60),
    /** So long another missed call of the same number goes into the same open ticket or alert. */
    windowMinutes: z
      .int()
      .min(1)
      .max(7 * 24 * 60),
  }),
  wrapUp: z.strictObject({
    /** A call is not done before it has a code. */
    required: z.boolean(),
    /** So long the wrap-up stays on screen when none is required; 0: there is none. */
    seconds: z
      .int()
      .min(0)
      .max(60 * 60),
  }),
})
export type PhoneOptions = z.infer<typeof phoneOptionsInput>

export interface ExtensionView {
  agentId: string
  extension: string
}

export const setExtensionInput = z.strictObject({ agentId: idSchema, extension: extensionSchema.nullable() })
export type SetExtension = z.infer<typeof setExtensionInput>

/** What an exchange shows that it may report calls, and nothing else. */
export interface PhoneKeyView {
  id: string
  name: string
  /** The last four characters, to tell keys apart. */
  hint: string
  createdAt: string
  createdBy: CallRef | null
  lastUsedAt: string | null
  revokedAt: string | null
}

/** The one time that the key is shown. */
export interface NewPhoneKey {
  key: PhoneKeyView
  secret: string
}

export const newPhoneKeyInput = z.strictObject({ name: oneLine(80).min(1) })
export const phoneKeyRef = z.strictObject({ id: idSchema })

/** How a call ended, in the office's words. */
export interface WrapUpCodeView {
  id: string
  /** Stable name of a preset; null for the office's own. */
  key: string | null
  name: string
  position: number
  archived: boolean
}

const codeShape = { name: oneLine(80).min(1) }
export const newCodeInput = z.strictObject(codeShape)
export const codeChangesInput = z.strictObject({
  id: idSchema,
  changes: z.strictObject(codeShape).partial(),
})
export type NewCode = z.infer<typeof newCodeInput>
export type CodeChanges = z.infer<typeof codeChangesInput>['changes']
