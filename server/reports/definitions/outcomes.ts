import { NPS, SATISFIED_FROM } from '../../feedback/contract.ts'
import { count, mean, share, spread } from '../columns.ts'
import type { ReportDefinition } from '../question.ts'
import { tagsOf } from '../source-sql.ts'
import { byTicketId, everything, notMerged } from './parts.ts'

const keptIf = (metric: string) => `CASE WHEN r.metric = '${metric}' THEN r.outcome = 'met' END`

/** What was kept of what was promised, and what customers thought of it. */
export const outcomes: Record<'attainment' | 'satisfaction', ReportDefinition> = {
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
}
