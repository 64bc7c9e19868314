import { count, derived, different, spread, totalTime } from '../columns.ts'
import type { ReportDefinition } from '../question.ts'
import { byTicketId, everything } from './parts.ts'

/** Of a call that the exchange never told the end of it isn't known; 0 would make all the others' look shorter. */
const TALK = 'CASE WHEN k.isEndAssumed = 0 THEN k.endedAt - k.answeredAt END'

/** What people did, whatever became of the tickets. */
export const work: Record<'handling' | 'macros', ReportDefinition> = {
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
