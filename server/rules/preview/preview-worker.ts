import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../../store/reader.ts'
import type { ThreadWord } from '../../threads.ts'
import { runPreview, type PreviewJob } from './preview-run.ts'
import type { PreviewProgress } from './preview.ts'
import type { PreviewOutcome } from './preview-tally.ts'

/** The thread in which a rule is tried on the past: the server goes on answering meanwhile. */
const job = workerData as PreviewJob
const say = (word: ThreadWord<PreviewOutcome, PreviewProgress>) => parentPort?.postMessage(word)
const reader = openReader(job.file)
try {
  say({ outcome: await runPreview(reader, job, (done, total) => say({ progress: { done, total } })) })
} finally {
  reader.close()
}
