import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations, expectNoAxeViolationsInAnyLook } from '../support/browser.ts'
import { NETWORK_ERRORS, PHONE, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()
let server: TestServer
let token: string
let api: Client

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
  api = server.client(token)
})
afterAll(() => server[Symbol.asyncDispose]())

const path = '/settings/policies'
const policies = async () => (await api.sla.policies.list.query()).filter(({ archived }) => !archived)
const policyNamed = async (name: string) => {
  const policy = (await policies()).find((each) => each.name === name)
  if (!policy) throw new Error(`no policy ${name}`)
  return policy
}
const priorityId = async (key: string) => {
  const { priorities } = await api.catalog.get.query()
  const priority = priorities.find((each) => each.key === key)
  if (!priority) throw new Error(`no priority ${key}`)
  return priority.id
}

test('a desk starts from "Comercial": a calendar, a target of its own, two levels more', async () => {
  const { page, live } = await desks.open(server, { token, path, expectedErrors: NETWORK_ERRORS })
  await live()
  await page.getByText('Não é aconselhamento jurídico').waitFor()
  await page.getByRole('button', { name: 'Usar este: Comercial' }).click()
  await page.getByText('Ainda não há calendário').waitFor()
  const hours = { mon: [['08:00', '18:00'] as [string, string]] }
  const { id: calendarId } = await api.calendars.create.mutate({
    name: 'Expediente',
    timezone: 'America/Sao_Paulo',
    hours,
  })
  await page.getByLabel('Calendário', { exact: true }).click()
  await page.getByRole('option', { name: 'Expediente' }).click()

  const end = page.getByLabel('Urgente, Solução')
  await end.fill('10 min')
  await page.getByRole('button', { name: /^Criar/ }).click()
  await page.getByText('A solução não pode vencer antes da primeira resposta.').waitFor()
  await expect.poll(() => end.getAttribute('aria-invalid')).toBe('true')
  expect(await policies()).toEqual([])
  await expectNoAxeViolations(page)

  await end.fill('1d 4h')
  await page.getByText('28 h úteis ≈ 2,8 dias de expediente').waitFor()
  await page.getByLabel('Alta, Solução').focus()
  expect(await end.inputValue()).toBe('28 h')

  await page.getByRole('button', { name: 'Adicionar nível: 1ª resposta' }).click()
  await page.getByLabel('Quanto tempo').fill('45')
  await page.getByRole('button', { name: 'Equipe', exact: true }).click()
  await page
    .getByText('45 min depois do prazo da 1ª resposta avisa o responsável, os supervisores e a equipe')
    .waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Concluir' }).click()
  await page.getByRole('button', { name: 'Adicionar nível: Solução' }).click()
  await page.getByRole('button', { name: 'Quando: depois do prazo' }).click()
  await page.getByRole('option', { name: 'antes do prazo' }).click()
  await page.getByLabel('Quanto tempo').fill('1h30')
  await page.getByRole('button', { name: 'Adicionar ação' }).click()
  await page.getByRole('menuitem', { name: 'Mudar a prioridade' }).click()
  await page.getByRole('button', { name: 'Mudar a prioridade: Escolher…' }).click()
  await page.getByRole('option', { name: 'Urgente' }).click()
  await page.keyboard.press('Control+Enter')

  await page.getByRole('button', { name: 'Arquivar “Comercial”' }).waitFor()
  const saved = await policyNamed('Comercial')
  const urgent = await priorityId('urgent')
  expect(saved.calendarId).toBe(calendarId)
  expect(saved.targets.find(({ priority }) => priority === urgent)?.resolutionMinutes).toBe(28 * 60)
  expect(saved.escalations).toContainEqual(
    expect.objectContaining({
      metric: 'firstResponse',
      offsetMinutes: 45,
      notify: ['agent', 'supervisors', 'team'],
    }),
  )
  expect(saved.escalations).toContainEqual(
    expect.objectContaining({
      metric: 'resolution',
      offsetMinutes: -90,
      actions: [{ do: 'setPriority', value: urgent }],
    }),
  )
})

test('a policy for some tickets is said in words, put in order with the keyboard, retired and brought back', async () => {
  const { page, live } = await desks.open(server, { token, path })
  await live()
  await page.getByRole('button', { name: 'Nova política' }).click()
  await page.getByRole('menuitem', { name: '24×7' }).click()
  await page.getByLabel('Nome', { exact: true }).fill('Urgentes')
  await page.getByText('Só alguns', { exact: true }).click()
  await page.getByRole('button', { name: 'Adicionar condição' }).click()
  await page.getByRole('option', { name: 'Prioridade' }).click()
  await page.getByRole('button', { name: 'Prioridade: valor: Escolher…' }).click()
  await page.getByRole('option', { name: 'Urgente' }).click()
  await page.getByRole('option', { name: 'Alta' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Criar/ }).click()
  await page.getByText('Vale para Prioridade: Urgente ou Alta').waitFor()
  // One that takes every ticket stays last, whoever comes.
  expect((await policies()).at(-1)?.when).toBeNull()

  await api.sla.policies.create.mutate({
    name: 'Telefone',
    when: { field: 'channel', op: 'is', value: 'phone' },
    targets: [{ priority: 'urgent', firstResponseMinutes: 5 }],
  })
  const handle = page.getByRole('button', { name: 'Mudar a posição de Telefone' })
  await handle.focus()
  await page.keyboard.press('ArrowUp')
  await expect
    .poll(async () => (await policies()).map(({ name }) => name).slice(0, 2))
    .toEqual(['Telefone', 'Urgentes'])

  await page.getByRole('button', { name: 'Arquivar “Telefone”' }).click()
  await expect.poll(async () => (await policies()).map(({ name }) => name)).not.toContain('Telefone')
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await expect.poll(async () => (await policies()).map(({ name }) => name)).toContain('Telefone')
  await page.getByRole('switch', { name: /Ligações registradas/ }).click()
  await expect.poll(async () => (await api.sla.settings.query()).phoneFirstResponse).toBe('await')
  await expectNoAxeViolations(page)
})

test('what somebody else saved meanwhile is shown, and nothing of one’s own is lost', async () => {
  const { id } = await api.sla.policies.create.mutate({
    name: 'Chat',
    when: { field: 'channel', op: 'is', value: 'chat' },
    targets: [{ priority: 'urgent', firstResponseMinutes: 5, resolutionMinutes: 60 }],
  })
  const { page } = await desks.open(server, {
    token,
    path: `${path}?policy=${id}`,
    expectedErrors: NETWORK_ERRORS,
  })
  await page.getByLabel('Urgente, Solução').fill('2h')
  await page.getByLabel('Nome', { exact: true }).fill('Chat do site')
  const urgent = await priorityId('urgent')
  await api.sla.policies.update.mutate({
    id,
    changes: {
      name: 'Chat ao vivo',
      pauseOn: ['waiting', 'hold'],
      targets: [{ priority: urgent, firstResponseMinutes: 5, resolutionMinutes: 60 }],
    },
  })
  await page.keyboard.press('Control+Enter')
  await page.getByText('Outra pessoa salvou esta política').waitFor()
  await page.getByText('As duas pessoas mudaram: nome.').waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Usar a da outra pessoa' }).click()
  expect(await page.getByLabel('Nome', { exact: true }).inputValue()).toBe('Chat ao vivo')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(async () => {
      const { name, targets, pauseOn } = await policyNamed('Chat ao vivo')
      return [name, targets[0]?.resolutionMinutes, pauseOn]
    })
    .toEqual(['Chat ao vivo', 120, ['waiting', 'hold']])
})

test('an unfinished policy is still there after a reload, and can be let go and taken back', async () => {
  const { page } = await desks.open(server, { token, path: `${path}?policy=new` })
  await page.getByLabel('Nome', { exact: true }).fill('Pela metade')
  await page.getByText('Há alterações não salvas').waitFor()
  await page.reload()
  await page.getByText('Retomado de onde você parou').waitFor()
  expect(await page.getByLabel('Nome', { exact: true }).inputValue()).toBe('Pela metade')
  await page.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await page.getByText('Retomado de onde você parou').waitFor()
  await page.getByRole('button', { name: 'Descartar e recomeçar' }).click()
  expect(await page.getByLabel('Nome', { exact: true }).inputValue()).toBe('')
})

test('when to choose a priority, and what to do then, stand where it is chosen', async () => {
  const { page, live } = await desks.open(server, { token, path: '/settings/priorities' })
  await page.getByRole('button', { name: /^Urgente/ }).click()
  await page.getByLabel('Quando escolher').fill('A loja inteira está parada')
  await page.getByLabel('Como escalar').fill('Ligue para o plantão.')
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  const urgent = await priorityId('urgent')
  const procedure = async () =>
    (await api.catalog.get.query()).priorities.find(({ id }) => id === urgent)?.procedure
  await expect.poll(procedure).toBe('Ligue para o plantão.')

  const { id } = await api.tickets.create.mutate({
    subject: 'Caixa não abre',
    body: '<p>Não abre</p>',
    requester: { name: 'José', phone: '11 98765-4321' },
    channel: 'phone',
  })
  await page.goto(`${server.url}/ticket/${id}`)
  await live()
  await page.getByRole('heading', { name: 'Caixa não abre' }).waitFor()
  await page.keyboard.press('p')
  const option = page.getByRole('option', { name: 'Urgente' })
  await option.getByText('A loja inteira está parada').waitFor()
  await expectNoAxeViolations(page)
  await option.click()
  await page.getByText('Como escalar: Urgente').click()
  await page.getByText('Ligue para o plantão.').waitFor()

  await page.keyboard.press('Control+Shift+L')
  const panel = page.getByRole('region', { name: 'Registrar ligação' })
  await panel.getByLabel(/^Prioridade/).click()
  await page.getByRole('option', { name: 'Urgente' }).click()
  await panel.getByText('Como escalar: Urgente').waitFor()
  await expectNoAxeViolations(page)
})

test('a team goes by the calendar of its shift', async () => {
  await api.calendars.create.mutate({
    name: 'Plantão da noite',
    timezone: 'America/Sao_Paulo',
    hours: { fri: [['22:00', '06:00']] },
  })
  await api.teams.create.mutate({ name: 'Plantonistas' })
  const { page } = await desks.open(server, { token, path: '/settings/teams' })
  await page.getByRole('button', { name: 'Plantonistas', exact: true }).click()
  await page.getByLabel('Calendário do turno').click()
  await page.getByRole('option', { name: 'Plantão da noite' }).click()
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await expect
    .poll(async () => (await api.teams.list.query()).find(({ name }) => name === 'Plantonistas')?.calendarId)
    .toBeTruthy()
})

test('list and editor are for everyone, on a phone and in any look', async () => {
  const { page } = await desks.open(server, { token, path, viewport: PHONE, touch: true })
  await page.getByRole('button', { name: 'Arquivar “Comercial”' }).waitFor()
  await expectNoAxeViolationsInAnyLook(page)
  await page.getByText('Comercial', { exact: true }).click()
  await page.getByRole('button', { name: /^Editar, Solução: No prazo/ }).click()
  await page.getByRole('button', { name: 'Concluir' }).waitFor()
  await expectNoAxeViolationsInAnyLook(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
})
