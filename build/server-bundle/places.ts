/** The places of `server/places.ts` as the bundle has them: beside its one file. */
import { join } from 'node:path'
import type * as source from '../../server/places.ts'

const places: typeof source = {
  webRoot: join(import.meta.dirname, 'web'),
  previewWorker: new URL('./preview-worker.mjs', import.meta.url),
  reportWorker: new URL('./report-worker.mjs', import.meta.url),
  outlookWorker: new URL('./outlook-worker.mjs', import.meta.url),
  problemsWorker: new URL('./problems-worker.mjs', import.meta.url),
  writeWorker: new URL('./write-worker.mjs', import.meta.url),
  bundleDir: import.meta.dirname,
}

export const { webRoot, previewWorker, reportWorker, outlookWorker, problemsWorker, writeWorker, bundleDir } =
  places
