import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf } from '../tickets/apply-changes.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { addMessage } from '../tickets/messages.ts'
import { toMessageBody } from '../tickets/message-body.ts'
import { References } from '../tickets/references.ts'
import { findTicket, refreshIndex, tagIdsOf, updateTicketRow } from '../tickets/ticket-rows.ts'
import { planChanges, type TicketState } from '../tickets/ticket-state.ts'
import type { Names } from '../tickets/ticket-view.ts'
import type { LevelAction } from './contract.ts'

const desk = { type: 'system' } as const

/**
 * Does to a ticket what an escalation level says. Whatever can no longer be done (the team was archived, the agent has left) is
 * left out: the alert has to go out all the same.
 */
export async function carryOut(
  deps: TicketDeps,
  tx: Tx,
  ticketId: string,
  actions: readonly LevelAction[],
): Promise<void> {
  const names = await deps.names.current()
  for (const action of actions) {
    if (action.do === 'addNote') await addNote(deps, tx, ticketId, action.value)
    else await change(deps, tx, ticketId, action, names)
  }
}

async function change(
  deps: TicketDeps,
  tx: Tx,
  ticketId: string,
  action: Exclude<LevelAction, { do: 'addNote' }>,
  names: Names,
): Promise<void> {
  const before = await findTicket(tx.db, ticketId)
  if (!before) return
  const tagIds = await tagIdsOf(tx.db, ticketId)
  const wanted = await wantedBy(deps, tx, action, names, tagIds)
  const plan = planChanges(stateOf(before, tagIds), {}, wanted, before.version)
  if (plan.outcome === 'changed') await applyChanges(deps, tx, desk, before, tagIds, plan, names)
}

async function wantedBy(
  { tags }: TicketDeps,
  tx: Tx,
  action: Exclude<LevelAction, { do: 'addNote' }>,
  { catalog, people }: Names,
  tagIds: readonly string[],
): Promise<Partial<TicketState>> {
  const find = new References(catalog, people)
  switch (action.do) {
    case 'setPriority':
      return ifOffered(() => ({ priorityId: find.priority(action.value).id }))
    case 'setTeam':
      return ifOffered(() => ({ teamId: find.teamId(action.value) }))
    case 'setAgent':
      return ifOffered(() => ({ agentId: find.agentId(action.value) }))
    case 'addTags': {
      const added = await tags.ensureTags(tx, action.value, desk, tagIds)
      return { tagIds: [...new Set([...tagIds, ...added.map(({ id }) => id)])].sort() }
    }
  }
}

function ifOffered(resolve: () => Partial<TicketState>): Partial<TicketState> {
  try {
    return resolve()
  } catch (error) {
    if (error instanceof AppError) return {}
    throw error
  }
}

async function addNote(deps: TicketDeps, tx: Tx, ticketId: string, text: string): Promise<void> {
  const ticket = await findTicket(tx.db, ticketId)
  if (!ticket) return
  const version = ticket.version + 1
  const now = deps.clock.now()
  const message = {
    id: newId(),
    kind: 'note',
    author: desk,
    channel: 'manual',
    ...toMessageBody(text),
  } as const
  await addMessage(deps, tx, desk, { ticket, message, version })
  await refreshIndex(tx, await updateTicketRow(tx, ticket, { version, updatedAt: now, lastMessageAt: now }))
}
