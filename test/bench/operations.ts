import type { Call } from './http-client.ts'
import { RARE_WORD } from './phrases.ts'
import { Random } from './random.ts'
import type { Landmarks } from './landmarks.ts'
import { writeTicket } from './text.ts'

/** One thing that agents do all day, as the floor and as the desk are asked for it. */
export interface Operation {
  name: string
  /** The median to reach, in milliseconds. */
  goalMs: number | null
  floor: (index: number) => Call
  desk: (index: number) => Call
}

export const query = (procedure: string, input: unknown): Call => ({
  method: 'GET',
  path: `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
})
export const mutation = (procedure: string, input: unknown): Call => ({
  method: 'POST',
  path: `/trpc/${procedure}`,
  body: input,
})

/** The procedure's answer without tRPC's envelope. */
export const dataOf = (answer: unknown) => (answer as { result: { data: unknown } }).result.data

const itemCount = (count: number) => (answer: unknown) =>
  (answer as { items: unknown[] }).items.length === count
const deskItems = (count: number) => (answer: unknown) => itemCount(count)(dataOf(answer))

/** Reading comes first, so that its numbers are those of the store as filled. */
export function readOperations(landmarks: Landmarks): Operation[] {
  const active = ['new', 'open', 'waiting', 'hold']
  const list = (by: string, dir: string): Call => ({
    ...query('tickets.list', { filter: { statusClass: active }, sort: { by, dir }, limit: 50 }),
    expect: deskItems(50),
  })
  const ticketAt = (index: number) => landmarks.anyTickets[index % landmarks.anyTickets.length] ?? ''
  return [
    {
      name: 'list by deadline',
      goalMs: 2.8,
      floor: () => ({ method: 'GET', path: '/list/due', expect: itemCount(50) }),
      desk: () => list('dueAt', 'asc'),
    },
    {
      name: 'list by priority',
      goalMs: 2.8,
      floor: () => ({ method: 'GET', path: '/list/priority', expect: itemCount(50) }),
      desk: () => list('priority', 'desc'),
    },
    {
      name: 'open a ticket',
      goalMs: 2.4,
      floor: (index) => ({ method: 'GET', path: `/ticket/${ticketAt(index)}` }),
      desk: (index) => query('tickets.get', { id: ticketAt(index) }),
    },
    {
      name: 'search (1 % match)',
      goalMs: 3,
      floor: () => ({ method: 'GET', path: `/search?text=${RARE_WORD}`, expect: itemCount(20) }),
      desk: () => ({ ...query('tickets.search', { text: RARE_WORD, limit: 20 }), expect: deskItems(20) }),
    },
    {
      name: 'counts',
      goalMs: null,
      floor: () => ({ method: 'GET', path: '/counts' }),
      desk: () => query('tickets.counts', {}),
    },
  ]
}

export function writeOperations(landmarks: Landmarks): { create: Operation; reply: Operation } {
  const random = new Random(4_810)
  const newTicket = (index: number) => {
    const { subject, request } = writeTicket(random, index, false)
    const requesterId = landmarks.customers[index % landmarks.customers.length] ?? ''
    const teamId = landmarks.teams[index % landmarks.teams.length] ?? ''
    return { subject, body: request.html, requesterId, teamId }
  }
  const newReply = (index: number) => ({
    ticketId: landmarks.activeTickets[index % landmarks.activeTickets.length] ?? '',
    body: writeTicket(random, index, false).reply.html,
  })
  return {
    create: {
      name: 'create',
      goalMs: 3.2,
      floor: (index) => ({ method: 'POST', path: '/create', body: newTicket(index) }),
      desk: (index) => {
        const { requesterId, ...rest } = newTicket(index)
        return mutation('tickets.create', { ...rest, requester: { id: requesterId }, channel: 'phone' })
      },
    },
    reply: {
      name: 'reply',
      goalMs: 1.5,
      floor: (index) => ({ method: 'POST', path: '/reply', body: newReply(index) }),
      desk: (index) => mutation('tickets.reply', { ...newReply(index), kind: 'public' }),
    },
  }
}
