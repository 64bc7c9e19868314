import { count, response } from '../columns.ts'
import type { ReportDefinition } from '../question.ts'
import { everything, tickets } from './parts.ts'

/** How long customers waited. */
export const times: Record<'firstResponse' | 'nextResponse' | 'resolution', ReportDefinition> = {
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
}
