import { describe, test } from 'vitest'
import type { Page } from 'playwright-core'
import { expectNoAxeViolations } from '../support/browser.ts'
import { PHONE, useDesks, type Desk, type DeskOptions } from '../support/e2e.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()

/** A small office in which every screen has something to show. */
async function anOffice(server: TestServer) {
  const token = await server.setup()
  const client = server.client(token)
  const me = await client.auth.me.query()
  await client.agents.invite.mutate({ name: 'Bruno Lima', email: 'bruno@ipe.example' })
  const organization = await client.organizations.create.mutate({ name: 'Grupo São José' })
  const bakery = await client.customers.create.mutate({
    name: 'Padaria São José',
    phones: ['11 98765-4321'],
    emails: ['contato@saojose.example'],
    tier: 'vip',
    organizationId: organization.id,
  })
  const calendar = await client.calendars.create.mutate({
    name: 'Loja',
    timezone: 'America/Sao_Paulo',
    hours: { mon: [['08:00', '12:00']], tue: [['22:00', '02:00']] },
    holidays: [{ name: 'Natal', date: '12-25' }],
  })
  await client.sla.policies.create.mutate({
    name: 'Plantão',
    calendarId: null,
    targets: [{ priority: 'urgent', firstResponseMinutes: 30, resolutionMinutes: 240 }],
  })
  const ticket = await client.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime',
    body: 'Parou ontem à noite. <a href="https://example.com">foto</a>',
    requester: { id: bakery.id },
    channel: 'phone',
    priorityId: 'urgent',
    agentId: me.agent.id,
    tags: ['fiscal', 'urgente'],
    dueAt: new Date(Date.now() - 3_600_000).toISOString(),
  })
  await client.tickets.reply.mutate({ ticketId: ticket.id, kind: 'public', body: 'Um técnico chega às 15h.' })
  await client.tickets.reply.mutate({ ticketId: ticket.id, kind: 'note', body: 'Levar bobina.' })
  await client.tickets.create.mutate({
    subject: 'Boleto',
    body: 'Dúvida',
    requester: { id: bakery.id },
    channel: 'email',
  })
  return { token, ticket, bakery, organization, calendar }
}

type Office = Awaited<ReturnType<typeof anOffice>>

interface Screen<About = Office> {
  name: string
  path: (office: About) => string
  /** Waits until the screen shows what it is for. */
  ready: (page: Page) => Promise<unknown>
  /** Leads there; loads the page at its address when absent. */
  go?: (page: Page, path: string) => Promise<void>
}

const at = <About = unknown>(
  name: string,
  path: string | ((office: About) => string),
  ready: Screen['ready'],
): Screen<About> => ({
  name,
  path: typeof path === 'string' ? () => path : path,
  ready,
})
const text = (words: string) => (page: Page) => page.getByText(words).first().waitFor()
const press =
  (keys: string, ready: Screen['ready']): Screen['ready'] =>
  async (page) => {
    await page.getByText('ao vivo', { exact: true }).waitFor({ state: 'attached' })
    await page.keyboard.press(keys)
    await ready(page)
  }

/** As a link within the client leads there, for loading it takes longest. What stands there is marked, so that it is not taken for the next. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    for (const heading of document.querySelectorAll('h2')) heading.dataset['before'] = ''
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

const sections = [
  ...['profile', 'sessions', 'password', 'office', 'people', 'teams', 'types', 'categories', 'statuses'],
  ...['priorities', 'tags', 'fields', 'tiers', 'views', 'calendars', 'policies'],
  ...['rules', 'macros', 'routing', 'webhooks', 'network', 'phone', 'updates'],
  ...['wrapUpCodes', 'mail', 'alerts'],
]

const reports: [name: string, question: string][] = [
  ['volume', 'Quanto chega e quanto sai?'],
  ['firstResponse', 'Respondemos a tempo?'],
  ['nextResponse', 'Mantemos a conversa andando?'],
  ['resolution', 'Em quanto tempo resolvemos?'],
  ['attainment', 'Cumprimos o que prometemos?'],
  ['backlog', 'Quanto está em aberto?'],
  ['rework', 'O que volta ou muda de mãos?'],
  ['handling', 'Quanto trabalho dá atender?'],
  ['satisfaction', 'Os clientes saem satisfeitos?'],
  ['macros', 'As respostas prontas ajudam?'],
]

/** What stands there before anybody has made something of it. */
const firstDay: Screen<unknown>[] = [
  at('no policies', '/settings/policies', (page) =>
    page.getByRole('button', { name: 'Usar este: Comercial' }).waitFor(),
  ),
  at('no rules', '/settings/rules', text('Ainda não há regras')),
  at('no webhooks', '/settings/webhooks', text('Nenhum webhook ainda')),
  at('no canned replies', '/settings/macros', text('Nenhuma resposta pronta ainda')),
  at('no saved queues', '/settings/views', text('Nenhuma fila salva')),
  at('no customers', '/customers', text('Nenhum cliente ainda')),
  at('no organizations', '/organizations', text('Nenhuma organização ainda')),
  at('no calls', '/calls/all', text('Nenhuma ligação ainda')),
  at('no alerts', '/alerts', text('Nenhum alerta aberto')),
  at('no history to forecast from', '/outlook', text('Ainda não há histórico para prever')),
  at('no problems', '/problems', text('Nada se repete por aqui')),
  at('a report of nothing', '/reports/volume', (page) =>
    page.getByRole('heading', { level: 1, name: 'Quanto chega e quanto sai?' }).waitFor(),
  ),
]

const screens: Screen[] = [
  at('queue', '/queue/active', text('Impressora fiscal não imprime')),
  at('empty queue', '/queue/resolved', text('Nada resolvido')),
  at('ticket', ({ ticket }: Office) => `/ticket/${ticket.id}`, text('Levar bobina.')),
  at('missing ticket', '/ticket/01890a5d-ac96-774b-bcce-b302099a8057', text('Ticket não encontrado')),
  at('search', '/search?q=impressora', text('encontrado')),
  at('search without finds', '/search?q=zebra', text('Nada encontrado')),
  at('customers', '/customers', text('Padaria São José')),
  at('customer', ({ bakery }: Office) => `/customers/${bakery.id}`, text('Impressora fiscal não imprime')),
  at('organizations', '/organizations', text('Grupo São José')),
  at(
    'organization',
    ({ organization }: Office) => `/organizations/${organization.id}`,
    text('Padaria São José'),
  ),
  // The ticket's own deadline has passed.
  at('alerts', '/alerts', text('Sem ciente')),
  at('everybody’s alerts', '/alerts/all', text('Sem ciente')),
  at(
    'a calendar',
    ({ calendar }: Office) => `/settings/calendars?calendar=${calendar.id}`,
    (page) => page.getByRole('group', { name: 'Expediente da semana' }).waitFor(),
  ),
  at('a new policy', '/settings/policies?policy=new', (page) =>
    page.getByRole('heading', { name: 'Metas' }).waitFor(),
  ),
  at('dashboard', '/dashboard', (page) =>
    page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' }),
  ),
  at(
    'call',
    '/dashboard',
    press('Control+Shift+L', (page) => page.getByRole('combobox').first().waitFor()),
  ),
  at(
    'palette',
    '/dashboard',
    press('Control+K', (page) => page.getByRole('option').first().waitFor()),
  ),
  at(
    'shortcuts',
    '/dashboard',
    press('?', (page) => page.getByRole('dialog').waitFor()),
  ),
  at('a new rule', '/settings/rules?rule=new', (page) =>
    page.getByRole('heading', { name: 'Então' }).waitFor(),
  ),
  at('a new canned reply', '/settings/macros?macro=new', (page) =>
    page.getByRole('textbox', { name: 'Texto' }).waitFor(),
  ),
  at(
    'a ticket in its own window',
    ({ ticket }: Office) => `/window/ticket/${ticket.id}`,
    text('Levar bobina.'),
  ),
  at('a call in its own window', '/window/capture', (page) => page.getByRole('combobox').first().waitFor()),
  at('a wall without its link', '/wall', text('Falta o fim do link')),
  ...reports.map(([name, question]) =>
    at(`report: ${name}`, `/reports/${name}`, (page) =>
      page.getByRole('heading', { level: 1, name: question }).waitFor(),
    ),
  ),
  ...sections.map((section) => ({
    ...at(`settings: ${section}`, `/settings/${section}`, (page) =>
      page.locator('h2:not([data-before])').first().waitFor({ state: 'attached' }),
    ),
    go: follow,
  })),
]

/** Goes through `screens` on one desk and gathers what axe says of all of them. */
async function inspect<About>(
  desk: Desk,
  url: string,
  office: About,
  which: readonly Screen<About>[],
): Promise<void> {
  const problems: string[] = []
  const load = (page: Page, path: string) => page.goto(url + path)
  for (const { name, path, ready, go = load } of which) {
    await go(desk.page, path(office))
    await ready(desk.page)
    // A screen that is still loading has hardly anything to find fault with.
    await desk.page.waitForFunction(() => !document.body.textContent.includes('Carregando…'))
    await expectNoAxeViolations(desk.page).catch((error: Error) => problems.push(`${name}: ${error.message}`))
  }
  if (problems.length > 0) throw new Error(problems.join('\n\n'))
}

describe.each<[string, DeskOptions]>([
  ['light', { colorScheme: 'light' }],
  ['dark on a phone', { colorScheme: 'dark', viewport: PHONE, touch: true }],
])('axe finds nothing in %s', (_look, options) => {
  test('on any screen of somebody at work', { timeout: 240_000 }, async () => {
    await using server = await startTestServer()
    const office = await anOffice(server)
    const keyed = new Set(['call', 'palette', 'shortcuts'])
    const which = options.touch ? screens.filter(({ name }) => !keyed.has(name)) : screens
    // A ticket that does not exist is asked for on purpose; leaving a page cuts what it was still reading.
    await using desk = await desks.open(server, {
      ...options,
      token: office.token,
      expectedErrors: /404|net::|Failed/,
    })
    await inspect(desk, server.url, office, which)
  })

  test('on the first day of an office', { timeout: 120_000 }, async () => {
    await using server = await startTestServer()
    const token = await server.setup()
    await using desk = await desks.open(server, { ...options, token, expectedErrors: /net::|Failed/ })
    await inspect(desk, server.url, undefined, firstDay)
  })

  test('where an agent has no business', async () => {
    await using server = await startTestServer()
    const { token } = await server.join(await server.setup(), {
      name: 'Bruno Lima',
      email: 'bruno@ipe.example',
    })
    await using desk = await desks.open(server, { ...options, token, expectedErrors: /net::|Failed/ })
    const closed = text('Relatórios são de quem vê todos os tickets')
    await inspect(
      desk,
      server.url,
      undefined,
      ['/reports/volume', '/outlook', '/problems'].map((path) => at(path, path, closed)),
    )
  })

  test('on the way in', async () => {
    await using server = await startTestServer()
    await using first = await desks.open(server, options)
    await first.page.getByLabel('Nome da empresa').waitFor()
    await expectNoAxeViolations(first.page)

    const client = server.client(await server.setup())
    const { invitation } = await client.agents.invite.mutate({
      name: 'Bruno Lima',
      email: 'bruno@ipe.example',
    })
    await first.page.goto(`${server.url}/login`)
    await first.page.getByLabel('Senha').waitFor()
    await expectNoAxeViolations(first.page)
    await using invited = await desks.open(server, { ...options, path: `/join#${invitation.token}` })
    await invited.page.getByLabel('Crie uma senha').waitFor()
    await expectNoAxeViolations(invited.page)
  })
})
