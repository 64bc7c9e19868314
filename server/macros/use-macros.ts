import type { Viewer } from '../access/viewer.ts'
import { AppError, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { addNote, carryOutProperties } from '../rules/carry-out.ts'
import type { Tx } from '../store/store.ts'
import { templateScope } from '../templates/scope.ts'
import { renderMessage } from '../templates/templates.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { combineChanges, type FieldChanges } from '../tickets/ticket-state.ts'
import { lastWords } from './apply-macro.ts'
import { deedOf, type MacroAction } from './contract.ts'
import { propertiesIn } from './effects.ts'
import { MacroUseEntity, type MacroRow } from './entities.ts'
import { findMacro, isOffered } from './macro-rows.ts'

/** What went into a message. */
export interface MacrosUsed {
  macroIds?: string[] | undefined
  /** Actions that their author took out before sending. */
  macroLeftOut?: { macroId: string; do: string }[] | undefined
}

/**
 * Carries out what ready answers do along with a message, as the agent's own act, and keeps that they were used. One that was archived
 * since it was chosen still counts: its author saw what it would do.
 * @returns what became of the ticket's properties. @throws NOT_FOUND `macro.not_found`
 */
export async function useMacros(
  deps: TicketDeps,
  tx: Tx,
  viewer: Viewer,
  ticketId: string,
  { macroIds = [], macroLeftOut = [] }: MacrosUsed,
): Promise<FieldChanges> {
  let changes: FieldChanges = {}
  for (const macroId of new Set(macroIds)) {
    const macro = await findMacro(tx.db, macroId)
    if (!isOffered(viewer, macro)) throw notFound('macro')
    const leftOut = macroLeftOut.filter((each) => each.macroId === macroId).map((each) => each.do)
    const actions = macro.actions.filter((action) => !leftOut.includes(deedOf(action)))
    changes = combineChanges(changes, await carryOutMacro(deps, tx, viewer, ticketId, { macro, actions }))
  }
  return changes
}

/** Does these actions of a ready answer, in the agent's name, and keeps that it was used. */
export async function carryOutMacro(
  deps: TicketDeps,
  tx: Tx,
  viewer: Viewer,
  ticketId: string,
  { macro, actions }: { macro: MacroRow; actions: readonly MacroAction[] },
): Promise<FieldChanges> {
  const ticket = await findTicket(tx.db, ticketId)
  if (!ticket) throw notFound('ticket')
  const agent = { type: 'agent', id: viewer.agentId } as const
  const extras = { agent, message: await lastWords(tx.db, ticket) }
  const scope = await templateScope(tx.db, ticket, await deps.names.current(), extras)
  const properties = propertiesIn(actions)
  // What was retired since it was chosen is no reason to hold an answer back.
  const changes = await carryOutProperties(deps, tx, agent, ticketId, properties, {
    whenGone: 'leaveOut',
    dueReason: macro.name,
  })
  for (const action of actions)
    if (action.do === 'addNote') await addNote(deps, tx, agent, ticketId, renderMessage(action.value, scope))
  await tx.db.insert(MacroUseEntity, {
    id: newId(),
    macroId: macro.id,
    ticketId,
    agentId: viewer.agentId,
    at: deps.clock.now(),
    characters: lengthOf(() => renderMessage(macro.body, scope).text),
  })
  return changes
}

/** A text that can't be written for this ticket any more, as a value of it has grown too long, saved nobody any typing. */
function lengthOf(write: () => string): number {
  try {
    return write().length
  } catch (error) {
    if (error instanceof AppError) return 0
    throw error
  }
}
