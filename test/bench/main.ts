import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureDashboard } from './dashboard.ts'
import { measureExports } from './exports.ts'
import { fillStore, isFilled, type Filling } from './fill.ts'
import { measureLateness } from './lateness.ts'
import { readOptions, usage, type BenchOptions } from './options.ts'
import { measurePromises } from './promises.ts'
import { dashboardReport, type DashboardResult } from './report-dashboard.ts'
import { exportsReport, type ExportsResult } from './report-exports.ts'
import { latenessReport } from './report-lateness.ts'
import { promisesReport, type PromisesResult } from './report-promises.ts'
import { measureReports } from './reports.ts'
import { reportsReport, type ReportsResult } from './report-reports.ts'
import { measureRules } from './rules.ts'
import { rulesReport, type RulesResult } from './report-rules.ts'
import { growthReport, sizeReport, type SizeResult } from './report.ts'
import { measureSize } from './run.ts'
import { HISTORY_MS } from './story.ts'

/** What reports look back on. */
const THREE_YEARS_MS = 3 * 365 * 24 * 3_600_000
/** A preview looks back ninety days at most: here every ticket lies within them. */
const QUARTER_MS = 89 * 24 * 3_600_000

const options = optionsOrExit()
const root = options.keep ?? (await mkdtemp(join(tmpdir(), 'balcao-bench-')))
try {
  const results: SizeResult[] = []
  const promises: PromisesResult[] = []
  const rules: RulesResult[] = []
  const reports: ReportsResult[] = []
  const dashboards: DashboardResult[] = []
  const files: ExportsResult[] = []
  for (const tickets of options.sizes) {
    if (isWanted('desk')) {
      const result = await measureSize(await filled(tickets, 'few'), tickets, options)
      results.push(result)
      process.stdout.write(`\n${sizeReport(result)}\n`)
    }
    if (isWanted('promises')) {
      const result = await measurePromises(await filled(tickets, 'all'), options)
      promises.push(result)
      process.stdout.write(`\n${promisesReport(result)}\n`)
    }
    if (isWanted('rules')) {
      const result = await measureRules(await filled(tickets, 'few', QUARTER_MS), options)
      rules.push(result)
      process.stdout.write(`\n${rulesReport(result)}\n`)
    }
    if (isWanted('reports')) {
      const result = await measureReports(await filled(tickets, 'few', THREE_YEARS_MS), options)
      reports.push(result)
      process.stdout.write(`\n${reportsReport(result)}\n`)
    }
    if (isWanted('dashboard')) {
      const result = await measureDashboard(await filled(tickets, 'few', THREE_YEARS_MS), options)
      dashboards.push(result)
      process.stdout.write(`\n${dashboardReport(result)}\n`)
    }
    if (isWanted('export')) {
      const result = await measureExports(await filled(tickets, 'few', THREE_YEARS_MS), options)
      files.push(result)
      process.stdout.write(`\n${exportsReport(result)}\n`)
    }
  }
  // Of one team, however many tickets others have.
  const lateness = isWanted('lateness') ? await measureLateness(root) : null
  if (lateness) process.stdout.write(`\n${latenessReport(lateness)}\n`)
  if (results.length > 1) process.stdout.write(`\n${growthReport(results)}\n`)
  if (options.json)
    await writeFile(
      options.json,
      `${JSON.stringify({ machine: machine(), results, promises, rules, reports, dashboards, files, lateness }, null, 2)}\n`,
    )
} finally {
  if (!options.keep) await rm(root, { recursive: true, force: true })
}

/** The folder of a store with so many tickets. */
async function filled(tickets: number, open: Filling['open'], historyMs = HISTORY_MS): Promise<string> {
  const kind =
    historyMs < HISTORY_MS
      ? 'quarter'
      : historyMs > HISTORY_MS
        ? 'years'
        : open === 'all'
          ? 'open'
          : 'tickets'
  const dataDir = join(root, `${kind}-${tickets}`)
  if (!isFilled(dataDir, tickets)) await fillStore(dataDir, { tickets, open, historyMs })
  return dataDir
}

function isWanted(part: NonNullable<BenchOptions['part']>): boolean {
  return options.part === null || options.part === part
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
    load: loadavg(),
  }
}
