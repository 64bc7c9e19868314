import type { Clock } from '../clock.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Store, Tx } from '../store/store.ts'
import type { CallBook } from './call-book.ts'
import { dueCalls, findCall, nextCallAt, updateCall } from './call-rows.ts'
import { settleMissed, type MissedDeps } from './missed-calls.ts'
import type { PhoneOptionsService } from './options.service.ts'

const BATCH = 50
/** What failed is tried again after this, while the others go on. */
const RETRY_MS = 60_000

export interface DueCallDeps extends MissedDeps {
  store: Store
  clock: Clock
  options: PhoneOptionsService
}

/** Closes calls whose end nobody told, and does what the office wants of missed ones. */
export class DueCalls implements DueWork {
  readonly name = 'calls'
  readonly #deps: DueCallDeps
  readonly #book: CallBook

  constructor(deps: DueCallDeps, book: CallBook) {
    this.#deps = deps
    this.#book = book
  }

  nextAt(): Promise<number | null> {
    return nextCallAt(this.#deps.store.read)
  }

  async runDue(now: number, signal: AbortSignal, report: (fault: unknown) => void): Promise<void> {
    const { store, clock } = this.#deps
    while (!signal.aborted) {
      const due = await dueCalls(store.read, Math.min(now, clock.now()), BATCH)
      if (due.length === 0) return
      const turns = due.map(({ id }) =>
        store
          .write((tx) => this.#look(tx, id))
          .catch(async (fault: unknown) => {
            report(fault)
            await store.write((tx) => this.#putOff(tx, id, now + RETRY_MS))
          }),
      )
      const failure = (await Promise.allSettled(turns)).find((turn) => turn.status === 'rejected')
      if (failure) throw failure.reason
    }
  }

  async #look(tx: Tx, id: string): Promise<void> {
    const { clock, options } = this.#deps
    const now = clock.now()
    const call = await findCall(tx.db, id)
    if (!call) return
    if (call.checkAt !== null && call.checkAt <= now) {
      await this.#book.put(tx, call, [{ event: 'assumed', line: '', at: now }], { type: 'system' })
      return
    }
    if (call.settleAt === null || call.settleAt > now) return
    const again = await settleMissed(this.#deps, tx, call, await options.get(), now)
    const after = await findCall(tx.db, id)
    if (after) await updateCall(tx, after, { settleAt: again })
  }

  async #putOff(tx: Tx, id: string, at: number): Promise<void> {
    const call = await findCall(tx.db, id)
    if (!call) return
    const isStuck = call.checkAt !== null && call.checkAt <= at
    const isUnsettled = call.settleAt !== null && call.settleAt <= at
    await updateCall(tx, call, { ...(isStuck && { checkAt: at }), ...(isUnsettled && { settleAt: at }) })
  }
}
