import { count, derived, mean, share, spread } from '../columns.ts'
import type { ReportDefinition } from '../question.ts'
import { everything, ofTickets, SPAN_END, tickets } from './parts.ts'

/** What comes, what goes, what stays, and what comes back. */
export const flow: Record<'volume' | 'backlog' | 'rework', ReportDefinition> = {
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
}
