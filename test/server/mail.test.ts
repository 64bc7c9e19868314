import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { UpdateMail } from '../../server/mail/contract.ts'
import { enqueueLetter } from '../../server/mail/mail-jobs.ts'
import { sendLetter } from '../../server/mail/smtp.ts'
import { aClock } from '../support/desk-clock.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { startSmtp, type SmtpStandIn } from '../support/smtp.ts'

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 15_000, interval: 10 })

async function startOffice() {
  const clock = aClock()
  const server = await startTestServer({ clock })
  const token = await server.setup()
  return {
    clock,
    server,
    token,
    admin: server.client(token),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const through = ({ port }: Pick<SmtpStandIn, 'port'>, more: Partial<UpdateMail> = {}): UpdateMail => ({
  ...{ host: '127.0.0.1', port, tls: 'none', user: null, trusted: null },
  ...{ senderName: 'Papelaria Ipê', senderAddress: 'suporte@ipe.example', ...more },
})

const send = ({ services }: TestServer, key: string, to = 'bruno@ipe.example') =>
  services.store.write((tx) =>
    enqueueLetter(services.jobs, tx, {
      ...{
        key,
        to,
        subject: 'Relatório à mão',
        text: 'Olá.',
        html: '<p>Olá.</p>',
        attachments: [],
        about: null,
      },
    }),
  )

describe('outgoing mail', () => {
  it('is sent once for each key, as from the office, and by itself', async () => {
    await using office = await startOffice()
    await using smtp = await startSmtp()
    const { admin, server } = office
    await admin.mail.update.mutate(through(smtp))
    expect([await send(server, 'um'), await send(server, 'um')]).toEqual([true, false])
    await soon(async () => expect((await admin.mail.outgoing.query()).items[0]?.state).toBe('done'))
    expect(smtp.letters).toHaveLength(1)
    const [letter = ''] = smtp.letters
    const [{ id } = { id: '' }] = (await admin.mail.outgoing.query()).items
    expect(letter).toContain(`Message-ID: <${id}@ipe.example>`)
    expect(letter).toContain('To: bruno@ipe.example')
    expect(letter).toContain('<suporte@ipe.example>')
    expect(letter).toContain('Auto-Submitted: auto-generated')
  })

  it('waits after a 4xx and goes out then, under the same Message-ID; a 5xx is the last word until somebody tries again', async () => {
    await using office = await startOffice()
    await using smtp = await startSmtp()
    const { admin, clock, server } = office
    await admin.mail.update.mutate(through(smtp))
    smtp.answers.push({ code: 451, at: 'DATA' })
    await send(server, 'depois')
    const first = async () => (await admin.mail.outgoing.query()).items[0]
    await soon(async () =>
      expect(await first()).toMatchObject({ state: 'waiting', tries: [{ problem: 'later', status: 451 }] }),
    )
    clock.advance({ minutes: 2 })
    await soon(async () => expect(await first()).toMatchObject({ state: 'done', attempts: 2 }))
    expect(smtp.letters).toHaveLength(1)

    smtp.answers.push({ code: 550, at: 'RCPT' })
    await send(server, 'nunca', 'ninguem@ipe.example')
    await soon(async () =>
      expect(await first()).toMatchObject({ state: 'dead', tries: [{ problem: 'recipient', status: 550 }] }),
    )
    expect((await admin.mail.outgoing.query()).dead).toBe(1)
    const alerts = await admin.alerts.list.query({})
    expect(alerts.items.map(({ reason, data }) => [reason, data['name']])).toEqual([
      ['job.dead', 'ninguem@ipe.example'],
    ])
    expect(await admin.mail.retryAll.mutate()).toEqual({ count: 1 })
    await soon(async () => expect(await first()).toMatchObject({ state: 'done' }))
  })

  it('waits for its settings, and goes out as soon as they are there', async () => {
    await using office = await startOffice()
    await using smtp = await startSmtp()
    const { admin, server } = office
    await send(server, 'cedo')
    const first = async () => (await admin.mail.outgoing.query()).items[0]
    await soon(async () => expect(await first()).toMatchObject({ tries: [{ problem: 'unset' }] }))
    await admin.mail.update.mutate(through(smtp))
    await soon(async () => expect(await first()).toMatchObject({ state: 'done' }))
  })
})

describe('the test of the settings', () => {
  const to = 'ana@ipe.example'

  it.each([
    { tls: 'tls', with: { tls: true } },
    { tls: 'starttls', with: { starttls: true } },
  ] as const)(
    'refuses a strange certificate over $tls until it is trusted, that one alone',
    async ({ tls, with: how }) => {
      await using office = await startOffice()
      await using smtp = await startSmtp({ ...how, user: 'suporte', pass: 'segredo-do-correio' })
      const { admin } = office
      const settings = through(smtp, { tls, user: 'suporte', password: 'segredo-do-correio' })
      const refused = await admin.mail.test.mutate({ to, settings })
      expect(refused).toMatchObject({
        ok: false,
        problem: 'certificate',
        certificate: { subject: 'correio.ipe.example' },
      })
      const trusted = refused.certificate?.pem ?? null
      expect(await admin.mail.test.mutate({ to, settings: { ...settings, trusted } })).toMatchObject({
        ok: true,
      })
      expect(smtp.letters).toHaveLength(1)
      await using other = await startSmtp({ ...how, user: 'suporte', pass: 'segredo-do-correio' })
      expect(
        await admin.mail.test.mutate({ to, settings: { ...settings, trusted, port: other.port } }),
      ).toMatchObject({ ok: false, problem: 'certificate' })
    },
  )

  it('says what went wrong: nobody there, no such host, no encryption, wrong password, refused sender', async () => {
    await using office = await startOffice()
    await using smtp = await startSmtp({ user: 'suporte', pass: 'certa' })
    const { admin } = office
    const problem = async (settings: UpdateMail) => (await admin.mail.test.mutate({ to, settings })).problem
    expect(await problem(through({ port: 1 }))).toBe('refused')
    expect(await problem(through(smtp, { host: 'nao-existe.invalid' }))).toBe('unknownHost')
    expect(await problem(through(smtp, { tls: 'starttls' }))).toBe('insecure')
    expect(await problem(through(smtp, { tls: 'tls' }))).toBe('insecure')
    expect(await problem(through(smtp, { user: 'suporte', password: 'errada' }))).toBe('credentials')
    expect(await problem(through(smtp))).toBe('credentials')
  })

  it('never gives the password out, keeps it when none is typed, and hands it to no other server', async () => {
    await using office = await startOffice()
    await using smtp = await startSmtp({ user: 'suporte', pass: 'segredo-do-correio' })
    const { admin, server } = office
    const settings = through(smtp, { user: 'suporte', password: 'segredo-do-correio' })
    const saved = await admin.mail.update.mutate(settings)
    expect(saved.hasPassword).toBe(true)
    const rest = through(smtp, { user: 'suporte' })
    expect(JSON.stringify([saved, await admin.mail.settings.query()])).not.toContain('segredo')
    const events = await server.services.store.read.query(`SELECT data FROM event`)
    expect(JSON.stringify(events)).not.toContain('segredo')
    expect(await admin.mail.test.mutate({ to, settings: rest })).toMatchObject({ ok: true })
    await admin.mail.update.mutate(rest)
    expect((await admin.mail.settings.query())?.hasPassword).toBe(true)
    await admin.mail.update.mutate({ ...rest, host: 'localhost' })
    expect((await admin.mail.settings.query())?.hasPassword).toBe(false)
  })

  it('takes no certificate that nobody can read, and goes on showing what is there', async () => {
    await using office = await startOffice()
    await using smtp = await startSmtp()
    const { admin } = office
    await admin.mail.update.mutate(through(smtp))
    const trusted = '-----BEGIN CERTIFICATE-----\nbmFkYQ==\n-----END CERTIFICATE-----\n'
    const settings = through(smtp, { tls: 'starttls', trusted })
    expect(await refusal(admin.mail.update.mutate(settings))).toMatchObject({
      reason: 'mail.certificate_invalid',
    })
    expect(await refusal(admin.mail.test.mutate({ to, settings }))).toMatchObject({
      reason: 'mail.certificate_invalid',
    })
    expect(await admin.mail.settings.query()).toMatchObject({ trusted: null })
  })

  it('gives up a server that says a word now and then and never comes to an end', async () => {
    const dripping = createServer((socket) => {
      socket.write('220 aqui\r\n')
      const drip = setInterval(() => socket.write('250-espere\r\n'), 10)
      socket.on('error', () => undefined).on('close', () => clearInterval(drip))
    })
    await once(dripping.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void dripping.close())
    const { port } = dripping.address() as AddressInfo
    const letter = {
      to,
      subject: 'Olá',
      text: 'Olá',
      html: null,
      attachments: [],
      messageId: '<1@ipe>',
      at: 0,
    }
    const patience = new AbortController()
    const server = { ...through({ port }), password: null }
    const outcome = await Promise.race([
      sendLetter(server, letter, patience.signal, { letterMs: 200 }),
      new Promise((resolve) => setTimeout(resolve, 3_000, 'still waiting')),
    ])
    expect(outcome).toMatchObject({ ok: false, problem: 'timeout' })
  })

  it('is not sent again to a server that has it and thinks about it for longer than about a command', async () => {
    const answerMs = 100
    const thoughtful = createServer((socket) => {
      const say = (words: string) => socket.write(`${words}\r\n`)
      let isLetter = false
      say('220 aqui')
      socket
        .on('error', () => undefined)
        .on('data', (said) => {
          const words = said.toString()
          if (words.endsWith('\r\n.\r\n')) setTimeout(() => say('250 aceito'), 4 * answerMs)
          else if (words.startsWith('DATA')) say('354 diga')
          else if (!isLetter) say('250 ok')
          isLetter ||= words.startsWith('DATA')
        })
    })
    await once(thoughtful.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void thoughtful.close())
    const { port } = thoughtful.address() as AddressInfo
    const letter = {
      ...{ to, subject: 'Olá', text: 'Olá', html: null, attachments: [], messageId: '<1@ipe>', at: 0 },
    }
    const { signal } = new AbortController()
    const outcome = await sendLetter({ ...through({ port }), password: null }, letter, signal, { answerMs })
    expect(outcome).toMatchObject({ ok: true, status: 250 })
  })

  it('is for whoever manages the office', async () => {
    await using office = await startOffice()
    const { server, token } = office
    const boss = await server.join(token, { name: 'Sílvia', email: 'silvia@ipe.example', role: 'supervisor' })
    expect(await refusal(server.client(boss.token).mail.settings.query())).toMatchObject({
      reason: 'auth.forbidden',
    })
    expect(await server.client(boss.token).mail.isReady.query()).toEqual({ ready: false })
  })
})
