import type { Clock } from '../clock.ts'
import { newId } from '../ids.ts'
import type { Notify } from '../rules/action.contract.ts'
import type { Tx } from '../store/store.ts'
import { findAlertByKey, insertAlert, recipientsOf, updateAlert } from './alert-rows.ts'
import { severities, type Severity } from './contract.ts'
import type { AlertRow, RecipientRow } from './entities.ts'
import { rungs, type Rung } from './ladder.contract.ts'
import { decideRecipients } from './recipients.ts'
import { tell, type TellDeps } from './tell.ts'
import { withLevel } from './telling.ts'

export interface NewAlert {
  /** What it is about: until that is settled, an alert is raised once under its key and from then on escalated. */
  key: string
  /** As it is now; null for an alert about none. */
  ticket: { id: string; teamId: string | null; agentId: string | null } | null
  severity: Severity
  /** A stable name that clients put into words. */
  reason: string
  /** What the words need. */
  data: Record<string, unknown>
  /** How long after its time it is raised; null when in time. */
  lateMs: number | null
  notify: readonly Notify[]
  /** Which rungs the desk's ladder climbs while nobody acknowledges it, when it is urgent. All unless the source does so itself. */
  ladder?: readonly Rung[]
  /** When to tell them (milliseconds UTC); held until then when that is to come. */
  tellAt: number
}

/** `acknowledged`: somebody has taken care of it already, so nothing was done. */
export type Raised = 'raised' | 'escalated' | 'acknowledged'

/** Raises an alert, or takes it to its next level while nobody has acknowledged it. Call it once for each level. */
export async function raiseAlert(
  tx: Tx,
  deps: TellDeps & { clock: Clock },
  alert: NewAlert,
): Promise<Raised> {
  const known = await findAlertByKey(tx.db, alert.key)
  if (known && known.acknowledgedAt !== null) return 'acknowledged'
  const now = deps.clock.now()
  const { agents } = await deps.people.current()
  const wanted = decideRecipients(alert.notify, alert.ticket, { agents })
  const before = known ? await recipientsOf(tx.db, known.id) : []
  const raised = known ? await escalated(tx, known, alert) : await inserted(tx, alert, now)
  const recipients: RecipientRow[] = withLevel(before, wanted, {
    alertId: raised.id,
    level: raised.level,
    tellAt: alert.tellAt,
  })
  await tell(tx, deps, raised, recipients, { ticket: alert.ticket, now })
  return known ? 'escalated' : 'raised'
}

const inserted = (tx: Tx, alert: NewAlert, now: number): Promise<AlertRow> =>
  insertAlert(tx, {
    id: newId(),
    key: alert.key,
    ticketId: alert.ticket?.id ?? null,
    severity: alert.severity,
    reason: alert.reason,
    data: JSON.stringify(alert.data),
    raisedAt: now,
    lateMs: alert.lateMs,
    level: 1,
    wakeAt: null,
    rung: 0,
    ladder: JSON.stringify(alert.ladder ?? rungs),
    calledAt: null,
    spokeAt: null,
    climbAt: null,
    acknowledgedAt: null,
    acknowledgedByType: null,
    acknowledgedById: null,
  })

const escalated = (
  tx: Tx,
  known: AlertRow,
  { severity, reason, data, ladder }: NewAlert,
): Promise<AlertRow> =>
  updateAlert(tx, known, {
    level: known.level + 1,
    severity: severer(known.severity, severity),
    reason,
    data: JSON.stringify(data),
    ladder: JSON.stringify(ladder ?? rungs),
  })

const severer = (a: Severity, b: Severity): Severity =>
  severities.indexOf(a) >= severities.indexOf(b) ? a : b
