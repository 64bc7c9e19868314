import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './longest-first.ts'

const root = join(import.meta.dirname, '..')

// Workers and servers are started by the hundred: each compiles only what none has compiled before it.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/node')

/** The kinds of tests by how much of the product they start; each kind has its own patience. */
export default defineConfig({
  test: {
    // Vitest would leave one processor free. On two, browsers and servers fill both in two thirds of the time.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], 10_000),
      project('renderer', ['test/renderer/**/*.test.ts'], 20_000),
      project('server', ['test/server/**/*.test.ts'], 120_000),
      project('desktop', ['test/desktop/**/*.test.ts'], 180_000, 2),
      project('e2e', ['test/e2e/**/*.test.ts'], 240_000, 2),
    ],
  },
})

/** `retry`: how often a browser that a busy machine starved is given another chance; the report names each. */
function project(name: string, include: string[], testTimeout: number, retry = 0) {
  return {
    root,
    plugins: [vue()],
    test: {
      name,
      include,
      testTimeout,
      retry,
      hookTimeout: 90_000,
      // A busy machine is slow, not wrong: what is waited for comes late there.
      expect: { poll: { timeout: 20_000 } },
      pool: 'forks' as const,
      environment: 'node' as const,
    },
  }
}
