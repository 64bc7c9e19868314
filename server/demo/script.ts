import type { Level } from '../catalog/contract.ts'
import type { FeedbackKind } from '../feedback/contract.ts'
import type { Channel } from '../tickets/filter.contract.ts'

/**
 * When something happens, so that the office is always of today: `-3d 10:20` is that local time three working days back,
 * `-95m` is so many minutes before now, `+12m` so many after the step before.
 */
export type When = `-${number}d ${number}:${number}` | `-${number}m` | `+${number}m`

export type AgentKey = 'ana' | 'bruno' | 'camila' | 'diego' | 'elisa' | 'fabio'
export type TeamKey = 'suporte' | 'vendas' | 'financeiro'
export type StatusKey =
  'new' | 'open' | 'waiting' | 'hold' | 'resolved' | 'closed' | 'cancelled' | 'supplier' | 'visit'
type PriorityKey = 'low' | 'normal' | 'high' | 'urgent'
type TypeKey = 'technical_support' | 'feedback' | 'sales' | 'customer_service' | 'incident' | 'training'

export interface TicketTouch {
  status?: StatusKey
  priority?: PriorityKey
  team?: TeamKey | null
  agent?: AgentKey | null
  category?: string
  tags?: string[]
  fields?: Record<string, string | number | boolean>
  /** A date that was agreed on, and why; counted from now, negative is overdue. */
  due?: { inMinutes: number; reason: string }
}

export type Step = { at: When } &
  /** `macro`: the shortcut of a ready answer that went into it. */
  (
    | { does: 'answers'; by: AgentKey; text: string; status?: StatusKey; macro?: string }
    | { does: 'notes'; by: AgentKey; text: string }
    | { does: 'writes'; text: string; channel?: Channel }
    | { does: 'changes'; by: AgentKey; changes: TicketTouch }
    /** A call of the customer's that ends now. */
    | { does: 'calls'; by: AgentKey; talkMinutes: number; wrapUpSeconds: number }
    | { does: 'rates'; by: AgentKey; kind: FeedbackKind; score: number; text: string | null }
  )

export interface Thread extends TicketTouch {
  at: When
  /** Who logged it. */
  by: AgentKey
  /** The customer's key. */
  from: string
  channel: Channel
  subject: string
  text: string
  type: TypeKey
  /** By urgency and impact when no priority is given. */
  urgency?: Level
  impact?: Level
  then?: Step[]
}

export const answer = (at: When, by: AgentKey, text: string, status?: StatusKey): Step => ({
  does: 'answers',
  at,
  by,
  text,
  ...(status && { status }),
})
export const note = (at: When, by: AgentKey, text: string): Step => ({ does: 'notes', at, by, text })
export const customer = (at: When, text: string, channel?: Channel): Step => ({
  does: 'writes',
  at,
  text,
  ...(channel && { channel }),
})
export const change = (at: When, by: AgentKey, changes: TicketTouch): Step => ({
  does: 'changes',
  at,
  by,
  changes,
})
