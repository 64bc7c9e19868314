import { maySeeTicket, permissionsOf, type Viewer } from '../access/viewer.ts'
import type { People } from '../access/people.ts'
import type { Clock } from '../clock.ts'
import { invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Store } from '../store/store.ts'
import { findAlertByKey } from './alert-rows.ts'
import type { Alerts } from './alerts.service.ts'
import { WHISPER } from './private-alerts.ts'
import type { Whisper } from './whispers.contract.ts'

export interface WhispersDeps {
  store: Store
  clock: Clock
  people: Pick<People, 'current'>
  alerts: Pick<Alerts, 'raise'>
}

/** A supervisor's word in one agent's ear about a ticket. It is no part of the ticket, and nobody else sees it. */
export class Whispers {
  readonly #deps: WhispersDeps

  constructor(deps: WhispersDeps) {
    this.#deps = deps
  }

  /** @throws NOT_FOUND `ticket.not_found`; VALIDATION `whisper.cannot_see` at `agentId` for who may not see the ticket */
  whisper(viewer: Viewer, { ticketId, agentId, text }: Whisper): Promise<{ alertId: string }> {
    const { store, clock, people, alerts } = this.#deps
    return store.write(async (tx) => {
      const [ticket] = await tx.db.sql<{ id: string; teamId: string | null; agentId: string | null }[]>`
        SELECT id, teamId, agentId FROM ticket WHERE id = ${ticketId}`
      if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
      const listener = (await people.current()).agents.get(agentId)
      const hears =
        listener?.active &&
        maySeeTicket(
          { agentId, teamIds: listener.teamIds, permissions: permissionsOf[listener.role] },
          ticket,
        )
      if (!hears) throw invalid('agentId', 'whisper.cannot_see')
      const key = `whisper:${newId()}`
      await alerts.raise(tx, {
        ...{ key, ticket, severity: 'warning', reason: WHISPER, lateMs: null },
        data: { text, from: viewer.name, fromId: viewer.agentId },
        ...{ notify: [agentId], tellAt: clock.now() },
      })
      const raised = await findAlertByKey(tx.db, key)
      if (!raised) throw new Error('A whisper was raised without an alert.')
      return { alertId: raised.id }
    })
  }
}
