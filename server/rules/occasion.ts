import type { ActorRef } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import type { Happening } from '../tickets/happenings.ts'
import type { Trigger } from './contract.ts'

/** What gives rise to one round of rules over one ticket. */
export interface Occasion {
  ticketId: string
  /** What it was; the first one names it. */
  triggers: readonly [Trigger, ...Trigger[]]
  actor: ActorRef
  changes: Happening['changes']
  message?: Happening['message']
  /** Of what the rules' own acts are. */
  depth: number
  /** The event that it came with. */
  eventSeq: number
  /** What is done once for this occasion is kept by this. */
  key: string
}

/** The events that acts are known by. */
const eventOf: Record<Exclude<Trigger, 'time'>, string> = {
  'ticket.created': 'ticket.created',
  'ticket.updated': 'ticket.updated',
  'message.received': 'message.created',
  'message.sent': 'message.created',
  'note.added': 'message.created',
  'sla.warning': 'sla.warning',
  'sla.breached': 'sla.breached',
}

/** As many events as one act may leave behind. */
const LOOK_BACK = 40

/** A happening as an occasion for rules: with the event it came with, and a deadline that was found missed while it was written down. */
export async function occasionOf(tx: Tx, happening: Happening): Promise<Occasion | null> {
  const { ticketId, triggers, actor, changes, message, depth = 0 } = happening
  const [first, ...others] = triggers
  if (first === undefined) return null
  const events = await tx.db.sql<{ seq: number; type: string }[]>`
    SELECT seq, type FROM event WHERE ticketId = ${ticketId} ORDER BY seq DESC LIMIT ${LOOK_BACK}`
  const own = events.find(({ type }) => type === eventOf[first]) ?? events[0]
  const eventSeq = own?.seq ?? 0
  // When the server was off, whoever touches the ticket first finds its deadline missed: rules must hear of that too.
  const foundMissed =
    !triggers.includes('sla.breached') &&
    events.some(({ seq, type }) => seq > eventSeq && type === 'sla.breached')
  return {
    ...{ ticketId, actor, changes, message, eventSeq, depth: depth + 1, key: String(eventSeq) },
    triggers: [first, ...others, ...(foundMissed ? ['sla.breached' as const] : [])],
  }
}

/** That a rule's time has come for a ticket. */
export async function occasionOfTime(tx: Tx, ticketId: string, now: number): Promise<Occasion> {
  const [latest] = await tx.db.sql<{ seq: number | null }[]>`
    SELECT max(seq) AS seq FROM event WHERE ticketId = ${ticketId}`
  return {
    ...{ ticketId, triggers: ['time'], actor: { type: 'system' }, changes: {}, depth: 1 },
    ...{ eventSeq: latest?.seq ?? 0, key: `${ticketId}:${now}` },
  }
}
