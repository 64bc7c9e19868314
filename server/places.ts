/**
 * Where the parts of the server lie that are files of their own. In the bundle they lie elsewhere: its build puts
 * `build/server-bundle/places.ts` in the place of this file.
 */
import { join } from 'node:path'

/** The built web client. */
export const webRoot = join(import.meta.dirname, '../out/renderer')

/** The thread that tries a rule on the past. */
export const previewWorker = new URL('./rules/preview/preview-worker.ts', import.meta.url)

/** The thread that adds up reports. */
export const reportWorker = new URL('./reports/report-worker.ts', import.meta.url)
/** The threads in which days to come are reckoned, and recurring problems are looked for. */
export const outlookWorker = new URL('./reports/outlook/outlook-worker.ts', import.meta.url)
export const problemsWorker = new URL('./problems/problems-worker.ts', import.meta.url)

/** The thread that writes a file of a report. */
export const writeWorker = new URL('./reports/export/write-worker.ts', import.meta.url)

/** The folder of the bundle, which can be installed; null where the server runs from its source. */
export const bundleDir: string | null = null
