/** What the page and the main process say to each other about alerts. */
import { z } from 'zod'
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import type { Severity } from '../../server/alerts/contract.ts'

/** Sounds of our own, made by the page: nothing to download, nothing the system can mute by its own rules. */
export const TONES = ['bell', 'marimba', 'drop', 'pulse', 'siren'] as const
export type Tone = (typeof TONES)[number]

/** What strangers who look at this screen may read: all, only who it is about, or only that there is something. */
const PRIVACY_LEVELS = ['all', 'name', 'nothing'] as const

/** This computer's own settings: whoever logs in here has them. The person's are on the server. */
export const alertSettings = z.object({
  privacy: z.enum(PRIVACY_LEVELS).catch('all'),
  /** Null: no sound for this severity on this computer. */
  sounds: z
    .object({
      urgent: z.enum(TONES).nullable().catch('siren'),
      warning: z.enum(TONES).nullable().catch('marimba'),
      info: z.enum(TONES).nullable().catch('drop'),
    })
    .catch({ urgent: 'siren', warning: 'marimba', info: 'drop' }),
  /** From 0 to 1. */
  volume: z.number().min(0).max(1).catch(0.8),
  /** The window of our own, on top of all others, for urgent alerts that nobody took up. */
  ownWindow: z.boolean().catch(true),
  flash: z.boolean().catch(true),
})
export type AlertSettings = z.infer<typeof alertSettings>

const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('open'), alertId: z.uuid() }),
  z.strictObject({ act: z.literal('acknowledge'), alertId: z.uuid() }),
  z.strictObject({ act: z.literal('snooze'), alertId: z.uuid(), minutes: z.int().min(1).max(480) }),
])
export type AlertAct = z.infer<typeof act>

export const alertsArguments = {
  /** Which ticket this window shows; null: none. */
  'alerts.viewing': z.tuple([z.uuid().nullable()]),
  'alerts.act': z.tuple([act]),
  'alerts.settings.get': z.tuple([]),
  'alerts.settings.set': z.tuple([alertSettings]),
  /** Shows one, sounds one, and says what became of it. */
  'alerts.test': z.tuple([z.enum(['info', 'warning', 'urgent'])]),
  'alerts.status': z.tuple([]),
  /** The alert window starts, perhaps anew, and asks what it has to show. */
  'alerts.window.cards': z.tuple([]),
  /** The alert window asks to be put away until the next repeat. */
  'alerts.window.hide': z.tuple([]),
} as const

/** Whether this computer can be relied on to show alerts. */
export interface AlertStatus {
  /** Why notifications of the system don't get through right now; null when they do, as far as is known. */
  readonly blocked: NotShownReason | null
  readonly hasActions: boolean
  readonly link: 'signedOut' | 'connecting' | 'live' | 'offline'
}

export interface AlertTestOutcome {
  readonly notification: 'shown' | NotShownReason
  readonly sound: 'played' | 'off'
}

export interface AlertsAnswers {
  'alerts.viewing': void
  'alerts.act': void
  'alerts.settings.get': AlertSettings
  'alerts.settings.set': void
  'alerts.test': AlertTestOutcome
  'alerts.status': AlertStatus
  'alerts.window.cards': readonly AlertCard[]
  'alerts.window.hide': void
}

export interface AlertsApi {
  viewing(ticketId: string | null): Promise<void>
  act(act: AlertAct): Promise<void>
  getSettings(): Promise<AlertSettings>
  setSettings(settings: AlertSettings): Promise<void>
  test(severity: Severity): Promise<AlertTestOutcome>
  status(): Promise<AlertStatus>
  cards(): Promise<readonly AlertCard[]>
  hideWindow(): Promise<void>
}

/** An alert on the window of our own, in words that already honour the privacy level. */
export interface AlertCard {
  readonly id: string
  readonly ticketId: string | null
  readonly severity: Severity
  readonly title: string
  readonly body: string
  readonly raisedAt: string
  /** How often this computer has called for it. */
  readonly calls: number
}

export type AlertsMessage =
  /** To the alert window: all that it shows, the most urgent first. */
  | { readonly kind: 'alert-cards'; readonly cards: readonly AlertCard[] }
  /** To whichever window is asked to sound. */
  | { readonly kind: 'sound'; readonly tone: Tone; readonly volume: number }
