import type { AlertView } from '../../../server/alerts/contract.ts'
import { alertHappening, newsHappening, type Happening } from '../../../src-main/alerts/happening.ts'

export const ME = '0197a000-0000-7000-8000-000000000001'
export const TICKET = '0197a000-0000-7000-8000-0000000000aa'
export const RAISED = Date.UTC(2026, 10, 26, 13)

/** An alert about a missed deadline of the reader's own ticket, unless said otherwise. */
export function anAlert(changes: Partial<AlertView> = {}): AlertView {
  return {
    id: '0197a000-0000-7000-8000-0000000000f1',
    ticketId: TICKET,
    ticket: {
      number: '2026-000001',
      subject: 'Impressora parada',
      priority: { name: 'Urgente', weight: 40 },
      requester: 'Rita Prado',
    },
    severity: 'urgent',
    reason: 'sla.breached',
    data: { metric: 'firstResponse', dueAt: new Date(RAISED).toISOString() },
    raisedAt: new Date(RAISED).toISOString(),
    heldUntil: null,
    lateMs: null,
    state: 'raised',
    level: 1,
    recipients: [
      {
        agentId: ME,
        name: 'Ana',
        level: 1,
        deliveredAt: null,
        seenAt: null,
        snoozedUntil: null,
        showings: [],
      },
    ],
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...changes,
  }
}

export const aCall = (changes: Partial<AlertView> = {}): Happening =>
  alertHappening(anAlert(changes), 'new', ME)

/** News of the ticket that {@link anAlert} is about. */
export const aCustomersMessage = (): Happening =>
  newsHappening('customerMessage', 'mine', {
    ...{ id: TICKET, number: '2026-000001', subject: 'Impressora parada', requester: 'Rita Prado' },
    ...{ actor: null, text: 'Já voltou?' },
  })
