import type { AgentView } from '../../server/access/contract.ts'
import type { DeskEvent } from '../../server/events/contract.ts'
import type { SlaClockView } from '../../server/sla/contract.ts'
import type { MessageView, TicketDetail, TicketItem } from '../../server/tickets/contract.ts'
import type { Command } from '../../src-renderer/outbox/command.ts'
import type { DeskCatalog } from '../../src-renderer/stores/catalog.ts'

const at = '2026-11-21T12:00:00.000Z'

export const aTicket = (parts: Partial<TicketItem> = {}): TicketItem => ({
  id: 't1',
  number: '2026-000001',
  version: 5,
  subject: 'Impressora não imprime',
  channel: 'phone',
  status: { id: 's-open', key: 'open', name: 'Aberto', class: 'open' },
  priority: { id: 'p-normal', key: 'normal', name: 'Normal', weight: 20, color: '#3366ff' },
  type: null,
  category: null,
  team: null,
  agent: null,
  requester: { id: 'c1', name: 'Padaria São José', tier: null },
  tags: [],
  dueAt: null,
  sla: [],
  slaPolicy: null,
  waitingSince: null,
  createdAt: at,
  updatedAt: at,
  lastMessageAt: at,
  resolvedAt: null,
  closedAt: null,
  ...parts,
})

/** A promise that runs round the clock and has an hour of four left at noon. */
export const aPromise = (parts: Partial<SlaClockView> = {}): SlaClockView => ({
  metric: 'firstResponse',
  cycle: 1,
  status: 'running',
  startedAt: '2026-11-21T09:00:00.000Z',
  dueAt: '2026-11-21T13:00:00.000Z',
  remainingMs: 3_600_000,
  targetMs: 4 * 3_600_000,
  pausedSince: null,
  metAt: null,
  breachedAt: null,
  cancelledAt: null,
  manual: false,
  policyId: 'sla-1',
  calendarId: null,
  ...parts,
})

export const aDetail = (parts: Partial<TicketDetail> = {}): TicketDetail => ({
  ...aTicket(),
  urgency: null,
  impact: null,
  manualDueAt: null,
  dueReason: null,
  fields: {},
  createdBy: { type: 'agent', id: 'a1', name: 'Ana' },
  messages: [],
  timeline: [],
  seq: 100,
  ...parts,
})

export const aMessage = (parts: Partial<MessageView> = {}): MessageView => ({
  id: 'm1',
  ticketId: 't1',
  kind: 'public',
  author: { type: 'agent', id: 'a1', name: 'Ana' },
  channel: 'phone',
  html: '<p>Oi</p>',
  text: 'Oi',
  attachments: [],
  createdAt: at,
  ...parts,
})

export const anEvent = (parts: Partial<DeskEvent> = {}): DeskEvent => ({
  seq: 101,
  type: 'ticket.updated',
  at,
  actor: { type: 'agent', id: 'a2', name: 'Bruno' },
  ticketId: 't1',
  data: { version: 6 },
  ...parts,
})

export const aCommand = (parts: Partial<Command> = {}): Command => ({
  id: 'command-1',
  procedure: 'tickets.update',
  input: { ticketId: 't1', version: 5, changes: {} },
  subject: 't1',
  createdAt: Date.parse(at),
  attempts: 0,
  faults: 0,
  state: 'waiting',
  failure: null,
  ...parts,
})

const anAgent = (id: string, name: string): AgentView => ({
  id,
  name,
  email: `${id}@ipe.example`,
  role: 'agent',
  teamIds: [],
  locale: null,
  active: true,
  createdAt: at,
  invitation: null,
})

const row = { position: 0, archived: false }
const hints = { criteria: '', procedure: '' }
const matrixRow = { low: 'p-normal', medium: 'p-normal', high: 'p-urgent' }

export const theCatalog: DeskCatalog = {
  types: [{ ...row, id: 'y1', key: 'incident', name: 'Incidente', icon: null }],
  categories: [{ ...row, id: 'g1', parentId: null, name: 'Impressora', path: ['Impressora'] }],
  statuses: [
    { ...row, id: 's-open', key: 'open', name: 'Aberto', class: 'open' },
    { ...row, id: 's-done', key: 'resolved', name: 'Resolvido', class: 'resolved' },
  ],
  priorities: [
    { ...row, ...hints, id: 'p-normal', key: 'normal', name: 'Normal', weight: 20, color: '#3366ff' },
    { ...row, ...hints, id: 'p-urgent', key: 'urgent', name: 'Urgente', weight: 40, color: '#cc0000' },
  ],
  tags: [{ id: 'g-fiscal', name: 'Fiscal', color: '#00aa55', public: true, archived: false }],
  fields: [],
  matrix: { low: matrixRow, medium: matrixRow, high: matrixRow },
  agents: [anAgent('a1', 'Ana'), anAgent('a2', 'Bruno')],
  teams: [{ id: 'e1', name: 'Suporte', position: 0, calendarId: null, archivedAt: null }],
}
