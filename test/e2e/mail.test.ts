import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../server/ids.ts'
import { expectNoAxeViolations } from '../support/browser.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'
import { startSmtp, type SmtpStandIn } from '../support/smtp.ts'

const desks = useDesks()
let clock: TestClock
let server: TestServer
let smtp: SmtpStandIn
let token: string
let api: Client

beforeAll(async () => {
  clock = aClock(Date.now())
  server = await startTestServer({ clock })
  smtp = await startSmtp({ starttls: true, user: 'suporte', pass: 'segredo-do-correio' })
  token = await server.setup()
  api = server.client(token)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})

test('an administrator sets up outgoing mail, trusts its certificate, and a scheduled report arrives; a customer’s rating is noted', async () => {
  const ticket = await api.tickets.create.mutate({
    ...{ subject: 'Caixa parado', body: 'x', requester: { name: 'José' }, channel: 'phone' },
  })
  await using desk = await desks.open(server, { token, path: '/settings/mail' })
  const { page, live } = desk
  await live()
  await page.getByText('Nada foi enviado ainda').waitFor()
  await page.getByLabel('Servidor de saída (SMTP)').fill('127.0.0.1')
  await page.getByLabel('Porta').fill(String(smtp.port))
  await page.getByLabel(/^Usuário/).fill('suporte')
  await page.getByLabel('Senha').fill('errada')
  await page.getByLabel('E-mail do remetente').fill('suporte@ipe.example')
  await page.getByRole('button', { name: 'Enviar teste' }).click()
  await page.getByText('O certificado de 127.0.0.1 não foi aceito.').waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Confiar só neste certificado e testar de novo' }).click()
  await page.getByText('127.0.0.1 não aceitou o usuário ou a senha.').waitFor()
  await page.getByLabel('Senha').fill('segredo-do-correio')
  await page.getByRole('button', { name: 'Enviar teste' }).click()
  await page.getByText('Teste aceito pelo servidor').waitFor()
  await page.getByRole('button', { name: 'Salvar' }).click()
  await page.getByText('Certificado em que você confia:').waitFor()
  expect(smtp.letters).toHaveLength(1)

  const { nextAt } = await api.savedReports.create.mutate({
    ...{ id: newId(), name: 'Volume do dia', shared: false, formats: ['xlsx'] },
    question: { report: 'volume', groupBy: 'channel', period: 'yesterday', compare: false },
    schedule: { every: 'day', at: '08:00' },
    recipients: [{ kind: 'address', address: 'diretoria@ipe.example' }],
  })
  clock.time = Date.parse(nextAt ?? '')
  await vi.waitFor(() => expect(smtp.letters).toHaveLength(2), { timeout: 10_000 })
  expect(smtp.letters[1]).toMatch(/filename.*\.xlsx/)
  await page.getByText('diretoria@ipe.example').waitFor()
  await page.getByText('enviado', { exact: true }).waitFor()

  const { statuses } = await api.catalog.get.query()
  const resolved = statuses.find((status) => status.class === 'resolved')
  await api.tickets.update.mutate({
    ticketId: ticket.id,
    version: ticket.version,
    changes: { statusId: resolved?.id ?? '' },
  })
  await page.goto(`${server.url}/ticket/${ticket.id}`)
  const rating = page.getByRole('region', { name: 'Avaliação do cliente' })
  await rating.getByRole('button', { name: 'Anotar: Satisfação' }).click()
  await rating.getByRole('radio', { name: '5 de 5' }).click()
  await rating.getByRole('button', { name: 'Anotar', exact: true }).click()
  await rating.getByText('5 de 5').waitFor()
  await rating.getByText('Anotado por Ana Souza').waitFor()
  await expectNoAxeViolations(page)
})
