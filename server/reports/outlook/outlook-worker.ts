import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../../store/reader.ts'
import type { ThreadWord } from '../../threads.ts'
import type { Outlook, StaffingPlan } from './contract.ts'
import { reckonOutlook, type OutlookJob } from './reckon.ts'

/** The thread in which days to come are reckoned. */
const job = workerData as OutlookJob
const reader = openReader(job.file)
try {
  const word: ThreadWord<Outlook | StaffingPlan> = { outcome: reckonOutlook(reader, job) }
  parentPort?.postMessage(word)
} finally {
  reader.close()
}
