import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../../store/reader.ts'
import { runPreview, type PreviewJob } from './preview-run.ts'
import type { PreviewOutcome } from './preview-tally.ts'

/** What the thread says: how far it is, and at last what it found. */
export type PreviewWord = { done: number; total: number } | { outcome: PreviewOutcome }

/** The thread in which a rule is tried on the past: the server goes on answering meanwhile. */
const job = workerData as PreviewJob
const say = (word: PreviewWord) => parentPort?.postMessage(word)
const reader = openReader(job.file)
try {
  say({ outcome: await runPreview(reader, job, (done, total) => say({ done, total })) })
} finally {
  reader.close()
}
