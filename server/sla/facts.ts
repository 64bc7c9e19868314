import type { StatusClass } from '../catalog/contract.ts'

/** Where in its life a ticket is, as far as promises go: its status class, or that it was called off. */
export type Phase = StatusClass | 'cancelled'

/** All that promises go by, folded from what happened to a ticket. Instants are milliseconds UTC. */
export interface Facts {
  createdAt: number
  /** Each phase with its beginning; the last one is now. */
  phases: [at: number, phase: Phase][]
  firstAnsweredAt: number | null
  /** The oldest message of the customer's after the first answer that nobody has answered. */
  unansweredSince: number | null
  /** How often the customer has written again after an answer. */
  rounds: number
  lastAnsweredAt: number | null
  /** A date that a person set. */
  dueAt: number | null
  /** The round that came with another ticket's merge and went with its undoing: nobody has answered it, nobody has to. */
  releasedRound?: number
}

/** One thing that happened to a ticket and that a promise may depend on. */
export type Fact =
  /** `answered`: the conversation was had when the ticket was written, as in a call. */
  | { type: 'created'; at: number; phase: Phase; answered: boolean }
  | { type: 'customerWrote'; at: number }
  /** A person answered where the customer can read it. */
  | { type: 'agentAnswered'; at: number }
  | { type: 'phaseChanged'; at: number; phase: Phase }
  | { type: 'dueSet'; at: number; dueAt: number | null }
  | MergeFact

/** What merging tickets means to their promises. */
export type MergeFact =
  /** It goes on in another ticket. */
  | { type: 'merged'; at: number }
  /** It is on its own again, in the phase that it had. */
  | { type: 'unmerged'; at: number }
  /** Another ticket goes on in this one; `owedSince` is when its oldest unanswered message came. */
  | { type: 'absorbed'; at: number; owedSince: number | null }
  /** What another ticket brought is its own again; `owedBefore` is what was owed without it. */
  | { type: 'released'; at: number; owedSince: number | null; owedBefore: number | null }

const donePhases: readonly Phase[] = ['resolved', 'closed', 'cancelled']
export const isDone = (phase: Phase): boolean => donePhases.includes(phase)

export const phaseOf = (facts: Facts): Phase => facts.phases.at(-1)?.[1] ?? 'new'

/** The facts after one more of them. The first must be `created`. */
export function foldFact(facts: Facts | null, happened: Fact): Facts {
  if (happened.type === 'created') {
    const { at, phase, answered } = happened
    const answeredAt = answered ? at : null
    return {
      createdAt: at,
      phases: [[at, phase]],
      firstAnsweredAt: answeredAt,
      unansweredSince: null,
      rounds: 0,
      lastAnsweredAt: answeredAt,
      dueAt: null,
    }
  }
  if (!facts) throw new Error(`A ticket's story begins with its creation, not with "${happened.type}".`)
  // A clock that was set back must not let an answer come before its question, nor count an hour twice.
  const fact = { ...happened, at: Math.max(happened.at, latestIn(facts)) }
  switch (fact.type) {
    case 'customerWrote':
      // Before the first answer there is one promise, the first answer's; later messages never move the oldest one.
      if (facts.firstAnsweredAt === null || facts.unansweredSince !== null) return facts
      return { ...facts, unansweredSince: fact.at, rounds: facts.rounds + 1 }
    case 'agentAnswered':
      return {
        ...facts,
        firstAnsweredAt: facts.firstAnsweredAt ?? fact.at,
        unansweredSince: null,
        lastAnsweredAt: fact.at,
      }
    case 'phaseChanged':
      if (fact.phase === phaseOf(facts)) return facts
      return {
        ...facts,
        phases: [...facts.phases, [fact.at, fact.phase]],
        unansweredSince: isDone(fact.phase) ? null : facts.unansweredSince,
      }
    case 'dueSet':
      return { ...facts, dueAt: fact.dueAt }
    case 'merged':
      // What is owed stays written down, for the merge may be undone.
      return isDone(phaseOf(facts)) ? facts : { ...facts, phases: [...facts.phases, [fact.at, 'cancelled']] }
    case 'unmerged':
      return { ...facts, phases: [...facts.phases, [fact.at, facts.phases.at(-2)?.[1] ?? 'open']] }
    case 'absorbed':
      return isDone(phaseOf(facts)) ? facts : mergeFacts(facts, { unansweredSince: fact.owedSince })
    case 'released':
      return released(facts, fact)
  }
}

const latestIn = ({ createdAt, phases, unansweredSince, lastAnsweredAt }: Facts) =>
  Math.max(createdAt, phases.at(-1)?.[0] ?? 0, unansweredSince ?? 0, lastAnsweredAt ?? 0)

/** Of two tickets that become one: the survivor keeps its own promises, but owes the answer that is owed longest. */
export function mergeFacts(survivor: Facts, merged: Pick<Facts, 'unansweredSince'>): Facts {
  const owed = [survivor.unansweredSince, merged.unansweredSince].filter((at) => at !== null)
  if (owed.length === 0 || survivor.firstAnsweredAt === null) return survivor
  const isNewRound = survivor.unansweredSince === null
  return { ...survivor, unansweredSince: Math.min(...owed), rounds: survivor.rounds + (isNewRound ? 1 : 0) }
}

/** Since when this ticket owes its customer words, the first ones included. */
export const owedSince = ({ createdAt, firstAnsweredAt, unansweredSince, phases }: Facts): number | null => {
  if (isDone(phases.at(-1)?.[1] ?? 'new')) return null
  return firstAnsweredAt === null ? createdAt : unansweredSince
}

function released(
  facts: Facts,
  { owedSince: owed, owedBefore }: Extract<MergeFact, { type: 'released' }>,
): Facts {
  // Answered meanwhile, or written to anew: that stays as it is.
  if (owed === null || facts.unansweredSince !== owed || owedBefore === owed) return facts
  const isCalledOff = owedBefore === null
  return { ...facts, unansweredSince: owedBefore, ...(isCalledOff && { releasedRound: facts.rounds }) }
}
