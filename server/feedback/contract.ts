import { z } from 'zod'
import { idSchema } from '../ids.ts'

// feedback.ofTicket  { ticketId }     → FeedbackView[]   tickets.read
// feedback.record    RecordFeedback   → FeedbackView[]   tickets.reply   one answer of a kind for each ticket; a second replaces it
// feedback.remove    { ticketId, kind } → FeedbackView[] tickets.reply   it was written down by mistake

/** `csat`: how satisfied with this ticket, 1–5. `nps`: how likely to recommend the company, 0–10. */
export const feedbackKinds = ['csat', 'nps'] as const
export type FeedbackKind = (typeof feedbackKinds)[number]

/** How it came: an agent wrote down what the customer said. */
export type FeedbackSource = 'agent'

/** What may be answered, both ends included. */
export const scoreRange = { csat: { from: 1, to: 5 }, nps: { from: 0, to: 10 } } as const

/** From which score on an answer to `csat` counts as satisfied. */
export const SATISFIED_FROM = 4

/** Of `nps`: promoters from here on, detractors up to there. */
export const NPS = { promoterFrom: 9, detractorUpTo: 6 } as const

export const ticketFeedbackInput = z.strictObject({ ticketId: idSchema })
export const removeFeedbackInput = ticketFeedbackInput.extend({ kind: z.enum(feedbackKinds) })

const comment = z
  .string()
  .trim()
  .max(2_000)
  .transform((text) => text || null)
  .nullable()
  .default(null)

export const recordFeedbackInput = z.discriminatedUnion('kind', [
  ticketFeedbackInput.extend({ kind: z.literal('csat'), score: z.int().min(1).max(5), comment }),
  ticketFeedbackInput.extend({ kind: z.literal('nps'), score: z.int().min(0).max(10), comment }),
])
export type RecordFeedback = z.output<typeof recordFeedbackInput>

export interface FeedbackView {
  kind: FeedbackKind
  score: number
  comment: string | null
  /** When the customer first answered, and when the answer was last changed. */
  at: string
  changedAt: string | null
  source: FeedbackSource
  recordedBy: { id: string; name: string } | null
}
