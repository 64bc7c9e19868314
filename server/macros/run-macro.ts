import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import { stateOf } from '../tickets/apply-changes.ts'
import type { TicketView } from '../tickets/contract.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { updatedIf } from '../tickets/happenings.ts'
import { findTicket, tagIdsOf } from '../tickets/ticket-rows.ts'
import { planChanges, type FieldVersions } from '../tickets/ticket-state.ts'
import { readTicketView } from '../tickets/ticket-view.ts'
import { wantedBy } from '../rules/property-actions.ts'
import { delayEnds } from '../rules/time/delays.ts'
import type { RunMacro } from './contract.ts'
import { propertiesIn } from './effects.ts'
import { usableMacro } from './macro-rows.ts'
import { carryOutMacro } from './use-macros.ts'

/**
 * Carries a ready answer that only acts out at once, and answers the ticket as it is then: with what it was before, its author takes it
 * back by `tickets.update`.
 * @throws CONFLICT `macro.has_body` for one that writes, `ticket.merged`, `ticket.changed_meanwhile` like `tickets.update`
 */
export function runMacro(deps: TicketDeps, viewer: Viewer, input: RunMacro): Promise<TicketView> {
  return deps.store.write(async (tx) => {
    const before = await findTicket(tx.db, input.ticketId)
    if (!before || !maySeeTicket(viewer, before)) throw notFound('ticket')
    if (before.mergedIntoId !== null) throw new AppError('CONFLICT', 'ticket.merged')
    const macro = await usableMacro(tx.db, viewer, input.macroId)
    if (macro.body !== '') throw new AppError('CONFLICT', 'macro.has_body')
    const { version = before.version } = input
    if (version > before.version) throw invalid('version', 'ticket.version_unknown')

    const names = await deps.names.current()
    const properties = propertiesIn(macro.actions)
    const from = deps.clock.now()
    const endOf = await delayEnds(tx.db, names, { ticketId: before.id, from, actions: properties })
    const current = stateOf(before, await tagIdsOf(tx.db, before.id))
    const wanted = wantedBy(properties, current, { ...names, endOf }, 'leaveOut')
    const plan = planChanges(current, JSON.parse(before.fieldVersions) as FieldVersions, wanted, version)
    if (plan.outcome === 'conflict')
      throw new AppError('CONFLICT', 'ticket.changed_meanwhile', {
        details: { current: await readTicketView(tx.db, before, names), fields: plan.fields },
      })

    const changes = await carryOutMacro(deps, tx, viewer, before.id, { macro, actions: macro.actions })
    const writesNote = properties.length < macro.actions.length
    await deps.happenings.tell(tx, {
      ...{ ticketId: before.id, actor: { type: 'agent', id: viewer.agentId }, changes },
      triggers: [...(writesNote ? (['note.added'] as const) : []), ...updatedIf(changes)],
    })
    const after = (await findTicket(tx.db, before.id)) ?? before
    return readTicketView(tx.db, after, await deps.names.current())
  })
}
