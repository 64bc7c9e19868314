/** `npm test`: builds the client when needed, then runs every test, or those that the arguments name. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'

const root = join(import.meta.dirname, '..')
await buildIfStale()
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const args = ['run', '--config', 'test/vitest.config.ts', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
