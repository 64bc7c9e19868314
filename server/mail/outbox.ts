import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { AppError, notFound } from '../errors.ts'
import type { JobRow, JobTryRow } from '../jobs/entities.ts'
import { findJob, triesOf } from '../jobs/job-rows.ts'
import type { Jobs } from '../jobs/jobs.service.ts'
import { newId } from '../ids.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Db, Store } from '../store/store.ts'
import type { MailTest, Outgoing, OutgoingPage, OutgoingView, TestMail } from './contract.ts'
import { readLetter } from './mail-jobs.ts'
import { deadLetters, lettersBefore } from './mail-rows.ts'
import type { MailSettingsService } from './mail-settings.ts'
import { testLetter } from './mail-words.ts'
import { peekCertificate, sendLetter } from './smtp.ts'

/** Each keeps a request waiting for as long as the other side likes, up to the time-out. */
const TESTS_AT_ONCE = 4
const TEST_PATIENCE_MS = 90_000

interface OutboxDeps {
  store: Store
  clock: Clock
  jobs: Jobs
  settings: MailSettingsService
  office: Pick<Settings, 'get'>
  shutdown: AbortController
}

/** What was and is to be sent, for those who look after it, and letters that only try the way. */
export class MailOutbox {
  readonly #deps: OutboxDeps
  #tests = 0

  constructor(deps: OutboxDeps) {
    this.#deps = deps
  }

  /** Sends a letter through `settings`, saved or not, while somebody waits. @throws LIMIT `mail.busy` */
  async test({ to, settings }: TestMail): Promise<MailTest> {
    const { clock, office, shutdown } = this.#deps
    if (this.#tests >= TESTS_AT_ONCE) throw new AppError('LIMIT', 'mail.busy')
    this.#tests += 1
    try {
      const server = await this.#deps.settings.completed(settings)
      const at = clock.now()
      const domain = server.senderAddress.split('@').at(-1) ?? 'balcao'
      const letter = { ...testLetter(await office.get()), to, html: null, attachments: [], at }
      const outcome = await sendLetter(
        server,
        { ...letter, messageId: `<${newId()}@${domain}>` },
        shutdown.signal,
        { letterMs: TEST_PATIENCE_MS },
      )
      const { ok, problem, message } = outcome
      const certificate = problem === 'certificate' ? await peekCertificate(server, shutdown.signal) : null
      return { ok, problem, message, certificate, ms: Math.max(0, clock.now() - at) }
    } finally {
      this.#tests -= 1
    }
  }

  /** The newest first. */
  async list({ cursor, limit }: Outgoing): Promise<OutgoingPage> {
    const { read } = this.#deps.store
    const jobs = await lettersBefore(read, cursor ?? Number.MAX_SAFE_INTEGER, limit)
    const last = jobs.length === limit ? jobs.at(-1) : undefined
    const dead = await deadLetters(read)
    return { items: await viewsOf(read, jobs), nextCursor: last?.seq ?? null, dead: dead.length }
  }

  /** Sends after all what was given up. @throws NOT_FOUND `letter.not_found`, CONFLICT `job.not_dead` */
  retry(viewer: Viewer, { id }: { id: string }): Promise<OutgoingView> {
    return this.#deps.store.write(async (tx) => {
      const job = await findJob(tx.db, id)
      if (job?.kind !== 'mail') throw notFound('letter')
      const revived = await this.#deps.jobs.revive(tx, job, { type: 'agent', id: viewer.agentId })
      const [view] = await viewsOf(tx.db, [revived])
      if (!view) throw notFound('letter')
      return view
    })
  }

  retryAll(viewer: Viewer): Promise<{ count: number }> {
    return this.#deps.store.write(async (tx) => {
      const dead = await deadLetters(tx.db)
      for (const job of dead) await this.#deps.jobs.revive(tx, job, { type: 'agent', id: viewer.agentId })
      return { count: dead.length }
    })
  }
}

async function viewsOf(db: Db, jobs: readonly JobRow[]): Promise<OutgoingView[]> {
  const ids = jobs.map(({ id }) => id)
  const tries = Map.groupBy(await triesOf(db, ids), ({ jobId }) => jobId)
  return jobs.map((job) => {
    const { to, subject } = readLetter(job)
    const { id, state, attempts } = job
    return {
      ...{ id, to, subject, state, attempts, createdAt: new Date(job.createdAt).toISOString() },
      nextAt: job.finishedAt === null ? new Date(job.runAt).toISOString() : null,
      tries: (tries.get(id) ?? []).map(toTryView),
    }
  })
}

const toTryView = ({ at, ms, ok, status, problem, message }: JobTryRow) => ({
  at: new Date(at).toISOString(),
  ...{ ms, ok: ok === 1, status, problem, message },
})
