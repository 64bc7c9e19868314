import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Viewer } from '../../access/viewer.ts'
import type { Clock } from '../../clock.ts'
import { AppError, notFound } from '../../errors.ts'
import type { OfficeSettings } from '../../settings/contract.ts'
import type { ExportState, ExportView, StartExport } from '../export.contract.ts'
import { reportWords } from './figure-words.ts'
import { fileNameOf } from './file-names.ts'
import { reportTable } from './report-table.ts'
import type { ReportSource } from './source.ts'
import { ticketColumns, wordedRows } from './ticket-words.ts'
import { writeFile, type Rows } from './write-file.ts'
import type { WriteTask } from './write-worker.ts'

export interface ExportsDeps {
  clock: Clock
  office: { get(): Promise<OfficeSettings> }
  reports: ReportSource
  /** Where the files lie while they are kept. Nothing else may. */
  folder: string
  /** Aborted when the server stops. */
  shutdown: AbortSignal
}

interface Running {
  agentId: string
  wanted: StartExport
  state: ExportState
  fileName: string
  rows: number
  total: number | null
  size: number | null
  startedAt: number
  /** When it was done, or given up. */
  endedAt: number | null
  stop: AbortController
  ended: Promise<void>
}

const DAY_MS = 86_400_000
/** Each takes a core; the office needs the others. */
const AT_ONCE = 2
/** One after the other, for each who asks. */
const KEPT_OF_EACH = 20

/**
 * Files that people asked for. They are written in threads while the office works, and lie on the server's disk until they are fetched
 * or a day has passed. What is known of them lives as long as the server: a restart throws both away.
 */
export class Exports {
  readonly #deps: ExportsDeps
  readonly #runs = new Map<string, Running>()
  #swept: Promise<void> | undefined
  #logger: Pick<Logger, 'error'> | undefined

  constructor(deps: ExportsDeps) {
    this.#deps = deps
  }

  logTo(logger: Pick<Logger, 'error'>): void {
    this.#logger = logger
  }

  /**
   * Begins a file and answers at once. The same `id` again answers what there is.
   * @throws LIMIT `exports.busy` while two are being written, CONFLICT `exports.id_taken`
   */
  async start(viewer: Viewer, wanted: StartExport): Promise<ExportView> {
    const settings = await this.#deps.office.get()
    const known = this.#runs.get(wanted.id)
    if (known && known.agentId !== viewer.agentId) throw new AppError('CONFLICT', 'exports.id_taken')
    if (known) return toView(wanted.id, known)
    const running = [...this.#runs.values()].filter(({ state }) => state === 'running')
    if (running.length >= AT_ONCE) throw new AppError('LIMIT', 'exports.busy')
    const { clock } = this.#deps
    const locale = wanted.locale ?? settings.locale
    const report = reportWords[locale].report[wanted.question.report]
    const title = wanted.what === 'tickets' ? `${report} – tickets` : report
    const fileName = fileNameOf(title, wanted, settings.timezone)
    const run: Running = {
      ...{ agentId: viewer.agentId, wanted, state: 'running', rows: 0, total: null, size: null },
      ...{ fileName, startedAt: clock.now(), endedAt: null, stop: new AbortController() },
      ended: Promise.resolve(),
    }
    this.#runs.set(wanted.id, run)
    this.#forgetOldest(viewer.agentId)
    run.ended = this.#write(viewer, run, { ...settings, locale })
    return toView(wanted.id, run)
  }

  /** @throws NOT_FOUND `exports.not_found` */
  progress(viewer: Viewer, { id }: { id: string }): ExportView {
    return toView(id, this.#own(viewer, id))
  }

  /** One's own, the newest first. */
  list({ agentId }: Viewer): ExportView[] {
    return [...this.#runs]
      .filter(([, run]) => run.agentId === agentId)
      .map(([id, run]) => toView(id, run))
      .toReversed()
  }

  /** Ends it and throws away what there is of the file. @throws NOT_FOUND `exports.not_found` */
  async cancel(viewer: Viewer, { id }: { id: string }): Promise<ExportView> {
    const run = this.#own(viewer, id)
    run.stop.abort()
    await run.ended
    run.state = 'cancelled'
    await rm(this.#pathOf(id), { force: true })
    return toView(id, run)
  }

  /** The finished file. @throws NOT_FOUND `exports.not_found`, CONFLICT `exports.not_done` */
  async open(viewer: Viewer, id: string): Promise<{ view: ExportView; content: FileHandle }> {
    const run = this.#own(viewer, id)
    if (run.state !== 'done') throw new AppError('CONFLICT', 'exports.not_done')
    return { view: toView(id, run), content: await open(this.#pathOf(id)) }
  }

  /** Throws away what a day has passed over. */
  async sweep(now: number): Promise<void> {
    for (const [id, { endedAt }] of this.#runs)
      if (endedAt !== null && endedAt + DAY_MS <= now) await this.#forget(id)
  }

  /** Breaks off what is being written. */
  async stop(): Promise<void> {
    for (const { stop } of this.#runs.values()) stop.abort()
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended))
  }

  async #write(viewer: Viewer, run: Running, settings: OfficeSettings): Promise<void> {
    const { clock, shutdown } = this.#deps
    const signal = AbortSignal.any([run.stop.signal, shutdown])
    const path = this.#pathOf(run.wanted.id)
    try {
      await this.#room()
      const { task, rows } = await this.#read(viewer, run, settings, path, signal)
      run.size = await writeFile(task, rows, signal, (written) => (run.rows = written))
      run.state = 'done'
    } catch (error) {
      run.state = signal.aborted ? 'cancelled' : 'failed'
      if (!signal.aborted) this.#logger?.error({ err: error }, 'a file could not be written')
      await rm(path, { force: true }).catch(() => undefined)
    }
    run.endedAt = clock.now()
  }

  async #read(
    viewer: Viewer,
    run: Running,
    { locale, timezone }: OfficeSettings,
    path: string,
    signal: AbortSignal,
  ): Promise<{ task: WriteTask; rows: Rows }> {
    const { reports } = this.#deps
    const { wanted } = run
    const words = reportWords[locale]
    const writing = { locale, timezone, yes: words.yes, no: words.no }
    if (wanted.what === 'table') {
      const table = reportTable(await reports.run(viewer, wanted.question, signal), words)
      run.total = table.rows.length
      const { title, columns } = table
      return { task: { format: wanted.format, path, table: { title, columns, writing } }, rows: [table.rows] }
    }
    const stream = await reports.stream(viewer, wanted.question, signal)
    run.total = stream.total
    const columns = ticketColumns(stream.columns, locale)
    const title = words.report[wanted.question.report]
    return {
      task: { format: wanted.format, path, table: { title, columns, writing } },
      rows: wordedRows(stream, locale),
    }
  }

  /** The folder, without what an earlier run of the server left there. */
  #room(): Promise<void> {
    const { folder } = this.#deps
    return (this.#swept ??= rm(folder, { recursive: true, force: true }).then(
      async () => void (await mkdir(folder, { recursive: true })),
    ))
  }

  /** Removes what an earlier run of the server left. */
  prepare(): Promise<void> {
    return this.#room()
  }

  #own({ agentId }: Viewer, id: string): Running {
    const run = this.#runs.get(id)
    if (run?.agentId !== agentId) throw notFound('exports')
    return run
  }

  #forgetOldest(agentId: string): void {
    const own = [...this.#runs].filter(([, run]) => run.agentId === agentId && run.state !== 'running')
    for (const [id] of own.slice(0, Math.max(0, own.length - KEPT_OF_EACH))) void this.#forget(id)
  }

  async #forget(id: string): Promise<void> {
    this.#runs.delete(id)
    await rm(this.#pathOf(id), { force: true })
  }

  /** Ids are the server's own form, so no path can hide in one. */
  #pathOf = (id: string) => join(this.#deps.folder, id)
}

function toView(id: string, run: Running): ExportView {
  const { wanted, state, fileName, rows, total, size, startedAt, endedAt } = run
  return {
    ...{ id, what: wanted.what, report: wanted.question.report, format: wanted.format },
    ...{ state, fileName, rows, total, size },
    startedAt: new Date(startedAt).toISOString(),
    until: new Date((endedAt ?? startedAt) + DAY_MS).toISOString(),
  }
}
