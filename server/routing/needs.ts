import { languageOf } from '../text/language.ts'
import type { Locale } from '../settings/contract.ts'
import type { Db } from '../store/store.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { Assign } from './contract.ts'
import { REFUSAL_ALONE_MS, REFUSAL_HOLDS_MS, type Need } from './choose-agent.ts'
import type { Refusals, Waiting, WaitingTicket } from './queue-rows.ts'

/** A ticket that is to be given out, as it is now. */
export async function waitingTicket(
  db: Db,
  ticket: TicketRow,
  { request, ruleId, depth, now }: { request: Assign; ruleId: string | null; depth: number; now: number },
): Promise<WaitingTicket> {
  return {
    ...{
      ticketId: ticket.id,
      request,
      ruleId,
      depth,
      queuedAt: now,
      refusals: {},
      retryAt: null,
      nobody: false,
    },
    teamId: request.teamId ?? ticket.teamId,
    language: request.language ? await spokenIn(db, ticket) : null,
    lastAgentId: request.lastAgent ? await lastAgentOf(db, ticket) : null,
    priorityWeight: ticket.priorityWeight,
    ...{ ticketTeamId: ticket.teamId, channel: ticket.channel, tierId: await tierOf(db, ticket.requesterId) },
  }
}

export const needOf = ({ request, refusals, ...waiting }: WaitingTicket): Need => ({
  ...{ strategy: request.strategy, skills: request.skills },
  teamId: waiting.teamId,
  ticketTeamId: waiting.ticketTeamId,
  language: waiting.language,
  tierId: request.tier ? waiting.tierId : null,
  lastAgentId: waiting.lastAgentId,
  refusals: new Map(Object.entries(refusals).map(([agentId, { at }]) => [agentId, at])),
})

/** Tickets with the same mark find the same choice. */
export const markOf = ({ request, refusals, ...waiting }: WaitingTicket): string =>
  JSON.stringify([
    ...[waiting.teamId, waiting.ticketTeamId, waiting.channel, waiting.language, waiting.lastAgentId],
    ...[request.tier && waiting.tierId, request.strategy, request.skills, refusals],
  ])

/** When the next refusal lapses, of those that still hold at `now`. */
export function nextLapse(refusals: Refusals, now: number): number | null {
  const lapses = Object.values(refusals)
    .flatMap(({ at }) => [at + REFUSAL_ALONE_MS, at + REFUSAL_HOLDS_MS])
    .filter((at) => at > now)
  return lapses.length > 0 ? Math.min(...lapses) : null
}

export const withRefusal = (waiting: Waiting, agentId: string, at: number): Refusals => ({
  ...waiting.refusals,
  [agentId]: { at, times: (waiting.refusals[agentId]?.times ?? 0) + 1 },
})

const locales: Partial<Record<string, Locale>> = { pt: 'pt-BR', en: 'en', es: 'es' }

/** The language of the customer's own first words. */
async function spokenIn(db: Db, { id, subject }: TicketRow): Promise<Locale | null> {
  const [first] = await db.sql<{ text: string }[]>`
    SELECT text FROM message WHERE ticketId = ${id} AND kind = 'public' ORDER BY seq LIMIT 1`
  const language = await languageOf(`${subject}\n${first?.text ?? ''}`)
  // Of a language that nobody can say they speak, nothing is asked.
  return (language && locales[language]) ?? null
}

/** Whoever had the customer's last ticket before this one. */
async function lastAgentOf(db: Db, { requesterId, seq }: TicketRow): Promise<string | null> {
  const [last] = await db.sql<{ agentId: string }[]>`
    SELECT agentId FROM ticket WHERE requesterId = ${requesterId} AND seq < ${seq} AND agentId IS NOT NULL
    ORDER BY seq DESC LIMIT 1`
  return last?.agentId ?? null
}

async function tierOf(db: Db, customerId: string): Promise<string | null> {
  const [row] = await db.sql<
    { tierId: string | null }[]
  >`SELECT tierId FROM customer WHERE id = ${customerId}`
  return row?.tierId ?? null
}
