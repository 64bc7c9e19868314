import { z } from 'zod'
import { idSchema } from '../ids.ts'
import type { Ref, TicketItem } from '../tickets/contract.ts'
import { ticketFilterSchema } from '../tickets/filter.contract.ts'

// problems.list        AskProblems      → Problems         tickets.readAll   matters that come up again and again
// problems.tickets     AskMembers       → ProblemTickets   tickets.readAll   the tickets of one: those still open first, then the newest
// problems.hide        HideProblem      → HiddenProblem    tickets.readAll   it is no problem, and stays hidden
// problems.show        { id }           → { id }           tickets.readAll   it is one after all
// problems.makeParent  MakeParent       → ParentMade       tickets.readAll   a ticket that gathers its tickets
// problems.undoParent  { parentId }     → ParentUndone     tickets.readAll   lets them go and cancels that ticket
// Found in a thread of its own and kept for the hour; see docs/decisions/0028.

/** Fewer tickets are a coincidence. */
export const FEWEST_TICKETS = 4
/** As many as are linked at once: all of them are one step of the desk. */
export const MOST_MEMBERS = 200
/** Problems that are told of, the largest first. */
export const MOST_PROBLEMS = 100

const scope = {
  /** Tickets that came in the last so many days. */
  days: z.int().min(7).max(180).default(90),
  teamIds: z.array(idSchema).min(1).max(100).optional(),
  filter: ticketFilterSchema.optional(),
}

export const problemsInput = z.strictObject(scope)
export type AskProblems = z.infer<typeof problemsInput>

const problemId = z.string().regex(/^[\w-]{8,40}$/)
export const membersInput = z.strictObject({
  ...scope,
  /** As told by `problems.list` for the same days, teams and filter. */
  problemId,
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .nullish(),
  limit: z.int().min(1).max(MOST_MEMBERS).default(50),
})
export type AskMembers = z.infer<typeof membersInput>

export const hideProblemInput = z.strictObject({
  id: problemId,
  /** Its words: whatever has most of them stays hidden too. */
  words: z.array(z.string().trim().min(1).max(60)).min(1).max(12),
  name: z.string().trim().min(1).max(200),
})
export type HideProblem = z.infer<typeof hideProblemInput>

export const problemRefInput = z.strictObject({ id: problemId })

export const makeParentInput = z.strictObject({
  /** Of the ticket to be made; the same again makes nothing. */
  id: idSchema,
  subject: z.string().trim().min(1).max(300),
  /** A note in it, as HTML. */
  body: z.string().max(20_000),
  ticketIds: z.array(idSchema).min(1).max(MOST_MEMBERS),
})
export type MakeParent = z.infer<typeof makeParentInput>

export const undoParentInput = z.strictObject({ parentId: idSchema })

export interface Problem {
  /** The same for the same tickets; changes when its words do. */
  id: string
  /** Its most telling words as customers write them, the first with a capital. */
  name: string
  /** Folded, the most telling first: what it is known by. */
  words: string[]
  /** The ticket that is most like all the others. */
  representative: { id: string; number: string; subject: string }
  tickets: number
  /** Of all tickets of the same days, teams and filter. */
  share: number
  open: number
  /** By seven days, the last of them ending now; the oldest may be cut short. */
  weeks: number[]
  /** Tickets of the last half of the days, and of the half before. */
  recent: number
  before: number
  customers: number
  organizations: number
  cost: ProblemCost
  /** The ticket that most of those with a parent are gathered under. */
  parent: { id: string; number: string; children: number } | null
  firstAt: string
  lastAt: string
}

/** Time spent, in milliseconds. */
export interface ProblemCost {
  /** Of calls that belong to its tickets: talk and what came after. */
  measuredMs: number
  /** Of its other tickets: public answers times the average answered call. Null: too few calls to know an average. */
  estimatedMs: number | null
}

export interface HiddenProblem {
  id: string
  name: string
  at: string
  by: Ref
}

export interface Problems {
  at: string
  /** The largest first. */
  items: Problem[]
  hidden: HiddenProblem[]
  /** Tickets looked at, and those of them that are in a problem. */
  tickets: number
  inProblems: number
  /** The average answered call, in milliseconds; null when too few were answered. */
  averageCallMs: number | null
}

export interface ProblemTickets {
  items: TicketItem[]
  total: number
  nextCursor: string | null
}

export interface ParentMade {
  parent: { id: string; number: string }
  linked: number
  /** Those that are part of another matter already, or were merged. */
  skipped: number
}

export interface ParentUndone {
  parentId: string
  released: number
}
