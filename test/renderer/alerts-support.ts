import type { AlertRecipient, AlertView } from '../../server/alerts/contract.ts'

export const ANA = { type: 'agent' as const, id: 'a1', name: 'Ana' }
export const BRUNO = { type: 'agent' as const, id: 'a2', name: 'Bruno' }
/** When the alerts of these tests are raised. */
export const NOON = Date.parse('2026-03-09T15:00:00.000Z')
export const MINUTE = 60_000

export const after = (minutes: number): string => new Date(NOON + minutes * MINUTE).toISOString()

export const aRecipient = (parts: Partial<AlertRecipient> = {}): AlertRecipient => ({
  agentId: ANA.id,
  name: ANA.name,
  level: 1,
  deliveredAt: null,
  seenAt: null,
  snoozedUntil: null,
  showings: [],
  ...parts,
})

export const anAlert = (parts: Partial<AlertView> = {}): AlertView => ({
  id: 'x1',
  ticketId: 't1',
  ticket: {
    number: '2026-000412',
    subject: 'Impressora fiscal não imprime',
    priority: { name: 'Alta', weight: 30 },
    requester: 'Padaria São José',
  },
  severity: 'urgent',
  reason: 'sla.breached',
  data: { metric: 'firstResponse', dueAt: after(0), policyId: 'p1' },
  raisedAt: after(0),
  heldUntil: null,
  lateMs: null,
  state: 'raised',
  level: 1,
  recipients: [aRecipient()],
  acknowledgedAt: null,
  acknowledgedBy: null,
  ...parts,
})
