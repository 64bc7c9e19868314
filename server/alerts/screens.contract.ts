/** What the computers of the office report of the alerts they were given: shown, or why not. */
import { z } from 'zod'
import { idSchema } from '../ids.ts'

/** Each way for an alert not to be shown by the system has a name. */
export const notShownReasons = [
  /** Do not disturb, focus assist, a presentation. */
  'os_dnd',
  /** The system's settings forbid this program to notify. */
  'permission_denied',
  'not_supported',
  /** The system said neither yes nor no in ten seconds. */
  'timeout',
  'failed',
  /** The person is looking at that ticket right now. */
  'window_focused_on_ticket',
  /** The person does not want to be told of this kind. */
  'preference',
  'quiet_hours',
  /** Shown a moment ago, or one of many shown together. */
  'grouped',
] as const
export type NotShownReason = (typeof notShownReasons)[number]

/** Those that mean: the person would have wanted to see it and could not. */
export const blockingReasons: readonly NotShownReason[] = [
  'os_dnd',
  'permission_denied',
  'not_supported',
  'timeout',
  'failed',
]

export const isBlocking = (reason: NotShownReason): boolean => blockingReasons.includes(reason)

/** The ways in which a computer calls for an alert. */
const alertWays = ['notification', 'window'] as const
export type AlertWay = (typeof alertWays)[number]

const screen = z.strictObject({
  /** Made by the client on its first start. */
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  platform: z.enum(['windows', 'macos', 'linux']),
  version: z.string().max(50),
})
export type Screen = z.infer<typeof screen>

/** `alerts.shown`: idempotent, may come late and in bundles. */
export const shownInput = z.strictObject({
  screen,
  showings: z
    .array(
      z.strictObject({
        alertId: idSchema,
        way: z.enum(alertWays),
        /** Null: it was shown. */
        reason: z.enum(notShownReasons).nullable(),
        at: z.iso.datetime(),
      }),
    )
    .max(100),
  /** Whether this computer can show alerts right now, as far as it knows; null: it can. */
  blocked: z.enum(notShownReasons).nullable(),
})
export type Shown = z.infer<typeof shownInput>

/** A computer that alerts were or are shown on. */
export interface ScreenView extends Screen {
  agent: { id: string; name: string }
  lastSeenAt: string
  blocked: NotShownReason | null
  blockedSince: string | null
  /** Of the last seven days. */
  shown: number
  notShown: number
}
