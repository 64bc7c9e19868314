import { z } from 'zod'
import type { Actor } from '../events/contract.ts'
import { idSchema } from '../ids.ts'
import type { Notify } from '../rules/action.contract.ts'

/** `remind` tells people of the desk, `followUp` writes to the customer unless they write first. */
export type ReminderKind = 'remind' | 'followUp'

/** What became of it: people were told, the message was sent, it was no longer wanted, or somebody took it back. */
export type ReminderOutcome = 'told' | 'sent' | 'calledOff' | 'cancelled'

/** Five years. */
const MAX_MINUTES = 2_628_000

export const createReminderInput = z
  .strictObject({
    id: idSchema.optional(),
    ticketId: idSchema,
    at: z.iso.datetime({ offset: true }).optional(),
    afterMinutes: z.int().min(1, 'input.too_small').max(MAX_MINUTES, 'input.too_big').optional(),
    text: z.string().trim().max(500).default(''),
  })
  .refine(({ at, afterMinutes }) => (at === undefined) !== (afterMinutes === undefined), {
    path: ['at'],
    message: 'reminder.one_time',
  })
export type CreateReminder = z.infer<typeof createReminderInput>

export const listRemindersInput = z.strictObject({ ticketId: idSchema.optional() })
export const reminderIdInput = z.strictObject({ id: idSchema })

export interface ReminderView {
  id: string
  ticketId: string
  ticket: { number: string; subject: string }
  kind: ReminderKind
  dueAt: string
  to: Notify[]
  text: string
  createdBy: Actor
  createdAt: string
  /** Whether the one who asks made it. */
  mine: boolean
}
