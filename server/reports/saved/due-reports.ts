import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Hub } from '../../events/hub.ts'
import { newId } from '../../ids.ts'
import type { Jobs } from '../../jobs/jobs.service.ts'
import type { DueWork } from '../../schedule/scheduler.ts'
import type { Settings } from '../../settings/settings.service.ts'
import type { Store, Tx } from '../../store/store.ts'
import { lastDue, nextDue } from './due-moments.ts'
import { dueSaved, findSaved, nextSavedAt, scheduled, scheduleOf, updateSaved } from './saved-rows.ts'
import { startSending } from './sending.ts'

interface DueReportsDeps {
  store: Store
  clock: Clock
  hub: Pick<Hub, 'attach'>
  office: Pick<Settings, 'get'>
  jobs: Jobs
  noticed(at: number): void
}

/** Starts scheduled reports, each once for its moment. Several that were missed are made good by the last of them. */
export class DueReports implements DueWork {
  readonly name = 'saved reports'
  readonly #deps: DueReportsDeps
  #logger: Pick<Logger, 'error'> | undefined

  constructor(deps: DueReportsDeps) {
    this.#deps = deps
    // Where the office's clock is another, moments that were reckoned by the old one are not its own.
    deps.hub.attach(({ type }) => {
      if (type === 'settings.updated')
        void this.#reckonAnew().catch((error: unknown) =>
          this.#logger?.error({ err: error }, 'the times of saved reports could not be reckoned anew'),
        )
    })
  }

  logTo(logger: Pick<Logger, 'error'>): void {
    this.#logger = logger
  }

  /** At the start. A clock that ran ahead, and was set right while nothing ran, left moments that are far away. */
  prepare(): Promise<void> {
    return this.#reckonAnew()
  }

  nextAt(): Promise<number | null> {
    return nextSavedAt(this.#deps.store.read)
  }

  async runDue(now: number, signal: AbortSignal): Promise<void> {
    const { store, office } = this.#deps
    while (!signal.aborted) {
      const due = await dueSaved(store.read, now)
      if (due.length === 0) return
      const { timezone } = await office.get()
      for (const { id } of due) await store.write((tx) => this.#start(tx, id, now, timezone))
    }
  }

  async #start(tx: Tx, id: string, now: number, timezone: string): Promise<void> {
    const saved = await findSaved(tx.db, id)
    if (!saved || saved.nextAt === null || saved.nextAt > now) return
    const schedule = scheduleOf(saved)
    if (!schedule) return void (await updateSaved(tx, saved, { nextAt: null }))
    const dueAt = lastDue(schedule, saved.nextAt, now, timezone)
    const key = `report:${id}:${dueAt}`
    const sendingId = newId()
    await startSending(this.#deps.jobs, tx, { saved, sendingId, key, dueAt, now, byAgentId: null })
    await updateSaved(tx, saved, { nextAt: nextDue(schedule, now, timezone) })
  }

  async #reckonAnew(): Promise<void> {
    const { store, clock, office, noticed } = this.#deps
    const { timezone } = await office.get()
    await store.write(async (tx) => {
      for (const saved of await scheduled(tx.db)) {
        const schedule = scheduleOf(saved)
        // What is due already is still the old moment's.
        if (!schedule || saved.nextAt === null || saved.nextAt <= clock.now()) continue
        const nextAt = nextDue(schedule, clock.now(), timezone)
        if (nextAt === saved.nextAt) continue
        await updateSaved(tx, saved, { nextAt })
        tx.afterCommit(() => noticed(nextAt))
      }
    })
  }
}
