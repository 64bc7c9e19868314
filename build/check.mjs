/** `npm run check`: everything that can be known without running the product. Stops at the first thing that is wrong. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const checks = [
  ['types of the server', 'typescript/bin/tsc', '-p', 'server'],
  ['types of the main process', 'typescript/bin/tsc', '-p', 'src-main'],
  ['types of the preload', 'typescript/bin/tsc', '-p', 'src-main/preload'],
  ['types of the client', 'vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'src-renderer'],
  ['types of the tests', 'vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'test'],
  ['lint', 'eslint/bin/eslint.js', '--config', 'build/eslint.config.js', '--max-warnings', '0', '.'],
  ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
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

for (const [what, tool, ...args] of checks) {
  process.stdout.write(`\n— ${what}\n`)
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) {
    process.stderr.write(`\nbalcao: the check of ${what} failed.\n`)
    process.exit(1)
  }
}
process.stdout.write('\nAll checks passed.\n')
