import { z } from 'zod'
import { idSchema } from '../ids.ts'
import { addressSchema } from '../mail/contract.ts'
import { ticketFilterSchema } from '../tickets/filter.contract.ts'
import { groupings, reportNames } from './contract.ts'
import { exportFormats } from './export.contract.ts'
import { relativePeriods } from './period.contract.ts'

// savedReports.list                          → SavedReportView[]   tickets.readAll   one's own and those that are shared, by name
// savedReports.create  NewSavedReport        → SavedReportView     tickets.readAll   again with the same id: what there is
// savedReports.update  UpdateSavedReport     → SavedReportView     tickets.readAll   its owner, or whoever manages the office
// savedReports.remove | restore { id }       → SavedReportView     tickets.readAll   likewise
// savedReports.send    { id, sendingId }     → SavedReportView     tickets.readAll   now, beside its schedule
// Sent through `mail`; see there for what keeps letters in the house.

/** A report's whole question, with a period that moves along. */
export const savedQuestionSchema = z.strictObject({
  report: z.enum(reportNames),
  filter: ticketFilterSchema.optional(),
  groupBy: z.enum(groupings).optional(),
  period: z.enum(relativePeriods),
  /** With the same stretch of time before it beside it. */
  compare: z.boolean().default(false),
})
export type SavedQuestion = z.output<typeof savedQuestionSchema>

const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** At the office's wall clock. A day that a month doesn't have is its last one. */
export const scheduleSchema = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), at }),
  /** 1 is Monday. */
  z.strictObject({ every: z.literal('week'), weekday: z.int().min(1).max(7), at }),
  z.strictObject({ every: z.literal('month'), day: z.int().min(1).max(31), at }),
])
export type Schedule = z.output<typeof scheduleSchema>

const recipientSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agent'), id: idSchema }),
  z.strictObject({ kind: z.literal('address'), address: addressSchema }),
])
export type Recipient = z.output<typeof recipientSchema>

const shape = {
  name: z.string().trim().min(1).max(80),
  shared: z.boolean(),
  question: savedQuestionSchema,
  /** Null is sent by hand only. */
  schedule: scheduleSchema.nullable(),
  recipients: z.array(recipientSchema).max(50),
  /** Attached to the letter, which has the table in it anyway. */
  formats: z.array(z.enum(exportFormats)).max(2),
}

export const newSavedReportInput = z
  .strictObject({ id: idSchema, ...shape })
  .refine(({ schedule, recipients }) => schedule === null || recipients.length > 0, {
    ...{ path: ['recipients'], message: 'reports.nobody_to_send_to' },
  })
export type NewSavedReport = z.output<typeof newSavedReportInput>

export const updateSavedReportInput = z.strictObject({
  id: idSchema,
  /** The version that the change was made on. */
  version: z.int().min(1).optional(),
  changes: z.strictObject(shape).partial(),
})
export type UpdateSavedReport = z.output<typeof updateSavedReportInput>

export const savedReportRef = z.strictObject({ id: idSchema })
/** With an id of its own, so that a retry sends nothing twice. */
export const sendReportInput = savedReportRef.extend({ sendingId: idSchema })

/** `waiting`: being reckoned. `sending`: its letters are on their way. `failed`: a letter was given up, or there was none to send. */
export type SendingState = 'waiting' | 'sending' | 'sent' | 'failed'

/** Why nothing was sent: nobody is left to send to; its owner may not read reports any more; it could not be reckoned. */
export type SendingProblem = 'recipients' | 'owner' | 'fault' | 'letters'

export interface SendingView {
  /** The moment that it was for, and when it was taken in hand. */
  dueAt: string
  at: string
  /** The server was not running when it was due. */
  isLate: boolean
  /** Somebody wanted it now. */
  byHand: boolean
  state: SendingState
  problem: SendingProblem | null
  /** Letters, and what became of them. */
  letters: { total: number; sent: number; failed: number }
}

export interface SavedReportView extends NewSavedReport {
  owner: { id: string; name: string }
  version: number
  archived: boolean
  /** Whether the viewer may change it. */
  editable: boolean
  nextAt: string | null
  last: SendingView | null
}
