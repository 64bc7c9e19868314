/**
 * `npm run package:server`: the server as something that an owner installs, for this system: `dist/server/<platform>-<arch>/`
 * and its archive. Each system makes its own, for the native parts and Node are those that `npm ci` took for it. `--dir` leaves
 * the archive out.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build-if-stale.ts'
import { archiveBundle } from './server-bundle/archive.ts'
import { hostTarget, makeServerBundle } from './server-bundle/make.ts'

const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false } } })
const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const system = `${hostTarget.platform}-${hostTarget.arch}`
const folder = join(root, 'dist/server', system)

await buildIfStale()
await makeServerBundle(folder)
report(folder, sizeOf(folder))
for (const entry of readdirSync(folder)) report(join(folder, entry), sizeOf(join(folder, entry)))
if (!values.dir) {
  const archive = archiveBundle(folder, `balcao-server-${version}-${system}`, hostTarget)
  report(archive, sizeOf(archive))
}

function report(path, bytes) {
  process.stdout.write(`${(bytes / 1e6).toFixed(1).padStart(7)} MB  ${relative(root, path)}\n`)
}

function sizeOf(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, entry) => sum + sizeOf(join(path, entry)), 0)
}
