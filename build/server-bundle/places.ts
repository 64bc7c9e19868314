/** The places of `server/places.ts` as the bundle has them: beside its one file. */
import { join } from 'node:path'
import type * as source from '../../server/places.ts'

const places: typeof source = {
  webRoot: join(import.meta.dirname, 'web'),
  previewWorker: new URL('./preview-worker.mjs', import.meta.url),
  bundleDir: import.meta.dirname,
}

export const { webRoot, previewWorker, bundleDir } = places
