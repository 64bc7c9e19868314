import { newId } from '../../server/ids.ts'
import { exportFormats, type ExportFormat, type ExportView } from '../../server/reports/export.contract.ts'
import { Agent } from './agent.ts'
import type { HttpClient } from './http-client.ts'
import { dataOf, mutation, query } from './operations.ts'
import type { BenchOptions } from './options.ts'
import type { ExportsResult, FileResult, MemoryAt } from './report-exports.ts'
import { foldedElse, onCopy, untilFolded, withServer, type Run } from './server-run.ts'

const CALM_ROUNDS = 100
const LOOK_MS = 100
/** Shares of the rows at which memory is looked at. */
const MARKS = [0.25, 0.5, 1]

/** What it takes to write every ticket of the office to a file, and what those who work at the desk notice of it. */
export const measureExports = (filledDir: string, options: BenchOptions): Promise<ExportsResult> =>
  onCopy(foldedElse(filledDir), (dataDir) => withServer(dataDir, options, measureServer))

async function measureServer(run: Run): Promise<ExportsResult> {
  const { extent, landmarks, client } = run
  const screen = client()
  await untilFolded(screen, extent.events)
  const agent = new Agent(client(), landmarks)
  const calm = await agent.work((rounds) => rounds < CALM_ROUNDS)
  const files: FileResult[] = []
  for (const format of exportFormats) files.push(await measureFile(run, screen, agent, format))
  return { tickets: extent.tickets, calm, files }
}

async function measureFile(
  { server, extent }: Run,
  screen: HttpClient,
  agent: Agent,
  format: ExportFormat,
): Promise<FileResult> {
  const question = {
    ...{ report: 'volume', column: 'created' },
    from: new Date(extent.oldest).toISOString(),
    to: new Date(extent.newest + 1).toISOString(),
  }
  const id = newId()
  const beforeMb = server.memoryMb()
  const memory: MemoryAt[] = []
  let peakMb = beforeMb ?? 0
  const begun = performance.now()
  await screen.send(mutation('exports.start', { what: 'tickets', id, format, question }))
  let isDone = false
  const writing = (async () => {
    for (;;) {
      const view = dataOf((await screen.send(query('exports.progress', { id }))).json) as ExportView
      const nowMb = server.memoryMb() ?? NaN
      peakMb = Math.max(peakMb, nowMb)
      for (
        let share = MARKS[memory.length];
        share !== undefined && view.rows >= share * extent.tickets;
        share = MARKS[memory.length]
      )
        memory.push({ rows: view.rows, mb: nowMb, peakMb })
      if (view.state !== 'running') {
        isDone = true
        return { view, ms: performance.now() - begun }
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  })()
  const agents = await agent.work(() => !isDone)
  const { view, ms } = await writing
  if (view.state !== 'done') throw new Error(`The export ended as ${view.state} after ${view.rows} rows.`)
  const fetched = await fetchFile(screen, id)
  if (fetched.octets !== view.size) throw new Error(`Of ${view.size} octets ${fetched.octets} came.`)
  await screen.send(mutation('exports.cancel', { id }))
  return {
    format,
    rows: view.rows,
    octets: view.size,
    ms,
    fetchMs: fetched.ms,
    beforeMb,
    memory,
    peakMb,
    agents,
  }
}

/** As a browser saves it: read as it comes, kept nowhere. */
async function fetchFile(client: HttpClient, id: string): Promise<{ octets: number; ms: number }> {
  const begun = performance.now()
  const octets = await client.count(`/exports/${id}`)
  return { octets, ms: performance.now() - begun }
}
