import type { ConditionNames } from '../../server/conditions/conditions.ts'
import { clocksOf, isOpen, nearestDue, noTerms, type Clock } from '../../server/sla/clock.ts'
import type { ResultRow } from '../../server/sla/entities.ts'
import { foldFact, type Fact, type Facts } from '../../server/sla/facts.ts'
import { nextWakeOf } from '../../server/sla/levels.ts'
import { choosePolicy } from '../../server/sla/policy.ts'
import { isAnsweredAtCreation } from '../../server/sla/promises.ts'
import { monthAt } from '../../server/sla/results.ts'
import { levelsOf, termsOf, timeOf, type Book } from '../../server/sla/sla-book.ts'
import type { KeptPromises } from '../../server/sla/ticket-sla-rows.ts'
import type { Story } from './story.ts'

/** What an office goes by when it promises something. */
export interface PromisingOffice {
  book: Book
  names: ConditionNames
  timezone: string
}

export interface Promised {
  dueAt: number | null
  /** Null when nothing was promised. */
  kept: Omit<KeptPromises, 'seq'> | null
  results: Omit<ResultRow, 'id' | 'ticketId'>[]
}

/** What the desk would have promised and kept in the course of a story: the server's own decisions, without its store. */
export function promisedTo(
  story: Story,
  newStatusId: string,
  { book, names, timezone }: PromisingOffice,
): Promised {
  const policy = choosePolicy(book.policies, subjectOf(story, newStatusId), names)
  if (!policy && story.manualDueAt === null) return { dueAt: null, kept: null, results: [] }
  const terms = policy ? termsOf(book, policy, story.priority.id) : noTerms
  const time = timeOf(book, terms)
  const results: Promised['results'] = []
  let facts: Facts | null = null
  let clocks: Clock[] = []
  for (const fact of factsOf(story)) {
    facts = foldFact(facts, fact)
    const before = clocks
    clocks = clocksOf(facts, terms, before, time, fact.at)
    for (const clock of clocks) {
      const known = before.find(({ metric }) => metric === clock.metric)
      if (!isOpen(clock) && (!known || isOpen(known))) results.push(...resultOf(story, clock, timezone))
    }
  }
  if (!facts) return { dueAt: null, kept: null, results }
  const known = facts
  const wakes = clocks.flatMap(
    (clock) => nextWakeOf(clock, levelsOf(book, clock.policyId), known, time) ?? [],
  )
  return {
    dueAt: nearestDue(clocks),
    kept: {
      policyId: policy?.id ?? null,
      facts,
      clocks,
      wakeAt: wakes.length > 0 ? Math.min(...wakes) : null,
    },
    results,
  }
}

function factsOf({ createdAt, answeredAt, manualDueAt, channel, ending }: Story): Fact[] {
  return [
    { type: 'created', at: createdAt, phase: 'new', answered: isAnsweredAtCreation(channel, 'met') },
    ...(manualDueAt === null ? [] : [{ type: 'dueSet', at: createdAt, dueAt: manualDueAt } as const]),
    ...(ending === 'new'
      ? []
      : [
          { type: 'agentAnswered', at: answeredAt } as const,
          { type: 'phaseChanged', at: answeredAt, phase: ending } as const,
        ]),
  ]
}

/** As the ticket is when it is opened; in these stories nothing that a policy asks about changes later. */
const subjectOf = (story: Story, newStatusId: string) => ({
  subject: story.text.subject,
  statusClass: 'new',
  status: newStatusId,
  priority: story.priority.id,
  type: story.typeId,
  category: null,
  team: story.teamId,
  agent: story.agentId,
  requester: story.requester.id,
  channel: story.channel,
  'customer.tier': story.requester.tierId,
  'customer.organization': null,
  tags: story.tagIds,
})

/** No story misses a deadline: the bench's targets are that long. */
function resultOf(
  { priority, teamId, agentId }: Story,
  { metric, cycle, policyId, targetMs, usedMs, stoppedAt, outcome, breachedAt, manualDueAt }: Clock,
  timezone: string,
): Promised['results'] {
  if (breachedAt !== null) throw new Error('A story of the bench missed a deadline.')
  if (outcome !== 'met' || stoppedAt === null) return []
  return [
    {
      ...{ metric, cycle, policyId, priorityId: priority.id, teamId, agentId },
      ...{
        outcome,
        decidedAt: stoppedAt,
        month: monthAt(stoppedAt, timezone),
        targetMs: manualDueAt === null ? targetMs : null,
        usedMs,
        stoppedAt,
      },
      reopenedAt: null,
    },
  ]
}
