import type { Logger } from 'pino'
import type { Services } from './app.ts'

const HOUR_MS = 60 * 60 * 1_000
/** A client that kept a write this long without an answer has long asked again. */
const COMMAND_KEPT_MS = 14 * 24 * HOUR_MS

/** Clears away, at the start and every few hours, what nobody will ask for again. Returns the function that stops it. */
export function startHousekeeping(services: Services, logger: Logger): () => void {
  const run = () =>
    keepHouse(services).catch((error: unknown) => logger.error({ err: error }, 'housekeeping failed'))
  void run()
  const timer = setInterval(() => void run(), 6 * HOUR_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * One round: answers remembered for retries, uploads that never became part of a message, alerts settled, jobs finished and calls made
 * long ago, files written for somebody.
 */
export async function keepHouse({
  store,
  clock,
  files,
  alerts,
  screens,
  jobs,
  reminders,
  ruleTraces,
  calls,
  exports,
  reportJobs,
}: Services): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    await tx.db.sql`DELETE FROM command WHERE at < ${now - COMMAND_KEPT_MS}`
  })
  await files.sweepUnattached(now)
  await alerts.sweepAcknowledged(now)
  await screens.sweepUnseen(now)
  await jobs.sweepFinished(now)
  await reminders.sweepDone(now)
  await ruleTraces.sweep(now)
  await calls.sweep(now)
  await exports.sweep(now)
  await reportJobs.sweep(now)
}
