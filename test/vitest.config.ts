import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..')

/** The kinds of tests by how much of the product they start; each kind has its own patience. */
export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], 10_000),
      project('renderer', ['test/renderer/**/*.test.ts'], 20_000),
      project('server', ['test/server/**/*.test.ts'], 120_000),
      project('desktop', ['test/desktop/**/*.test.ts'], 90_000),
      project('e2e', ['test/e2e/**/*.test.ts'], 120_000),
    ],
  },
})

function project(name: string, include: string[], testTimeout: number) {
  return {
    root,
    plugins: [vue()],
    test: {
      name,
      include,
      testTimeout,
      hookTimeout: 90_000,
      pool: 'forks' as const,
      environment: 'node' as const,
    },
  }
}
