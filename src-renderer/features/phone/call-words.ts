import type { CallPop, CallTicket } from '../../../server/phone/contract.ts'

/** The ticket that the call belongs to, else the one that it is most likely about. */
export const openableTicket = ({ ticket, openTickets }: CallPop): CallTicket | null =>
  ticket ?? openTickets[0] ?? null

/** Its tickets as the card lists them: its own first, the others as the server gave them. */
export const ticketsOf = ({ ticket, openTickets }: CallPop): CallTicket[] =>
  ticket ? [ticket, ...openTickets.filter(({ id }) => id !== ticket.id)] : [...openTickets]

/** A wrap-up that the office requires stays until it is done. */
export const mayDismiss = ({ role, wrapUpUntil }: Pick<CallPop, 'role' | 'wrapUpUntil'>): boolean =>
  role !== 'wrapUp' || wrapUpUntil !== null

/** How the card calls it: the last part of a key. */
export function titleOf({ role, direction, isTest }: Pick<CallPop, 'role' | 'direction' | 'isTest'>): string {
  if (isTest) return 'test'
  return role === 'rings' && direction === 'out' ? 'dials' : (role ?? 'talking')
}

/** Since when (UTC ms) the time on the card runs. */
export function runsSince({ role, startedAt, answeredAt, endedAt }: CallPop): number {
  return Date.parse((role === 'wrapUp' ? endedAt : answeredAt) ?? startedAt)
}
