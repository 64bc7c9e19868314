import type { StatusClass } from '../catalog/contract.ts'
import type { EventRow } from '../events/event.entity.ts'
import type { BusinessTime } from '../sla/calendar.ts'
import { doneSince, spansOf, usedUntil } from '../sla/clock.ts'
import { foldFact, isDone, phaseOf, type Fact, type Facts, type Phase } from '../sla/facts.ts'
import { factsOfEvent, type Reading, type Said } from '../sla/past-facts.ts'

/** The types of events that a ticket's facts are folded from. */
export const toldTypes = [
  'ticket.created',
  'ticket.updated',
  'message.created',
  'ticket.merged',
  'ticket.unmerged',
] as const

export type TicketEvent = Pick<EventRow, 'seq' | 'at' | 'type' | 'actorType' | 'actorId' | 'data'>

/** The hours by which a ticket's durations count, and the classes of status in which its promises stand still. */
export interface Hours {
  time: BusinessTime
  pauseOn: readonly StatusClass[]
  pauseNextResponseOn: readonly StatusClass[]
}

/** An answer that the customer could read. Those that answered something further have their question's instant. */
interface ReplyFact {
  at: number
  agentId: string | null
  askedAt: number | null
  businessMs: number | null
}

/** What reports know of one ticket. Instants are milliseconds UTC, durations business time in milliseconds. */
export interface TicketFacts {
  foldedSeq: number
  createdAt: number
  firstAnsweredAt: number | null
  firstAnsweredBy: string | null
  firstResponseBusinessMs: number | null
  /** Since when it has been done without a break; a reopened ticket has not been resolved. */
  resolvedAt: number | null
  /** Who had it then. */
  resolvedBy: string | null
  resolutionBusinessMs: number | null
  cancelledAt: number | null
  phase: Phase
  /** How often it came back after it was done; the undoing of a merge is no coming back. */
  reopened: number
  /** From one team to another, and from one agent to another; being taken for the first time is neither. */
  transfers: number
  handovers: number
  replies: number
  customerMessages: number
  notes: number
  /** Resolved, never reopened, and with one answer at the most. */
  oneTouch: boolean
  /** It goes on in another ticket, and counts as that one. */
  merged: boolean
  answers: ReplyFact[]
  /** `[from, to)` in work; without an end it still is. */
  spans: [from: number, to: number | null][]
}

/**
 * Folds a ticket's events, in the order of the log, by the very rules that promises are reckoned by. Undefined when its beginning
 * is not among them.
 */
export function ticketFacts(
  ticketId: string,
  events: readonly TicketEvent[],
  reading: Reading,
  hours: Hours,
): TicketFacts | undefined {
  const story = new Story(ticketId, reading, hours)
  for (const event of events) if (!story.tell(event)) return undefined
  return story.facts()
}

type Told = Said & {
  teamId?: string | null
  agentId?: string | null
  sourceId?: string
  changes?: Partial<Record<'teamId' | 'agentId', { from: string | null; to: string | null }>>
}

class Story {
  readonly #ticketId: string
  readonly #reading: Reading
  readonly #hours: Hours
  #known: Facts | null = null
  #foldedSeq = 0
  #agentId: string | null = null
  #firstAnsweredBy: string | null = null
  #resolvedBy: string | null = null
  #merged = false
  readonly #counts = {
    ...{ reopened: 0, transfers: 0, handovers: 0 },
    ...{ replies: 0, customerMessages: 0, notes: 0 },
  }
  readonly #answers: ReplyFact[] = []

  constructor(ticketId: string, reading: Reading, hours: Hours) {
    this.#ticketId = ticketId
    this.#reading = reading
    this.#hours = hours
  }

  /** False when the story does not begin with its beginning. */
  tell(event: TicketEvent): boolean {
    const said = JSON.parse(event.data) as Told
    this.#foldedSeq = event.seq
    this.#hear(event, said)
    for (const fact of factsOfEvent(event, said, this.#reading)) {
      if (!this.#known && fact.type !== 'created') return false
      this.#fold(fact, event)
    }
    return this.#known !== null
  }

  #hear({ type }: TicketEvent, said: Told): void {
    if (type === 'ticket.merged' && said.sourceId === this.#ticketId) this.#merged = true
    if (type === 'ticket.unmerged' && said.sourceId === this.#ticketId) this.#merged = false
    if (type === 'ticket.created') this.#agentId = said.agentId ?? null
    if (type === 'message.created') this.#count(said)
    const { teamId, agentId } = type === 'ticket.updated' ? (said.changes ?? {}) : {}
    if (teamId && isPassedOn(teamId)) this.#counts.transfers += 1
    if (!agentId) return
    if (isPassedOn(agentId)) this.#counts.handovers += 1
    this.#agentId = agentId.to
  }

  #count({ kind, authorType }: Told): void {
    if (kind === 'note') this.#counts.notes += 1
    else if (authorType === 'customer') this.#counts.customerMessages += 1
    else if (authorType === 'agent') this.#counts.replies += 1
  }

  #fold(fact: Fact, { actorType, actorId }: TicketEvent): void {
    const before = this.#known
    const after = foldFact(before, fact)
    this.#known = after
    const agentId = actorType === 'agent' ? actorId : null
    if (after.firstAnsweredAt !== null && (before?.firstAnsweredAt ?? null) === null)
      this.#firstAnsweredBy = agentId
    if (before && fact.type === 'agentAnswered') this.#answered(before, after, agentId)
    const [wasDone, done] = [before !== null && isDone(phaseOf(before)), isDone(phaseOf(after))]
    if (done && !wasDone) this.#resolvedBy = this.#agentId
    if (wasDone && !done && fact.type === 'phaseChanged') this.#counts.reopened += 1
  }

  #answered(before: Facts, after: Facts, agentId: string | null): void {
    const at = after.lastAnsweredAt ?? after.createdAt
    const askedAt = before.unansweredSince
    const businessMs =
      askedAt === null ? null : this.#used(after, askedAt, at, this.#hours.pauseNextResponseOn)
    this.#answers.push({ at, agentId, askedAt, businessMs })
  }

  /** What was over when it began is passed over: an answer in a ticket of thousands would walk through all before it. */
  #used(facts: Facts, startedAt: number, stoppedAt: number, pauseOn: readonly StatusClass[]): number {
    const begun = facts.phases.findLastIndex(([at]) => at <= startedAt)
    const phases = facts.phases.slice(Math.max(0, begun))
    return usedUntil(
      spansOf({ startedAt, stoppedAt, pauseOn }, { ...facts, phases }),
      this.#hours.time,
      stoppedAt,
    )
  }

  facts(): TicketFacts | undefined {
    const known = this.#known
    if (!known) return undefined
    const { createdAt, firstAnsweredAt } = known
    const done = doneSince(known)
    const resolvedAt = done?.outcome === 'met' ? done.at : null
    return {
      foldedSeq: this.#foldedSeq,
      ...{ createdAt, firstAnsweredAt, resolvedAt },
      firstAnsweredBy: this.#firstAnsweredBy,
      firstResponseBusinessMs:
        firstAnsweredAt === null ? null : this.#used(known, createdAt, firstAnsweredAt, []),
      resolvedBy: resolvedAt === null ? null : this.#resolvedBy,
      resolutionBusinessMs:
        resolvedAt === null ? null : this.#used(known, createdAt, resolvedAt, this.#hours.pauseOn),
      cancelledAt: done?.outcome === 'cancelled' ? done.at : null,
      phase: phaseOf(known),
      ...this.#counts,
      oneTouch: resolvedAt !== null && this.#counts.reopened === 0 && this.#counts.replies <= 1,
      merged: this.#merged,
      answers: this.#answers,
      spans: spansInWork(known),
    }
  }
}

const isPassedOn = ({ from, to }: { from: string | null; to: string | null }) => from !== null && to !== null

/** Phases in work that follow each other are one span; one without length is none. */
function spansInWork({ phases }: Facts): [number, number | null][] {
  const spans: [number, number | null][] = []
  for (const [index, [at, phase]] of phases.entries()) {
    const until = phases[index + 1]?.[0] ?? null
    if (isDone(phase) || until === at) continue
    const last = spans.at(-1)
    if (last?.[1] === at) last[1] = until
    else spans.push([at, until])
  }
  return spans
}
