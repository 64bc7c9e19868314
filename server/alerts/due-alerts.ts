import type { DueWork } from '../schedule/scheduler.ts'
import type { Store } from '../store/store.ts'
import { alertsToWake, findAlert, nextWake, recipientsOf, ticketOf } from './alert-rows.ts'
import { tell, type TellDeps } from './tell.ts'

/** As many as one commit takes. */
const BATCH = 64

/** What falls due of alerts: telling those who were off shift, and reminding those who put one off. */
export class DueAlerts implements DueWork {
  readonly name = 'alerts'
  readonly #deps: TellDeps & { store: Store }

  constructor(deps: TellDeps & { store: Store }) {
    this.#deps = deps
  }

  nextAt(): Promise<number | null> {
    return nextWake(this.#deps.store.read)
  }

  async runDue(now: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const ids = await alertsToWake(this.#deps.store.read, now, BATCH)
      if (ids.length === 0) return
      // All end before a failure is told of: a run that goes on behind the scheduler's back could overlap the next.
      const results = await Promise.allSettled(ids.map((id) => this.#wake(id, now)))
      const failure = results.find((result) => result.status === 'rejected')
      if (failure) throw failure.reason
    }
  }

  #wake(id: string, now: number): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      const alert = await findAlert(tx.db, id)
      if (!alert || alert.wakeAt === null || alert.wakeAt > now) return
      const ticket = await ticketOf(tx.db, alert)
      await tell(tx, this.#deps, alert, await recipientsOf(tx.db, id), { ticket, now })
    })
  }
}
