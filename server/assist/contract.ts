import { z } from 'zod'
import { idSchema } from '../ids.ts'
import type { Ref, TicketItem } from '../tickets/contract.ts'

/** What may be proposed for a ticket. */
export const proposableFields = ['type', 'category', 'priority'] as const
export type ProposableField = (typeof proposableFields)[number]

export const suggestInput = z.strictObject({ ticketId: idSchema })

/** An earlier ticket about the same, and how it ended. */
export interface SimilarTicket {
  ticket: TicketItem
  /** How much of what the ticket is about both have in common, 0–1. */
  similarity: number
  /** Words that both have, as the earlier one writes them folded; the telling ones first. */
  words: string[]
  /** The beginning of the last thing that the office answered; null when it answered nothing in writing. */
  answer: string | null
}

/** A value that most similar tickets have. */
export interface Proposal {
  field: ProposableField
  value: Ref
  /** The share of similar tickets that agree, by their similarity, 0–1. */
  confidence: number
  /** Those that agree, the most similar first. */
  evidence: { id: string; number: string }[]
  /** How many were asked. */
  of: number
}

export interface Suggestions {
  similar: SimilarTicket[]
  /** Only what the ticket doesn't have already. */
  proposals: Proposal[]
}
