import type { Alerts } from '../alerts/alerts.service.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Assign } from '../routing/contract.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Notify } from './action.contract.ts'
import type { Trigger } from './contract.ts'

/** What rules ask of other rooms. All of it is written in the transaction of what caused it, and carried out after its commit. */
export interface RuleEffectPorts {
  /** Gives the ticket to somebody, or puts it where it waits for somebody. */
  assign(tx: Tx, wanted: { ticketId: string; request: Assign; ruleId: string; depth: number }): Promise<void>
  /** Reports it, once for each `key`. */
  webhook(
    tx: Tx,
    news: {
      webhookId: string
      key: string
      payload: { ticketId: string; trigger: Trigger; rule: { id: string; name: string } }
    },
  ): Promise<void>
  /** Remembers to tell colleagues, or to write to the customer; once for each `key`. */
  remind(
    tx: Tx,
    reminder: {
      key: string
      ticketId: string
      kind: 'remind' | 'followUp'
      dueAt: number
      to: readonly Notify[]
      text: string
      by: ActorRef
    },
  ): Promise<void>
  /** Where a ticket would go on; null when there is no such ticket. */
  mergeTarget(
    db: Db,
    ticketId: string,
    which: 'oldestOpenOfRequester' | 'oldestOpenSameSubject',
  ): Promise<string | null>
  /** Lets a ticket go on in another. */
  merge(tx: Tx, pair: { sourceId: string; targetId: string; actor: ActorRef; depth: number }): Promise<void>
  /** What similar tickets were given; null when they don't agree, or there are none. */
  suggest(
    db: Db,
    wanted: { ticketId: string; field: 'type' | 'category' | 'priority' },
  ): Promise<{ value: string; confidence: number } | null>
  alerts: Pick<Alerts, 'raiseOnce'>
}
