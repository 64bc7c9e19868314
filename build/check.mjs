/** `npm run check`: everything that can be known without running the product. Says of each check what it found. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
/** The longest first, so that no processor waits at the end. Tools are our own files, or packages'. */
const checks = [
  ['lint', 'eslint/bin/eslint.js', '--config', 'build/eslint.config.js', '--max-warnings', '0', '.'],
  ['types of the tests', 'vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'test'],
  ['types of the client', 'vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'src-renderer'],
  ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['types of the server', 'typescript/bin/tsc', '-p', 'server'],
  ['types of the main process', 'typescript/bin/tsc', '-p', 'src-main'],
  ['types of the preload', 'typescript/bin/tsc', '-p', 'src-main/preload'],
  ['packaging', 'build/package/validate.mjs'],
  ['unused code and dependencies', 'knip/bin/knip.js', '--config', 'build/knip.json'],
  [
    'import directions',
    'vitest/vitest.mjs',
    'run',
    '--config',
    'test/vitest.config.ts',
    'test/unit/architecture',
  ],
]
/** Each needs a processor and a few hundred megabytes. */
const AT_ONCE = Math.min(4, availableParallelism())

const failed = []
const waiting = [...checks]
await Promise.all(Array.from({ length: AT_ONCE }, work))
if (failed.length > 0) {
  process.stderr.write(`\nbalcao: these checks failed: ${failed.join(', ')}.\n`)
  process.exit(1)
}
process.stdout.write('\nAll checks passed.\n')

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [what, tool, ...args] = check
    const { isGood, output } = await run(
      join(root, tool.startsWith('build/') ? '' : 'node_modules', tool),
      args,
    )
    process.stdout.write(`\n— ${what}: ${isGood ? 'good' : 'failed'}\n${output}`)
    if (!isGood) failed.push(what)
  }
}

/** What a tool says is kept until it ends, lest two talk at once. */
function run(tool, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tool, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (text) => (output += text)
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', reject)
    child.on('close', (status) => resolve({ isGood: status === 0, output }))
  })
}
