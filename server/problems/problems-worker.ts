import { parentPort, workerData } from 'node:worker_threads'
import { foldName } from '../catalog/fold-name.ts'
import { openReader } from '../store/reader.ts'
import type { ThreadWord } from '../threads.ts'
import { findProblems, type FoundProblems, type ProblemsJob } from './reckon.ts'

/** The thread in which recurring problems are looked for. */
const job = workerData as ProblemsJob
const reader = openReader(job.file, { fold: foldName })
try {
  const word: ThreadWord<FoundProblems> = { outcome: findProblems(reader, job) }
  parentPort?.postMessage(word)
} finally {
  reader.close()
}
