import type { Grouping, ReportEntry, RunReport } from '../../server/reports/contract.ts'
import { Agent } from './agent.ts'
import { dataOf, query } from './operations.ts'
import type { BenchOptions } from './options.ts'
import type { ReportsResult, ReportTime } from './report-reports.ts'
import { keepFolded, onCopy, untilFolded, withServer, type Run } from './server-run.ts'

const DAY_MS = 86_400_000
const CALM_ROUNDS = 100
/** The median of so many. */
const TIMES = 3

/** What years of work cost to be folded once, how long each report takes, and what those who work at the desk notice of both. */
export const measureReports = (filledDir: string, options: BenchOptions): Promise<ReportsResult> =>
  onCopy(filledDir, async (dataDir) => {
    const result = await withServer(dataDir, options, measureServer)
    await keepFolded(filledDir, dataDir)
    return result
  })

async function measureServer({ server, startedAt, landmarks, extent, client }: Run): Promise<ReportsResult> {
  const { tickets, events, newest } = extent
  const screen = client()
  const agent = new Agent(client(), landmarks)
  let isFolded = false
  const folding = (async () => {
    await untilFolded(screen, events)
    isFolded = true
    return performance.now() - startedAt
  })()
  const whileFolding = await agent.work(() => !isFolded)
  const foldMs = await folding

  const calm = await agent.work((rounds) => rounds < CALM_ROUNDS)
  const period = (days: number) => ({
    from: new Date(newest - days * DAY_MS).toISOString(),
    to: new Date(newest).toISOString(),
  })
  const run = async (asked: RunReport) => (await screen.send(query('reports.run', asked))).ms
  const { json } = await screen.send(query('reports.catalog', null))
  const times: ReportTime[] = []
  for (const { report, defaultGrouping } of dataOf(json) as ReportEntry[])
    for (const groupBy of new Set<Grouping>([defaultGrouping, 'agent', 'tag']))
      times.push({
        ...{ report, groupBy },
        monthMs: await medianOf(() => run({ report, groupBy, ...period(30) })),
        yearMs: await medianOf(() => run({ report, groupBy, ...period(365) })),
      })

  let isDone = false
  const reporting = (async () => {
    for (const { report, groupBy } of times) await run({ report, groupBy, ...period(365) })
    isDone = true
  })()
  const whileReporting = await agent.work(() => !isDone)
  await reporting
  return {
    ...{ tickets, events, foldMs, times, agents: { calm, whileFolding, whileReporting } },
    memoryMb: server.memoryMb(),
  }
}

async function medianOf(run: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let time = 0; time < TIMES; time++) times.push(await run())
  return times.sort((a, b) => a - b)[TIMES >> 1] ?? NaN
}
