import { join } from 'node:path'
import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { Clock } from '../clock.ts'
import type { JobRow } from '../jobs/entities.ts'
import type { JobHandler, Settled } from '../jobs/handler.ts'
import type { Jobs } from '../jobs/jobs.service.ts'
import type { Tx } from '../store/store.ts'
import type { MailSettingsService } from './mail-settings.ts'
import { laneOf } from './mail-rows.ts'
import { sendLetter, type MailOutcome } from './smtp.ts'

/** A letter as it waits for its turn. */
export interface NewLetter {
  /** Under one key there is one letter, however often it is asked for. */
  key: string
  to: string
  subject: string
  text: string
  html: string | null
  /** Files under {@link MailJobsDeps.folder}, which outlive the letter. */
  attachments: { name: string; type: string; file: string }[]
  /** What it belongs to, for whoever wants to know what became of it. */
  about: { kind: string; id: string } | null
}

export type LetterPayload = Omit<NewLetter, 'key'>

export interface MailJobsDeps {
  clock: Clock
  settings: MailSettingsService
  alerts: Pick<Alerts, 'raiseOnce' | 'settle'>
  people: Pick<People, 'current'>
  /** Where attachments lie. */
  folder: string
  /** Told in the transaction that notes it: the letter went out, or was given up. */
  ended(tx: Tx, about: { kind: string; id: string }, ok: boolean): Promise<void>
}

const ALERT = 'job.dead:mail'
const unset: MailOutcome = { ok: false, status: null, problem: 'unset', message: null }

/** Asks for a letter to be sent after the transaction; answers false when it was asked for before. */
export async function enqueueLetter(jobs: Jobs, tx: Tx, { key, ...payload }: NewLetter): Promise<boolean> {
  const job = { kind: 'mail', lane: laneOf(payload.to), key, payload }
  return (await jobs.enqueue(tx, job)) !== null
}

export const readLetter = ({ payload }: JobRow): LetterPayload => JSON.parse(payload) as LetterPayload

/** Sends what is meant to go out as a letter, and says when one could not be sent. */
export class MailJobs implements JobHandler {
  readonly #deps: MailJobsDeps

  constructor(deps: MailJobsDeps) {
    this.#deps = deps
  }

  async run(job: JobRow, signal: AbortSignal): Promise<MailOutcome> {
    const server = await this.#deps.settings.server()
    if (!server) return unset
    const { to, subject, text, html, attachments } = readLetter(job)
    return sendLetter(
      server,
      {
        ...{ to, subject, text, html, at: job.createdAt },
        attachments: attachments.map(({ file, ...each }) => ({
          ...each,
          path: join(this.#deps.folder, file),
        })),
        messageId: `<${job.id}@${server.senderAddress.split('@').at(-1) ?? 'balcao'}>`,
      },
      signal,
    )
  }

  async settled(tx: Tx, { job, outcome }: Settled): Promise<void> {
    const { alerts, ended } = this.#deps
    const { about, to } = readLetter(job)
    if (outcome.ok) await alerts.settle(tx, [ALERT], { type: 'system' })
    else if (job.state === 'dead') await this.#raise(tx, to)
    if (about && job.finishedAt !== null) await ended(tx, about, outcome.ok)
  }

  /** Once for an outage, however much it took along: the alert stands until something goes out again. */
  async #raise(tx: Tx, to: string): Promise<void> {
    const { alerts, people, clock } = this.#deps
    const { agents } = await people.current()
    const admins = [...agents.values()].filter(({ role, active }) => role === 'admin' && active)
    await alerts.raiseOnce(tx, {
      ...{ key: ALERT, ticket: null, severity: 'warning', reason: 'job.dead', lateMs: null },
      data: { kind: 'mail', name: to },
      notify: admins.map(({ id }) => id),
      tellAt: clock.now(),
    })
  }
}
