import type { People, PeopleSnapshot } from '../access/people.ts'
import type { Clock } from '../clock.ts'
import { presenceRows } from '../routing/presence-rows.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import { findAlert, recipientsOf, ticketOf, updateAlert } from './alert-rows.ts'
import type { AlertRow, RecipientRow } from './entities.ts'
import { rungs, type LadderSettings, type Rung } from './ladder.contract.ts'
import { isReached, PATIENCE_MS, planClimb, type Climb, type Reach } from './ladder.ts'
import { canBeTold, overseers, type AlertTicket } from './recipients.ts'
import { showingsOf } from './screen-rows.ts'
import { isBlocking } from './screens.contract.ts'
import { tell, type TellDeps } from './tell.ts'
import { withLevel } from './telling.ts'

/** As many as one commit takes. */
const BATCH = 64

export interface LadderDeps extends TellDeps {
  store: Store
  clock: Clock
  people: Pick<People, 'current'>
  ladder: { get(): Promise<LadderSettings> }
}

/** Takes urgent alerts that nobody acknowledges to more people; when to look at each is in its row, what to do follows from what is known. */
export class AlertLadder implements DueWork {
  readonly name = 'alert ladder'
  readonly #deps: LadderDeps

  constructor(deps: LadderDeps) {
    this.#deps = deps
  }

  async nextAt(): Promise<number | null> {
    const [row] = await this.#deps.store.read.sql<{ at: number | null }[]>`
      SELECT min(climbAt) AS at FROM alert WHERE climbAt IS NOT NULL`
    return row?.at ?? null
  }

  async runDue(now: number, signal: AbortSignal): Promise<void> {
    const { store } = this.#deps
    while (!signal.aborted) {
      const due = await store.read.sql<{ id: string }[]>`
        SELECT id FROM alert WHERE climbAt IS NOT NULL AND climbAt <= ${now} ORDER BY climbAt, seq LIMIT ${BATCH}`
      if (due.length === 0) return
      // All end before a failure is told of: a run that goes on behind the scheduler's back could overlap the next.
      const results = await Promise.allSettled(
        due.map(({ id }) => store.write((tx) => this.#look(tx, id, now))),
      )
      const failure = results.find((result) => result.status === 'rejected')
      if (failure) throw failure.reason
    }
  }

  /** An alert was withheld from somebody who was told: the ladder need not wait for its time to look. */
  async hurry(tx: Tx, alert: AlertRow): Promise<void> {
    if (alert.spokeAt === null || alert.rung >= rungs.length) return
    const at = Math.max(this.#deps.clock.now(), alert.spokeAt + PATIENCE_MS)
    if (alert.climbAt !== null && alert.climbAt <= at) return
    await updateAlert(tx, alert, { climbAt: at })
    tx.afterCommit(() => this.#deps.noticed(at))
  }

  async #look(tx: Tx, id: string, now: number): Promise<void> {
    const alert = await findAlert(tx.db, id)
    if (!alert || alert.climbAt === null || alert.climbAt > now) return
    const { calledAt, spokeAt, rung } = alert
    if (alert.acknowledgedAt !== null || alert.severity !== 'urgent' || calledAt === null) {
      await updateAlert(tx, alert, { climbAt: null })
      return
    }
    const ticket = await ticketOf(tx.db, alert)
    const recipients = await recipientsOf(tx.db, id)
    const { agents } = await this.#deps.people.current()
    const { climb, lookAt } = planClimb(
      { rung, calledAt, spokeAt: spokeAt ?? calledAt, ladder: JSON.parse(alert.ladder) as Rung[] },
      await this.#deps.ladder.get(),
      await reachOf(tx.db, alert, ticket, { recipients, agents }),
      now,
    )
    const after = await updateAlert(tx, alert, { climbAt: lookAt })
    if (climb) await this.#climb(tx, after, climb, { ticket, recipients, now })
  }

  async #climb(
    tx: Tx,
    alert: AlertRow,
    { rung, joins, because }: Climb,
    { ticket, recipients, now }: { ticket: AlertTicket; recipients: readonly RecipientRow[]; now: number },
  ): Promise<void> {
    const { climbAt } = alert
    const raised = await updateAlert(tx, alert, { rung, level: alert.level + 1 })
    const rows = withLevel(recipients, joins, {
      ...{ alertId: alert.id, level: raised.level, tellAt: now },
      // A snooze holds its own person's ear and nobody else's; the ladder does not wake them.
      wakes: false,
    })
    await tell(tx, this.#deps, raised, rows, { ticket, now, says: { rung: rungs[rung - 1], because } })
    // Telling sets when to look next as for any word; what the plan says is nearer the truth.
    await updateAlert(tx, raised, { climbAt })
  }
}

async function reachOf(
  db: Db,
  alert: AlertRow,
  ticket: AlertTicket,
  { recipients, agents }: { recipients: readonly RecipientRow[]; agents: PeopleSnapshot['agents'] },
): Promise<Reach> {
  const states = new Map((await presenceRows(db)).map(({ agentId, effective }) => [agentId, effective]))
  const isAtWork = (id: string) => ['available', 'busy'].includes(states.get(id) ?? 'offline')
  const showings = await showingsOf(db, [alert.id])
  const told = recipients.filter(({ toldAt }) => toldAt !== null)
  const teams =
    ticket === null
      ? told.flatMap(({ agentId }) => agents.get(agentId)?.teamIds ?? [])
      : [ticket.teamId ?? agents.get(ticket.agentId ?? '')?.teamIds ?? []].flat()
  const team = [...agents.values()]
    .filter(
      ({ id, teamIds }) => teamIds.some((teamId) => teams.includes(teamId)) && canBeTold(id, ticket, agents),
    )
    .map(({ id }) => id)
  const all = { team, supervisors: overseers(agents) }
  return {
    all,
    present: { team: all.team.filter(isAtWork), supervisors: all.supervisors.filter(isAtWork) },
    isReached: told.some(({ agentId, seenAt }) =>
      isReached({
        hasSeen: seenAt !== null,
        isAtWork: isAtWork(agentId),
        withheld: showings
          .filter((showing) => showing.agentId === agentId)
          .map(({ reason }) => reason !== null && isBlocking(reason)),
      }),
    ),
  }
}
