import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { notFound } from '../errors.ts'
import type { Db } from '../store/store.ts'
import { delayEnds } from '../rules/time/delays.ts'
import { templateScope } from '../templates/scope.ts'
import { renderMessage } from '../templates/templates.ts'
import { stateOf } from '../tickets/apply-changes.ts'
import type { NamesSource } from '../tickets/names.ts'
import { findTicket, tagIdsOf } from '../tickets/ticket-rows.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { ApplyMacro, MacroApplied, PreviewMacro } from './contract.ts'
import { outcomeOf, propertiesIn, type Acting } from './effects.ts'
import { usableMacro } from './macro-rows.ts'

export interface ReadingDeps {
  read: Db
  names: NamesSource
}

/**
 * A ready answer for this ticket and this agent; nothing is changed. Refuses like {@link usableMacro}, and with `template.…` what can't
 * be written for this ticket.
 */
export async function applyMacro(
  deps: ReadingDeps,
  viewer: Viewer,
  { macroId, ticketId }: ApplyMacro,
): Promise<MacroApplied> {
  const { name, body, actions } = await usableMacro(deps.read, viewer, macroId)
  return writeFor(deps, viewer, ticketId, { name, body, actions })
}

/** The same for one that is still being written. */
export function previewMacro(
  deps: ReadingDeps,
  viewer: Viewer,
  { ticketId, body, actions }: PreviewMacro,
): Promise<MacroApplied> {
  return writeFor(deps, viewer, ticketId, { name: '', body, actions })
}

async function writeFor(
  { read, names: source }: ReadingDeps,
  viewer: Viewer,
  ticketId: string,
  { name, body, actions }: Acting & { body: string },
): Promise<MacroApplied> {
  const ticket = await findTicket(read, ticketId)
  if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
  const names = await source.current()
  const agent = { id: viewer.agentId }
  const scope = await templateScope(read, ticket, names, { agent, message: await lastWords(read, ticket) })
  const state = stateOf(ticket, await tagIdsOf(read, ticket.id))
  const endOf = await delayEnds(read, names, { ticketId, from: names.now, actions: propertiesIn(actions) })
  const { changes, effects } = outcomeOf({ name, actions }, state, { ...names, endOf })
  return {
    body: body === '' ? '' : renderMessage(body, scope).html,
    changes,
    effects: effects.map((effect) =>
      effect.do === 'addNote' && effect.value
        ? { ...effect, value: effect.value.map((text) => renderMessage(text, scope).text) }
        : effect,
    ),
  }
}

/** What the customer wrote last. */
export async function lastWords(db: Db, { id }: Pick<TicketRow, 'id'>): Promise<{ text: string }> {
  const [message] = await db.sql<{ text: string }[]>`
    SELECT text FROM message WHERE ticketId = ${id} AND authorType = 'customer' ORDER BY seq DESC LIMIT 1`
  return { text: message?.text ?? '' }
}
