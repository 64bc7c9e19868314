/** Holds the packaging against electron-builder's own schema, and the files it names against the tree. Run by `npm run check`. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { configuration } from './electron-builder.mjs'

const root = join(import.meta.dirname, '../..')
// Not of electron-builder's published face: `build()` asks it before it does anything else.
const require = createRequire(import.meta.url)
const { validateConfiguration } = createRequire(require.resolve('electron-builder'))(
  'app-builder-lib/out/util/config/config',
)
const { DebugLogger } = createRequire(require.resolve('electron-builder'))('builder-util')

await validateConfiguration(configuration, new DebugLogger(false))
const missing = [configuration.mac.entitlements, configuration.mac.entitlementsInherit].filter(
  (path) => !existsSync(join(root, path)),
)
if (missing.length > 0) {
  process.stderr.write(`The packaging names files that are not there: ${missing.join(', ')}\n`)
  process.exit(1)
}
