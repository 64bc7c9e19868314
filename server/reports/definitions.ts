import { SATISFIED_FROM, NPS } from '../feedback/contract.ts'
import { count, derived, different, mean, response, share, spread, totalTime } from './columns.ts'
import type { Grouping, ReportName } from './contract.ts'
import type { ReportDefinition, Source } from './question.ts'
import { tagsOf } from './source-sql.ts'
import { timeGroupings } from './wall-clock.ts'

/** What tickets can be told apart by. */
const ofTickets = [
  ...(['agent', 'team', 'channel', 'type', 'category', 'tag', 'priority'] as const),
  ...(['customer', 'organization', 'tier', 'policy'] as const),
] satisfies Grouping[]
const everything: Grouping[] = [...ofTickets, ...timeGroupings]

/** Tickets by one of their instants. Those that go on in another count as that one. */
const tickets = (at: string, rest: Pick<Source, 'adds'> & Partial<Source>): Source => ({
  from: 'ticket_fact f',
  ticket: 'CROSS JOIN ticket t ON t.seq = f.seq',
  seq: 'f.seq',
  at: `f.${at}`,
  where: 'f.merged = 0',
  agent: 't.agentId',
  ...rest,
})

const byTicketId = (alias: string) => `CROSS JOIN ticket t ON t.id = ${alias}.ticketId`
const notMerged = (alias: string) =>
  `${alias}.ticketId NOT IN (SELECT id FROM ticket WHERE mergedIntoId IS NOT NULL)`

/** What is still in work has no end yet. */
export const NO_END = Number.MAX_SAFE_INTEGER
/** The expression of its index, which so has all that is asked of a span. */
export const SPAN_END = `COALESCE(x.toAt, ${NO_END})`

const keptIf = (metric: string) => `CASE WHEN r.metric = '${metric}' THEN r.outcome = 'met' END`

/** Of a call that the exchange never told the end of it isn't known; 0 would make all the others' look shorter. */
const TALK = 'CASE WHEN k.isEndAssumed = 0 THEN k.endedAt - k.answeredAt END'

/**
 * Every report: where its rows come from, when each counts, and what figures they make. What came of a ticket counts when it came:
 * an answer in the period in which it was given, whenever the ticket was opened. So a period's figures stand once it is over, but
 * for tickets that come back.
 */
export const definitions: Record<ReportName, ReportDefinition> = {
  volume: {
    columns: [
      count('created'),
      count('resolved', 'more'),
      count('cancelled'),
      derived(
        'growth',
        { kind: 'signed', better: 'less' },
        ({ created, resolved, cancelled }) => (created ?? 0) - (resolved ?? 0) - (cancelled ?? 0),
      ),
    ],
    groupings: everything,
    defaultGrouping: 'day',
    leading: 'created',
    distribution: null,
    sources: [
      tickets('createdAt', { adds: { created: '1' } }),
      tickets('resolvedAt', { agent: 'f.resolvedBy', adds: { resolved: '1' } }),
      tickets('cancelledAt', { adds: { cancelled: '1' } }),
    ],
  },
  firstResponse: {
    columns: [count('answered', 'more'), ...response('firstResponse')],
    groupings: everything,
    defaultGrouping: 'day',
    leading: 'firstResponseMedian',
    distribution: 'firstResponse',
    sources: [
      tickets('firstAnsweredAt', {
        agent: 'f.firstAnsweredBy',
        adds: {
          answered: '1',
          firstResponse: 'f.firstResponseBusinessMs',
          firstResponseElapsed: 'f.firstAnsweredAt - f.createdAt',
        },
      }),
    ],
  },
  nextResponse: {
    columns: [count('answered', 'more'), ...response('nextResponse')],
    groupings: everything,
    defaultGrouping: 'day',
    leading: 'nextResponseMedian',
    distribution: 'nextResponse',
    sources: [
      {
        from: 'ticket_reply p CROSS JOIN ticket_fact f ON f.seq = p.seq',
        ticket: 'CROSS JOIN ticket t ON t.seq = p.seq',
        seq: 'p.seq',
        at: 'p.at',
        where: 'p.askedAt IS NOT NULL AND f.merged = 0',
        agent: 'p.agentId',
        adds: {
          answered: '1',
          nextResponse: 'p.businessMs',
          nextResponseElapsed: 'p.at - p.askedAt',
        },
      },
    ],
  },
  resolution: {
    columns: [count('resolved', 'more'), ...response('resolution')],
    groupings: everything,
    defaultGrouping: 'day',
    leading: 'resolutionMedian',
    distribution: 'resolution',
    sources: [
      tickets('resolvedAt', {
        agent: 'f.resolvedBy',
        adds: {
          resolved: '1',
          resolution: 'f.resolutionBusinessMs',
          resolutionElapsed: 'f.resolvedAt - f.createdAt',
        },
      }),
    ],
  },
  attainment: {
    columns: [
      share('keptShare', 'kept', 'more'),
      count('kept', 'more'),
      count('missed', 'less'),
      share('firstResponseKeptShare', 'firstResponseKept', 'more'),
      share('nextResponseKeptShare', 'nextResponseKept', 'more'),
      share('resolutionKeptShare', 'resolutionKept', 'more'),
      ...spread('lateness'),
    ],
    groupings: everything,
    defaultGrouping: 'month',
    leading: 'keptShare',
    distribution: null,
    sources: [
      {
        from: 'sla_result r',
        ticket: byTicketId('r'),
        seq: 't.seq',
        at: 'r.decidedAt',
        where: `r.reopenedAt IS NULL AND ${notMerged('r')}`,
        agent: 'r.agentId',
        // As they were when it was decided.
        groups: {
          team: 'r.teamId',
          priority: 'r.priorityId',
          policy: 'r.policyId',
          tag: tagsOf('r.ticketId'),
        },
        adds: {
          kept: `r.outcome = 'met'`,
          missed: `r.outcome = 'breached'`,
          firstResponseKept: keptIf('firstResponse'),
          nextResponseKept: keptIf('nextResponse'),
          resolutionKept: keptIf('resolution'),
          lateness: `CASE WHEN r.outcome = 'breached' THEN r.usedMs - r.targetMs END`,
        },
      },
    ],
  },
  backlog: {
    columns: [count('open', 'less'), ...spread('age'), count('opened'), count('ended', 'more')],
    groupings: [...ofTickets, 'day', 'week', 'month'],
    defaultGrouping: 'day',
    leading: 'open',
    distribution: 'age',
    // At the period's end; days, weeks and months each at their own, see backlog.ts.
    sources: [
      {
        from: 'ticket_span x CROSS JOIN ticket_fact f ON f.seq = x.seq',
        ticket: 'CROSS JOIN ticket t ON t.seq = x.seq',
        seq: 'x.seq',
        at: 'x.fromAt',
        within: `x.fromAt < :to AND ${SPAN_END} >= :from`,
        where: 'f.merged = 0',
        agent: 't.agentId',
        adds: {
          open: `${SPAN_END} >= :to`,
          age: `CASE WHEN ${SPAN_END} >= :to THEN :to - f.createdAt END`,
          opened: 'x.fromAt >= :from',
          ended: `${SPAN_END} < :to`,
        },
      },
    ],
  },
  rework: {
    columns: [
      count('resolved', 'more'),
      share('reopenedShare', 'wasReopened', 'less'),
      share('transferredShare', 'wasTransferred', 'less'),
      share('handedOverShare', 'wasHandedOver', 'less'),
      share('oneTouchShare', 'oneTouch', 'more'),
      count('reopened', 'less'),
      count('transfers', 'less'),
      count('handovers', 'less'),
      mean('repliesAverage', 'replies', 'less'),
    ],
    groupings: everything,
    defaultGrouping: 'team',
    leading: 'reopenedShare',
    distribution: null,
    sources: [
      tickets('resolvedAt', {
        agent: 'f.resolvedBy',
        adds: {
          resolved: '1',
          wasReopened: 'f.reopened > 0',
          wasTransferred: 'f.transfers > 0',
          wasHandedOver: 'f.handovers > 0',
          oneTouch: 'f.oneTouch',
          reopened: 'f.reopened',
          transfers: 'f.transfers',
          handovers: 'f.handovers',
          replies: 'f.replies',
        },
      }),
    ],
  },
  handling: {
    columns: [
      count('calls'),
      ...spread('talk'),
      ...spread('wrapUp'),
      totalTime('handlingTotal', 'handling'),
      count('replies'),
      different('tickets'),
      derived('repliesPerTicket', { kind: 'score', better: 'less' }, ({ replies, tickets }) =>
        tickets ? (replies ?? 0) / tickets : null,
      ),
    ],
    groupings: everything,
    defaultGrouping: 'agent',
    leading: 'replies',
    distribution: null,
    // Work that was done stays done, whatever became of the ticket.
    sources: [
      {
        from: 'call k',
        ticket: 'LEFT JOIN ticket t ON t.id = k.ticketId',
        seq: 't.seq',
        at: 'k.startedAt',
        where: 'k.answeredAt IS NOT NULL AND k.isTest = 0',
        agent: 'k.agentId',
        adds: {
          calls: '1',
          talk: TALK,
          wrapUp: 'k.wrapUpMs',
          handling: `coalesce(${TALK}, 0) + coalesce(k.wrapUpMs, 0)`,
          tickets: 't.seq',
        },
      },
      {
        from: 'ticket_reply p',
        ticket: 'CROSS JOIN ticket t ON t.seq = p.seq',
        seq: 'p.seq',
        at: 'p.at',
        agent: 'p.agentId',
        adds: { replies: '1', tickets: 'p.seq' },
      },
    ],
  },
  satisfaction: {
    columns: [
      share('satisfiedShare', 'satisfied', 'more'),
      count('answers', 'more'),
      mean('scoreAverage', 'csat', 'more'),
      count('npsAnswers', 'more'),
      // From −100 to 100, as the field gives it.
      { ...mean('nps', 'nps', 'more'), kind: 'signed' },
    ],
    groupings: everything,
    defaultGrouping: 'month',
    leading: 'satisfiedShare',
    distribution: null,
    sources: [
      {
        from: 'feedback b',
        ticket: byTicketId('b'),
        seq: 't.seq',
        at: 'b.at',
        where: notMerged('b'),
        // Whose ticket it was when the customer answered.
        agent: 'b.agentId',
        groups: { team: 'b.teamId' },
        adds: {
          answers: `b.kind = 'csat'`,
          satisfied: `CASE WHEN b.kind = 'csat' THEN b.score >= ${SATISFIED_FROM} END`,
          csat: `CASE WHEN b.kind = 'csat' THEN b.score END`,
          npsAnswers: `b.kind = 'nps'`,
          nps: `CASE WHEN b.kind = 'nps' THEN
            CASE WHEN b.score >= ${NPS.promoterFrom} THEN 100 WHEN b.score <= ${NPS.detractorUpTo} THEN -100 ELSE 0 END END`,
        },
      },
    ],
  },
  macros: {
    columns: [count('uses'), different('tickets'), different('agents'), count('characters', 'more')],
    groupings: ['macro', ...everything],
    defaultGrouping: 'macro',
    leading: 'uses',
    distribution: null,
    sources: [
      {
        from: 'macro_use m',
        ticket: byTicketId('m'),
        seq: 't.seq',
        at: 'm.at',
        agent: 'm.agentId',
        groups: { macro: 'm.macroId' },
        adds: { uses: '1', tickets: 'm.ticketId', agents: 'm.agentId', characters: 'm.characters' },
      },
    ],
  },
}
