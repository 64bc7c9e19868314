import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { Notify } from '../rules/action.contract.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Tx } from '../store/store.ts'
import type { CreateTicket, TicketView } from '../tickets/contract.ts'
import type { Received } from '../tickets/receive-message.ts'
import { isActive } from '../tickets/lifecycle.ts'
import { survivorOf } from '../tickets/survivors.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { ActorRef } from '../events/event-log.ts'
import { extensionOf } from './call-facts.ts'
import { customersWith, linesOf, missedBefore, spokenWith, timesMissed, updateCall } from './call-rows.ts'
import type { PhoneOptions } from './contract.ts'
import type { CallRow } from './entities.ts'
import { agentAt } from './extensions.service.ts'
import { shownNumber } from './numbers.ts'
import { missedAgain, missedBody, missedSubject, type MissedCall } from './phone-words.ts'

const MINUTE_MS = 60_000
/** Whoever rings again just now is waited for. */
const RINGS_AGAIN_MS = 30_000

export interface MissedDeps {
  settings: Pick<Settings, 'get'>
  people: Pick<People, 'current'>
  alerts: Pick<Alerts, 'raise' | 'settle'>
  tickets: {
    /** Opens a ticket in the desk's own name. */
    open(input: CreateTicket): Promise<TicketView>
    receive(actor: ActorRef, input: Received): Promise<void>
  }
}

/** Does once what the office wants of a call that nobody took. Returns when to look again; null when it is settled. */
export async function settleMissed(
  deps: MissedDeps,
  tx: Tx,
  call: CallRow,
  { missed }: PhoneOptions,
  now: number,
): Promise<number | null> {
  const { choice } = missed
  if (call.state !== 'missed' || choice === 'nothing' || call.isTest === 1) return null
  if (call.wrapUpAt !== null) return null
  // A colleague who was not reached is no customer.
  if (call.e164 === null && call.number !== '' && (await agentAt(tx.db, call.number)) !== null) return null
  if (call.numberKey !== '') {
    const { isAnswered, rings } = await spokenWith(tx.db, call.numberKey, call.startedAt)
    if (isAnswered) return null
    if (rings) return now + RINGS_AGAIN_MS
  }
  // Nobody can be called back who gave no number; a note of it in the queue would only be in the way.
  if (choice === 'ticket' && call.numberKey === '') return null
  const firstId = await firstOf(tx, call, missed.windowMinutes, choice)
  const row = await updateCall(tx, call, { missedOf: firstId })
  const said = await described(tx, row, await timesMissed(tx.db, firstId))
  if (choice === 'ticket') await intoTicket(deps, tx, row, said, missed.teamId)
  else await intoAlert(deps, tx, row, said, missed.teamId, now)
  return null
}

/** Missed calls of one number go together for as long as each comes soon enough after the last, and the ticket is open. */
async function firstOf(tx: Tx, call: CallRow, windowMinutes: number, choice: string): Promise<string> {
  if (call.numberKey === '') return call.id
  const last = await missedBefore(tx.db, call, call.startedAt - windowMinutes * MINUTE_MS)
  if (!last?.missedOf) return call.id
  return choice === 'ticket' && !(await openTicketOf(tx, last)) ? call.id : last.missedOf
}

async function openTicketOf(tx: Tx, { ticketId }: CallRow) {
  const ticket = ticketId === null ? undefined : await findTicket(tx.db, ticketId)
  const survivor = ticket && (await survivorOf(tx.db, ticket))
  return survivor && isActive(survivor.statusClass) ? survivor : null
}

async function described(tx: Tx, call: CallRow, times: number): Promise<MissedCall> {
  const lines = await linesOf(tx.db, [call.seq])
  const others = call.e164 === null ? [] : await customersWith(tx.db, call.e164)
  return {
    number: shownNumber({ given: call.number, e164: call.e164 }),
    at: call.startedAt,
    extensions: lines.flatMap(({ line }) => extensionOf(line) ?? []),
    times,
    alsoOf: others.slice(1).map(({ name }) => name),
  }
}

async function intoTicket(
  { tickets, settings, people }: MissedDeps,
  tx: Tx,
  call: CallRow,
  said: MissedCall,
  teamId: string | null,
): Promise<void> {
  const office = await settings.get()
  const first = call.missedOf === call.id ? null : await ticketOfFirst(tx, call)
  if (first) {
    await tickets.receive(
      { type: 'system' },
      { ticketId: first, text: missedAgain(office, said), channel: 'phone' },
    )
    await updateCall(tx, call, { ticketId: first })
    return
  }
  const { teams } = await people.current()
  const ticket = await tickets.open({
    subject: missedSubject(office, said),
    body: missedBody(office, said),
    bodyKind: 'public',
    requester: await requesterOf(tx, call, said),
    channel: 'phone',
    // A team that is no more leaves it in the common triage.
    teamId: teamId !== null && teams.get(teamId)?.archivedAt === null ? teamId : null,
  })
  await updateCall(tx, call, { ticketId: ticket.id, customerId: call.customerId ?? ticket.requester.id })
}

async function ticketOfFirst(tx: Tx, { missedOf, id }: CallRow): Promise<string | null> {
  const [row] = await tx.db.sql<CallRow[]>`
    SELECT * FROM call WHERE missedOf = ${missedOf} AND id <> ${id} AND ticketId IS NOT NULL ORDER BY seq DESC LIMIT 1`
  return row ? ((await openTicketOf(tx, row))?.id ?? null) : null
}

async function requesterOf(
  tx: Tx,
  call: CallRow,
  { number }: MissedCall,
): Promise<CreateTicket['requester']> {
  if (call.customerId !== null) return { id: call.customerId }
  if (call.e164 === null) return { name: number }
  const [known] = await customersWith(tx.db, call.e164)
  return known ? { id: known.id } : { phone: call.e164 }
}

/** To the team; to those who oversee the desk when there is none or nobody in it. Again within the window it is told again, with how often. */
async function intoAlert(
  { alerts, people }: MissedDeps,
  tx: Tx,
  call: CallRow,
  { number, times }: MissedCall,
  teamId: string | null,
  now: number,
): Promise<void> {
  const { agents } = await people.current()
  const team = [...agents.values()].filter(
    ({ active, teamIds }) => active && teamId !== null && teamIds.includes(teamId),
  )
  const notify: Notify[] = team.length > 0 ? team.map(({ id }) => id) : ['supervisors']
  const [customer] = call.customerId
    ? await tx.db.sql<{ name: string }[]>`
    SELECT name FROM customer WHERE id = ${call.customerId}`
    : []
  const alert = {
    ...({
      ticket: null,
      severity: 'warning',
      reason: 'call.missed',
      notify,
      lateMs: null,
      tellAt: now,
    } as const),
    data: { callId: call.id, number, customer: customer?.name ?? null, customerId: call.customerId, times },
  }
  const firstId = call.missedOf ?? call.id
  const outcome = await alerts.raise(tx, { ...alert, key: alertKey(firstId) })
  if (outcome !== 'acknowledged') return
  // Somebody took care of the former; that they called once more is news.
  await updateCall(tx, call, { missedOf: call.id })
  await alerts.raise(tx, { ...alert, key: alertKey(call.id), data: { ...alert.data, times } })
}

const alertKey = (firstId: string) => `call.missed:${firstId}`

/** Somebody took care of the call: its alert falls silent, unless another of the calls that it is about still waits. */
export async function settleAlert(
  { alerts }: Pick<MissedDeps, 'alerts'>,
  tx: Tx,
  { missedOf }: CallRow,
  actor: ActorRef,
): Promise<void> {
  if (missedOf === null) return
  const [waiting] = await tx.db.sql<{ id: string }[]>`
    SELECT id FROM call WHERE missedOf = ${missedOf} AND state = 'missed' AND wrapUpAt IS NULL LIMIT 1`
  if (!waiting) await alerts.settle(tx, [alertKey(missedOf)], actor)
}
