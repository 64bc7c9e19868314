import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Alerts } from '../../alerts/alerts.service.ts'
import type { People } from '../../access/people.ts'
import { permissionsOf, type Viewer } from '../../access/viewer.ts'
import type { Clock } from '../../clock.ts'
import type { EventLog } from '../../events/event-log.ts'
import type { JobRow } from '../../jobs/entities.ts'
import type { JobHandler, Outcome, Settled } from '../../jobs/handler.ts'
import type { Jobs } from '../../jobs/jobs.service.ts'
import { enqueueLetter } from '../../mail/mail-jobs.ts'
import { hasLetterAbout } from '../../mail/mail-rows.ts'
import type { OfficeSettings } from '../../settings/contract.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { Report } from '../contract.ts'
import { exportFormats, type ExportFormat } from '../export.contract.ts'
import { fileNameOf } from '../export/file-names.ts'
import { reportWords } from '../export/figure-words.ts'
import { reportTable } from '../export/report-table.ts'
import type { ReportSource } from '../export/source.ts'
import { writeFile } from '../export/write-file.ts'
import { savedQuestionSchema, type Recipient, type SendingProblem } from '../saved.contract.ts'
import type { SavedReportRow, SendingRow } from './entities.ts'
import { stretchBefore, stretchOf } from './relative-period.ts'
import { reportLetter } from './report-letter.ts'
import { deleteUnsent, findSaved, findSending, updateSending } from './saved-rows.ts'
import { audienceOf } from './saved.service.ts'
import { LATE_MS } from './saved-view.ts'

export interface ReportJobsDeps {
  store: Store
  events: EventLog
  clock: Clock
  jobs: Jobs
  people: Pick<People, 'current'>
  alerts: Pick<Alerts, 'raiseOnce' | 'settle'>
  office: { get(): Promise<OfficeSettings> }
  reports: Pick<ReportSource, 'run'>
  /** Where attachments lie; letters name them from here on. */
  folder: string
}

/** Jobs are forgotten after thirty days: no need to ask for a letter before. */
const ATTACHMENT_KEPT_MS = 31 * 86_400_000
/** As many as a report gives: what is too long for the letter is in its files. */
const ROWS = 1_000
const types: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

interface Attachment {
  name: string
  type: string
  file: string
}

/** Reckons what is due and hands it to the mail, one letter for each who gets it. */
export class ReportJobs implements JobHandler {
  readonly #deps: ReportJobsDeps

  constructor(deps: ReportJobsDeps) {
    this.#deps = deps
  }

  async run(job: JobRow, signal: AbortSignal): Promise<Outcome> {
    const { store } = this.#deps
    const sending = await findSending(store.read, sendingIdOf(job))
    const saved = sending && (await findSaved(store.read, sending.savedId))
    if (!sending || !saved) return refused('fault')
    if (saved.archivedAt !== null) {
      await store.write((tx) => deleteUnsent(tx, sending.id))
      return done
    }
    // A crash came before the job's own note: the letters are on their way already, with the files that lie there.
    if (sending.mails > 0) return done
    const viewer = await this.#owner(saved)
    if (!viewer) return refused('owner')
    const addresses = await this.#addresses(saved)
    if (addresses.length === 0) return refused('recipients')
    const { report, office, from, to } = await this.#reckon(viewer, saved, sending, signal)
    const table = reportTable(report, reportWords[office.locale])
    const attachments = await this.#attach(saved, sending, { ...table, office, from, to }, signal)
    const letter = reportLetter(table, {
      ...{ name: saved.name, office, from, to, leftOut: report.leftOut },
      lateSince: sending.at - sending.dueAt >= LATE_MS ? sending.dueAt : null,
    })
    await store.write(async (tx) => {
      const about = { kind: 'report', id: sending.id }
      for (const address of addresses)
        await enqueueLetter(this.#deps.jobs, tx, {
          ...{ key: `${sending.key}:${address}`, to: address, ...letter, attachments, about },
        })
      const current = await findSending(tx.db, sending.id)
      if (current?.state === 'waiting')
        await updateSending(tx, current, { state: 'sending', mails: addresses.length })
    })
    return done
  }

  async settled(tx: Tx, { job, outcome }: Settled): Promise<void> {
    if (outcome.ok || job.state !== 'dead') return
    const sending = await findSending(tx.db, sendingIdOf(job))
    const problem = (outcome.isFinal ? outcome.message : 'fault') as SendingProblem
    if (!sending) return
    await this.#end(tx, await updateSending(tx, sending, { state: 'failed', problem }))
    const saved = await findSaved(tx.db, sending.savedId)
    if (saved) await this.#raise(tx, saved)
  }

  /** To whoever set it up, once until it is sent again; what somebody who left kept for themselves is nobody else's, its name neither. */
  async #raise(tx: Tx, { id, name, ownerId, shared }: SavedReportRow): Promise<void> {
    const { agents } = await this.#deps.people.current()
    if (shared === 0 && !agents.get(ownerId)?.active) return
    await this.#deps.alerts.raiseOnce(tx, {
      ...{ key: alertKey(id), ticket: null, severity: 'warning', reason: 'job.dead', lateMs: null },
      data: { kind: 'report', name },
      ...{ notify: [ownerId], tellAt: this.#deps.clock.now() },
    })
  }

  /** One of its letters went out, or was given up; one that was given up may go out later after all. */
  async letterEnded(tx: Tx, sendingId: string, ok: boolean): Promise<void> {
    const before = await findSending(tx.db, sendingId)
    if (!before) return
    const isSecondTry = before.sent + before.failed >= before.mails
    const sent = before.sent + (ok ? 1 : 0)
    const failed = Math.max(0, before.failed + (ok ? (isSecondTry ? -1 : 0) : isSecondTry ? 0 : 1))
    const isOver = sent + failed >= before.mails
    const state = !isOver ? 'sending' : failed > 0 ? 'failed' : 'sent'
    const problem = state === 'failed' ? 'letters' : null
    const after = await updateSending(tx, before, { sent, failed, state, problem })
    if (isOver) await this.#end(tx, after)
  }

  /** Throws away attachments that no letter can need any more. */
  async sweep(now: number): Promise<void> {
    const { folder, store } = this.#deps
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      const { mtimeMs } = await stat(path)
      if (mtimeMs + ATTACHMENT_KEPT_MS <= now && !(await hasLetterAbout(store.read, name)))
        await rm(path, { recursive: true, force: true })
    }
  }

  async #reckon(viewer: Viewer, saved: SavedReportRow, { dueAt }: SendingRow, signal: AbortSignal) {
    const office = await this.#deps.office.get()
    const { timezone } = office
    const { period, compare, ...question } = savedQuestionSchema.parse(JSON.parse(saved.question))
    const { from, to } = stretchOf(period, dueAt, timezone)
    const compareTo = compare ? { compareTo: toQuestion(stretchBefore(period, dueAt, timezone)) } : {}
    const asked = { ...question, ...toQuestion({ from, to }), ...compareTo, limit: ROWS }
    const report: Report = await this.#deps.reports.run(viewer, asked, signal)
    return { report, office, from, to }
  }

  async #attach(
    saved: SavedReportRow,
    sending: SendingRow,
    {
      office,
      from,
      to,
      ...table
    }: ReturnType<typeof reportTable> & {
      office: OfficeSettings
      from: number
      to: number
    },
    signal: AbortSignal,
  ): Promise<Attachment[]> {
    const { folder } = this.#deps
    const { locale, timezone } = office
    const { yes, no } = reportWords[locale]
    const chosen = JSON.parse(saved.formats) as ExportFormat[]
    const attachments: Attachment[] = []
    // What an earlier try left is written anew.
    await rm(join(folder, sending.id), { recursive: true, force: true })
    await mkdir(join(folder, sending.id), { recursive: true })
    for (const format of exportFormats.filter((each) => chosen.includes(each))) {
      const file = `${sending.id}/report.${format}`
      const { title, columns, rows } = table
      const writing = { locale, timezone, yes, no }
      await writeFile(
        { format, path: join(folder, file), table: { title, columns, writing } },
        [rows],
        signal,
      )
      const name = fileNameOf(saved.name, { format, question: toQuestion({ from, to }) }, timezone)
      attachments.push({ name, type: types[format], file })
    }
    return attachments
  }

  /** As whoever set it up sees the desk; null when they may read no reports any more. */
  async #owner({ ownerId }: SavedReportRow): Promise<Viewer | null> {
    const { agents } = await this.#deps.people.current()
    const agent = agents.get(ownerId)
    if (!agent?.active || !permissionsOf[agent.role].has('tickets.readAll')) return null
    const { id: agentId, name, email, role, teamIds } = agent
    return { agentId, name, email, role, teamIds, permissions: permissionsOf[role], sessionId: '' }
  }

  /** Each once; colleagues who left get nothing. */
  async #addresses({ recipients }: SavedReportRow): Promise<string[]> {
    const { agents } = await this.#deps.people.current()
    const found = (JSON.parse(recipients) as Recipient[]).flatMap((recipient) => {
      if (recipient.kind === 'address') return [recipient.address.toLowerCase()]
      const agent = agents.get(recipient.id)
      return agent?.active ? [agent.email.toLowerCase()] : []
    })
    return [...new Set(found)]
  }

  async #end(tx: Tx, { savedId, state }: SendingRow): Promise<void> {
    const saved = await findSaved(tx.db, savedId)
    if (!saved) return
    if (state === 'sent') await this.#deps.alerts.settle(tx, [alertKey(savedId)], { type: 'system' })
    const type = state === 'failed' ? 'savedReport.failed' : 'savedReport.sent'
    const said = { type, actor: { type: 'system' as const }, audience: audienceOf(saved), data: { savedId } }
    await this.#deps.events.record(tx, said)
  }
}

const alertKey = (savedId: string) => `job.dead:report:${savedId}`

const sendingIdOf = ({ payload }: JobRow): string => (JSON.parse(payload) as { sendingId: string }).sendingId

const done: Outcome = { ok: true, status: null, problem: null, message: null }

const refused = (problem: SendingProblem): Outcome => ({
  ...{ ok: false, status: null, problem: 'archived', message: problem, isFinal: true },
})

const toQuestion = ({ from, to }: { from: number; to: number }) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})
