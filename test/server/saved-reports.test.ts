import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Viewer } from '../../server/access/viewer.ts'
import { newId } from '../../server/ids.ts'
import type { JobRow } from '../../server/jobs/entities.ts'
import { Exports } from '../../server/reports/export/exports.service.ts'
import type { NewSavedReport } from '../../server/reports/saved.contract.ts'
import { aClock } from '../support/desk-clock.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client } from '../support/server.ts'
import { startSmtp } from '../support/smtp.ts'
import { temporaryFolder } from '../support/store.ts'
import { unzip } from '../support/workbook.ts'

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 15_000, interval: 20 })

/** A Monday, 9 in the morning at the office. */
const START = Date.UTC(2026, 2, 9, 12)

async function startOffice(clock = aClock(START), dataDir?: string) {
  const server = await startTestServer({ clock, ...(dataDir && { dataDir }) })
  const smtp = await startSmtp()
  return {
    ...{ clock, server, smtp },
    async open(port = smtp.port) {
      const token = await server.setup()
      const admin = server.client(token)
      await admin.mail.update.mutate({
        ...{ host: '127.0.0.1', port, tls: 'none', user: null, trusted: null },
        ...{ senderName: 'Papelaria Ipê', senderAddress: 'suporte@ipe.example' },
      })
      const boss = await server.join(token, {
        name: 'Sílvia',
        email: 'silvia@ipe.example',
        role: 'supervisor',
      })
      await admin.tickets.create.mutate({
        ...{ subject: 'Caixa parado', body: 'Parou.', requester: { name: 'José' }, channel: 'phone' },
      })
      return { token, admin, boss: server.client(boss.token), bossId: boss.id }
    },
    async [Symbol.asyncDispose]() {
      await smtp[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const report = (more: Partial<NewSavedReport> = {}): NewSavedReport => ({
  ...{ id: newId(), name: 'Volume do dia', shared: false },
  question: { report: 'volume', groupBy: 'channel', period: 'yesterday', compare: false },
  schedule: { every: 'day', at: '08:00' },
  recipients: [{ kind: 'address', address: 'diretoria@ipe.example' }],
  formats: ['csv', 'xlsx'],
  ...more,
})
const last = async (api: Client) => (await api.savedReports.list.query())[0]?.last

/** A ticket has no more tags than these. */
const TAGS_OF_ONE = 20

/** An attachment's octets. */
const attached = (letter: string, ending: string): Buffer => {
  const part = letter
    .split(/\r\n--/)
    .find((each) => each.includes('Content-Disposition: attachment') && each.includes(ending))
  return Buffer.from(part?.split('\r\n\r\n').slice(1).join('') ?? '', 'base64')
}

describe('a scheduled report', () => {
  it('goes out at its time with the table and its files, once, and again the next day', async () => {
    await using office = await startOffice()
    const { clock, smtp } = office
    const { boss } = await office.open()
    const saved = await boss.savedReports.create.mutate(report())
    expect(saved.nextAt).toBe('2026-03-10T11:00:00.000Z')
    clock.time = Date.UTC(2026, 2, 10, 11)
    await soon(async () =>
      expect(await last(boss)).toMatchObject({ state: 'sent', isLate: false, byHand: false }),
    )
    expect(smtp.letters).toHaveLength(1)
    const [letter = ''] = smtp.letters
    expect(letter).toContain('To: diretoria@ipe.example')
    expect(attached(letter, '.csv').toString()).toBe(
      '\uFEFFCanal;Recebidos;Resolvidos;Cancelados;Saldo\r\nTelefone;1;0;0;1\r\nTotal;1;0;0;1\r\n',
    )
    expect(unzip(attached(letter, '.xlsx')).get('xl/worksheets/sheet1.xml')).toContain('Telefone')
    expect((await boss.savedReports.list.query())[0]?.nextAt).toBe('2026-03-11T11:00:00.000Z')
    clock.time = Date.UTC(2026, 2, 11, 11)
    await soon(() => expect(smtp.letters).toHaveLength(2))
  })

  it('that was missed while the server was down goes out once, late, and says so', async () => {
    const clock = aClock(START)
    await using before = await startOffice(clock)
    const { boss } = await before.open()
    await boss.savedReports.create.mutate(report())
    await before.server.stop()
    clock.time = Date.UTC(2026, 2, 13, 15)
    await using server = await startTestServer({ clock, dataDir: before.server.dataDir })
    await soon(() => expect(before.smtp.letters).toHaveLength(1))
    const { token } = await server
      .client()
      .auth.login.mutate({ email: 'silvia@ipe.example', password: 'outra-senha-comprida' })
    const again = server.client(token)
    await soon(async () =>
      expect(await last(again)).toMatchObject({
        state: 'sent',
        isLate: true,
        dueAt: '2026-03-13T11:00:00.000Z',
      }),
    )
    expect(before.smtp.letters[0]?.replaceAll('=\r\n', '')).toContain('sai com atraso')
    await server.services.schedule.settled()
    expect(before.smtp.letters).toHaveLength(1)
  })

  it('whose letters wait keeps its files when a crash has it reckoned again', async () => {
    await using office = await startOffice()
    const { boss } = await office.open()
    await boss.savedReports.create.mutate(report())
    office.smtp.answers.push({ code: 451, at: 'DATA' })
    office.clock.time = Date.UTC(2026, 2, 10, 11)
    const { services, dataDir } = office.server
    const jobs = (kind: string) =>
      services.store.read.query<JobRow[]>(`SELECT * FROM job WHERE kind = '${kind}'`)
    await soon(async () => expect(await jobs('mail')).toMatchObject([{ state: 'waiting', attempts: 1 }]))
    const [sending = ''] = await readdir(join(dataDir, 'outgoing'))
    const file = join(dataDir, 'outgoing', sending, 'report.csv')
    const { ino, mtimeNs } = await stat(file, { bigint: true })
    const [job] = await jobs('report')
    const outcome = await services.reportJobs.run(job as JobRow, new AbortController().signal)
    expect(outcome).toMatchObject({ ok: true })
    expect(await stat(file, { bigint: true })).toMatchObject({ ino, mtimeNs })
  })

  it('keeps its files for as long as a letter may need them, however old they are', async () => {
    await using office = await startOffice()
    const { boss } = await office.open()
    await boss.savedReports.create.mutate(report())
    office.smtp.answers.push({ code: 451, at: 'DATA' })
    office.clock.time = Date.UTC(2026, 2, 10, 11)
    const { services, dataDir } = office.server
    const files = () => readdir(join(dataDir, 'outgoing'))
    const letters = () => services.store.read.query<JobRow[]>(`SELECT * FROM job WHERE kind = 'mail'`)
    await soon(async () => expect(await letters()).toMatchObject([{ state: 'waiting', attempts: 1 }]))
    const later = Date.now() + 40 * 86_400_000
    await services.reportJobs.sweep(later)
    expect(await files()).toHaveLength(1)
    office.clock.advance({ minutes: 2 })
    await soon(async () => expect(await last(boss)).toMatchObject({ state: 'sent' }))
    await services.jobs.sweepFinished(office.clock.now() + 40 * 86_400_000)
    await services.reportJobs.sweep(later)
    expect(await files()).toEqual([])
  })

  it('that was removed while it waited to be reckoned again is sent to nobody, and nobody is told', async () => {
    await using office = await startOffice()
    const { admin, boss } = await office.open()
    const { id } = await boss.savedReports.create.mutate(report())
    const { services, dataDir } = office.server
    // Where a file stands in the place of the folder no attachment can be written.
    await rm(join(dataDir, 'outgoing'), { recursive: true, force: true })
    await writeFile(join(dataDir, 'outgoing'), '')
    office.clock.time = Date.UTC(2026, 2, 10, 11)
    const jobs = () => services.store.read.query<JobRow[]>(`SELECT * FROM job`)
    await soon(async () => expect(await jobs()).toMatchObject([{ state: 'waiting', attempts: 1 }]))
    await boss.savedReports.remove.mutate({ id })
    await rm(join(dataDir, 'outgoing'))
    office.clock.advance({ minutes: 2 })
    await soon(async () => expect(await jobs()).toMatchObject([{ kind: 'report', state: 'done' }]))
    expect(office.smtp.letters).toEqual([])
    expect((await admin.alerts.list.query({ scope: 'all' })).items).toEqual([])
    expect((await boss.savedReports.restore.mutate({ id })).last).toBeNull()
  })

  it('has the rows in its file that are too many for the letter', async () => {
    await using office = await startOffice()
    const { admin, boss } = await office.open()
    const names = Array.from({ length: 210 }, (_, index) => `etiqueta ${String(index).padStart(3, '0')}`)
    for (let from = 0; from < names.length; from += TAGS_OF_ONE)
      await admin.tickets.create.mutate({
        ...{ subject: 'Pedido', body: 'Olá.', requester: { name: 'Rui' }, channel: 'email' },
        tags: names.slice(from, from + TAGS_OF_ONE),
      })
    const question = { report: 'volume', groupBy: 'tag', period: 'today', compare: false } as const
    const { id } = await boss.savedReports.create.mutate(report({ question, schedule: null }))
    await boss.savedReports.send.mutate({ id, sendingId: newId() })
    await soon(() => expect(office.smtp.letters).toHaveLength(1))
    const [letter = ''] = office.smtp.letters
    const lines = attached(letter, '.csv').toString().trim().split('\r\n')
    // Its head, one for each, the ticket without any, and the total.
    expect(lines).toHaveLength(names.length + 3)
  })

  it('is due as soon as ever after a clock that had run ahead was set right', async () => {
    await using office = await startOffice(aClock(Date.UTC(2031, 2, 9, 12)))
    const { boss } = await office.open()
    await boss.savedReports.create.mutate(report())
    office.clock.time = START
    await office.server.services.dueReports.prepare()
    expect((await boss.savedReports.list.query())[0]?.nextAt).toBe('2026-03-10T11:00:00.000Z')
  })

  it('of somebody who left, and that was nobody else’s, is told of to nobody', async () => {
    await using office = await startOffice()
    const { admin, boss, bossId } = await office.open()
    const { id } = await boss.savedReports.create.mutate(report({ name: 'Só meu' }))
    await admin.agents.deactivate.mutate({ id: bossId })
    office.clock.time = Date.UTC(2026, 2, 10, 11)
    const sendings = () =>
      office.server.services.store.read.query(
        `SELECT state, problem FROM report_sending WHERE savedId = '${id}'`,
      )
    await soon(async () => expect(await sendings()).toEqual([{ state: 'failed', problem: 'owner' }]))
    expect((await admin.alerts.list.query({ scope: 'all' })).items).toEqual([])
  })

  it('moves with the office’s clock', async () => {
    await using office = await startOffice()
    const { admin, boss } = await office.open()
    await boss.savedReports.create.mutate(report())
    await admin.settings.update.mutate({ timezone: 'Europe/Lisbon' })
    await soon(async () =>
      expect((await boss.savedReports.list.query())[0]?.nextAt).toBe('2026-03-10T08:00:00.000Z'),
    )
  })

  it('is not sent for somebody who may read no reports any more, and its record says why', async () => {
    await using office = await startOffice()
    const { admin, boss, bossId } = await office.open()
    await boss.savedReports.create.mutate(report({ shared: true }))
    await admin.agents.update.mutate({ id: bossId, changes: { role: 'agent' } })
    office.clock.time = Date.UTC(2026, 2, 10, 11)
    await soon(async () => expect(await last(admin)).toMatchObject({ state: 'failed', problem: 'owner' }))
    expect(office.smtp.letters).toHaveLength(0)
  })
})

describe('sending by hand', () => {
  it('sends once for each wish, to each recipient once, and tells of a letter that was given up', async () => {
    await using office = await startOffice()
    const { boss, bossId } = await office.open()
    const recipients: NewSavedReport['recipients'] = [
      { kind: 'agent', id: bossId },
      { kind: 'address', address: 'Silvia@ipe.example' },
      { kind: 'address', address: 'diretoria@ipe.example' },
    ]
    const { id } = await boss.savedReports.create.mutate(report({ schedule: null, recipients, formats: [] }))
    const sendingId = newId()
    office.smtp.answers.push({ code: 550, at: 'RCPT' })
    await boss.savedReports.send.mutate({ id, sendingId })
    await boss.savedReports.send.mutate({ id, sendingId })
    await soon(async () =>
      expect(await last(boss)).toMatchObject({
        ...{ state: 'failed', problem: 'letters', byHand: true, letters: { total: 2, sent: 1, failed: 1 } },
      }),
    )
    expect(office.smtp.letters).toHaveLength(1)
  })
})

describe('a question', () => {
  it('that its report can’t be broken down by is refused when it is saved, not at the hour it is due', async () => {
    await using office = await startOffice()
    const { boss } = await office.open()
    const question = { report: 'backlog', groupBy: 'hour', period: 'yesterday', compare: false } as const
    const refused = { reason: 'report.not_grouped_so', fieldErrors: { groupBy: ['report.not_grouped_so'] } }
    expect(await refusal(boss.savedReports.create.mutate(report({ question })))).toMatchObject(refused)
    const { id } = await boss.savedReports.create.mutate(report())
    expect(await refusal(boss.savedReports.update.mutate({ id, changes: { question } }))).toMatchObject(
      refused,
    )
  })
})

describe('rights', () => {
  it('others hear that a report is no longer theirs', async () => {
    await using office = await startOffice()
    const { boss } = await office.open()
    const { id } = await boss.savedReports.create.mutate(report({ shared: true }))
    await boss.savedReports.update.mutate({ id, changes: { shared: false } })
    await boss.savedReports.update.mutate({ id, changes: { name: 'Outro nome' } })
    const events = await office.server.services.store.read.query<{ audience: string }[]>(
      `SELECT audience FROM event WHERE type = 'savedReport.updated' ORDER BY seq`,
    )
    expect(events.map(({ audience }) => (JSON.parse(audience) as { only?: true }).only)).toEqual([
      undefined,
      true,
    ])
  })

  it('what is not shared is not there for others; what is, only its owner or an administrator changes', async () => {
    await using office = await startOffice()
    const { token, admin, boss } = await office.open()
    const other = office.server.client(
      (await office.server.join(token, { name: 'Rui', email: 'rui@ipe.example', role: 'supervisor' })).token,
    )
    const { id } = await boss.savedReports.create.mutate(report())
    expect(await other.savedReports.list.query()).toEqual([])
    expect(await refusal(other.savedReports.send.mutate({ id, sendingId: newId() }))).toMatchObject({
      reason: 'reports.not_found',
    })
    await boss.savedReports.update.mutate({ id, changes: { shared: true } })
    expect(await other.savedReports.list.query()).toMatchObject([{ id, editable: false }])
    expect(await refusal(other.savedReports.remove.mutate({ id }))).toMatchObject({
      reason: 'reports.not_yours',
    })
    expect(await admin.savedReports.remove.mutate({ id })).toMatchObject({ archived: true, nextAt: null })
    expect(await boss.savedReports.restore.mutate({ id })).toMatchObject({
      nextAt: '2026-03-10T11:00:00.000Z',
    })
    const agent = await office.server.join(token, { name: 'Bia', email: 'bia@ipe.example' })
    expect(await refusal(office.server.client(agent.token).savedReports.list.query())).toMatchObject({
      reason: 'auth.forbidden',
    })
  })
})

describe('an export', () => {
  it('that fails says why in the log, and what can’t begin keeps nobody from beginning', async () => {
    const faults: unknown[] = []
    const office = { get: vi.fn().mockRejectedValue(new Error('disk')) }
    const exports = new Exports({
      ...{ clock: aClock(), office, folder: await temporaryFolder(), shutdown: new AbortController().signal },
      reports: {
        run: () => Promise.reject(new Error('too much')),
        stream: () => Promise.reject(new Error()),
      },
    })
    exports.logTo({ error: (fault: unknown) => void faults.push(fault) })
    const question = {
      from: '2026-03-09T00:00:00Z',
      to: '2026-03-10T00:00:00Z',
      report: 'volume',
      limit: 200,
    } as const
    const viewer = { agentId: newId() } as Viewer
    const start = () => exports.start(viewer, { id: newId(), what: 'table', format: 'csv', question })
    for (let i = 0; i < 3; i++) await expect(start()).rejects.toThrow('disk')
    office.get.mockResolvedValue({ locale: 'pt-BR', timezone: 'UTC', company: 'Ipê' })
    const { id } = await start()
    await soon(() => expect(exports.progress(viewer, { id }).state).toBe('failed'))
    expect(faults).toMatchObject([{ err: { message: 'too much' } }])
  })

  it('is written on the server and fetched by whoever asked for it, until it is thrown away', async () => {
    await using office = await startOffice()
    const { token, boss } = await office.open()
    const { server } = office
    const ask = { from: '2026-03-09T00:00:00Z', to: '2026-03-10T00:00:00Z', report: 'volume' } as const
    const start = (what: 'table' | 'tickets', format: 'csv' | 'xlsx') =>
      boss.exports.start.mutate({ id: newId(), what, format, question: ask })
    const done = (id: string) =>
      soon(async () => {
        const view = await boss.exports.progress.query({ id })
        expect(view.state).toBe('done')
        return view
      })
    const { id } = await start('tickets', 'csv')
    expect(await done(id)).toMatchObject({
      rows: 1,
      total: 1,
      fileName: expect.stringMatching(/^Volume .*\.csv$/),
    })
    const login = await server
      .client()
      .auth.login.mutate({ email: 'silvia@ipe.example', password: 'outra-senha-comprida' })
    const get = (as: string) =>
      fetch(`${server.url}/exports/${id}`, { headers: { authorization: `Bearer ${as}` } })
    const answer = await get(login.token)
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const text = await answer.text()
    expect(text).toMatch(/Protocolo;Assunto;Cliente/)
    expect(text).toMatch(/Caixa parado;José;.*Telefone/)
    expect((await get(token)).status).toBe(404)
    const table = await start('table', 'xlsx')
    await done(table.id)
    expect(await boss.exports.list.query()).toHaveLength(2)
    await boss.exports.cancel.mutate({ id })
    expect((await get(login.token)).status).toBe(409)
    await server.services.exports.sweep(office.clock.now() + 86_400_000)
    expect(await boss.exports.list.query()).toEqual([])
  })
})

describe('what a customer thought', () => {
  it('is written down once of each kind, can be changed, and stands with whose ticket it was', async () => {
    await using office = await startOffice()
    const { admin } = await office.open()
    const { items } = await admin.tickets.list.query({})
    const ticketId = items[0]?.id ?? ''
    await admin.feedback.record.mutate({ ticketId, kind: 'csat', score: 3, comment: 'Demorou' })
    await admin.feedback.record.mutate({ ticketId, kind: 'nps', score: 0, comment: null })
    await admin.feedback.record.mutate({ ticketId, kind: 'csat', score: 5, comment: ' ' })
    expect(await admin.feedback.ofTicket.query({ ticketId })).toMatchObject([
      {
        kind: 'csat',
        score: 5,
        comment: null,
        recordedBy: { name: 'Ana Souza' },
        changedAt: expect.any(String),
      },
      { kind: 'nps', score: 0, changedAt: null },
    ])
    expect(
      (await refusal(admin.feedback.record.mutate({ ticketId, kind: 'csat', score: 6 as number }))).reason,
    ).toBe('input.invalid')
    expect(await admin.feedback.remove.mutate({ ticketId, kind: 'nps' })).toHaveLength(1)
    const told = await office.server.services.store.read.query(
      `SELECT data FROM event WHERE type = 'feedback.recorded' ORDER BY seq`,
    )
    expect((told as { data: string }[]).map(({ data }) => JSON.parse(data).score)).toEqual([
      { from: null, to: 3 },
      { from: null, to: 0 },
      { from: 3, to: 5 },
    ])
  })
})
