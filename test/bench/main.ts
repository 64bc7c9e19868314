import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillStore, isFilled } from './fill.ts'
import { readOptions, usage, type BenchOptions } from './options.ts'
import { growthReport, sizeReport, type SizeResult } from './report.ts'
import { measureSize } from './run.ts'

const options = optionsOrExit()
const root = options.keep ?? (await mkdtemp(join(tmpdir(), 'balcao-bench-')))
try {
  const results: SizeResult[] = []
  for (const tickets of options.sizes) {
    const dataDir = join(root, `tickets-${tickets}`)
    await mkdir(dataDir, { recursive: true })
    if (!isFilled(dataDir, tickets)) await fillStore(dataDir, tickets)
    const result = await measureSize(dataDir, tickets, options)
    results.push(result)
    process.stdout.write(`\n${sizeReport(result)}\n`)
  }
  if (results.length > 1) process.stdout.write(`\n${growthReport(results)}\n`)
  if (options.json)
    await writeFile(options.json, `${JSON.stringify({ machine: machine(), results }, null, 2)}\n`)
} finally {
  if (!options.keep) await rm(root, { recursive: true, force: true })
}

function optionsOrExit(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
    process.exit(2)
  }
}

function machine() {
  const processors = cpus()
  return {
    node: process.version,
    platform: process.platform,
    cores: processors.length,
    cpu: processors[0]?.model ?? null,
  }
}
