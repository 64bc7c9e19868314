/** Two people, one office: what one does is on the other's screen, and neither treads on the other's work. */
import { expect, test } from 'vitest'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { conversation, editor, properties, row, startTicketOffice } from '../support/ticket-desk.ts'

const desks = useDesks()

test("a colleague's work appears without a reload, in the list and in the ticket", async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await conversation(page).getByText('parou desde cedo').waitFor()

  const { version } = await office.bruno.api.tickets.get.query({ id })
  await office.bruno.api.tickets.update.mutate({ ticketId: id, version, changes: { priorityId: 'urgent' } })
  await properties(page).getByRole('button', { name: 'Prioridade: Urgente' }).waitFor()
  await row(page, 'Urgente').waitFor()
  await conversation(page).getByText('Bruno Lima mudou a prioridade de Normal para Urgente').waitFor()

  await office.bruno.api.tickets.reply.mutate({
    ticketId: id,
    kind: 'note',
    body: 'Liguei para a assistência.',
  })
  await conversation(page).getByText('Liguei para a assistência.').waitFor()
})

test('new tickets gather behind a pill and move nothing until they are let in', async () => {
  await using office = await startTicketOffice()
  await office.ticket({ subject: 'Boleto vencido' })
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  const shown = row(page, 'Boleto vencido')
  await shown.waitFor()
  const before = await shown.boundingBox()

  const soon = new Date(Date.now() + 600_000).toISOString()
  const { api, id: brunoId } = office.bruno
  for (const subject of ['Acesso bloqueado', 'Sem internet'])
    await api.tickets.create.mutate({
      subject,
      body: 'Urgente.',
      requester: { name: 'Padaria São José' },
      channel: 'phone',
      agentId: office.ana.id,
      dueAt: soon,
    })
  expect(brunoId).not.toBe(office.ana.id)
  await page.getByRole('button', { name: '2 novos' }).waitFor()
  expect(await shown.boundingBox()).toEqual(before)
  expect(await row(page, 'Sem internet').count()).toBe(0)

  await page.getByRole('button', { name: '2 novos' }).click()
  await row(page, 'Sem internet').waitFor()
  await expect.poll(() => page.getByRole('option').first().textContent()).toContain('Acesso bloqueado')
})

test('whoever writes while a colleague answers is asked before sending, and loses nothing', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await editor(page).click()
  await page.keyboard.type('Já estou vendo, José.')
  await office.bruno.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'José, troque o cabo.' })
  await conversation(page).getByText('José, troque o cabo.').waitFor()
  expect(await editor(page).textContent()).toBe('Já estou vendo, José.')

  await editor(page).press('Control+Enter')
  const dialog = page.getByRole('dialog', { name: /Chegou 1 mensagem/ })
  await dialog.getByText('José, troque o cabo.').waitFor()
  expect((await office.ana.api.tickets.get.query({ id })).messages).toHaveLength(2)
  await dialog.getByRole('button', { name: 'Ver o que mudou' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await editor(page).textContent()).toBe('Já estou vendo, José.')

  await editor(page).press('Control+Enter')
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ messages }) => messages.length))
    .toBe(3)
})

test('a reply may be sent all the same', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await editor(page).click()
  await page.keyboard.type('Segue também o manual.')
  await office.bruno.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'José, troque o cabo.' })
  await page.getByText('1 mensagem chegou enquanto você escrevia').waitFor()
  await editor(page).press('Control+Enter')
  await page.getByRole('button', { name: 'Enviar mesmo assim' }).click()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ messages }) => messages.length))
    .toBe(3)
})

test('two edits of one property: both values are shown and the author chooses', async () => {
  await using office = await startTicketOffice()
  const { id, version } = await office.ticket()
  const { page, context, live } = await desks.open(office.server, {
    token: office.ana.token,
    path: `/ticket/${id}`,
    expectedErrors: /Failed to load resource|ERR_|net::/,
  })
  await live()
  await properties(page).waitFor()
  await context.setOffline(true)
  office.server.destroyConnections()
  await page.locator('body').press('p')
  await page.keyboard.type('alta')
  await page.keyboard.press('Enter')
  await properties(page).getByRole('button', { name: 'Prioridade: Alta' }).waitFor()
  await office.bruno.api.tickets.update.mutate({ ticketId: id, version, changes: { priorityId: 'urgent' } })

  await context.setOffline(false)
  const conflict = page.getByRole('group', { name: 'O ticket mudou enquanto você editava' })
  await conflict.getByText('Bruno Lima mudou o ticket enquanto você editava').waitFor({ timeout: 30_000 })
  await conflict.getByText('Urgente').waitFor()
  await conflict.getByText('Alta').click()
  await conflict.getByRole('button', { name: 'Confirmar a escolha' }).click()
  await conflict.waitFor({ state: 'hidden' })
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ priority }) => priority.key))
    .toBe('high')
})

test('a ticket that goes to a team out of sight says so and keeps the draft', async () => {
  await using office = await startTicketOffice()
  const team = await office.ana.api.teams.create.mutate({ name: 'Financeiro' })
  const { id, version } = await office.ticket({ agentId: null })
  const { page, live } = await desks.open(office.server, {
    token: office.bruno.token,
    path: `/ticket/${id}`,
    expectedErrors: NETWORK_ERRORS,
  })
  await live()
  await editor(page).click()
  await page.keyboard.type('Começo de resposta.')
  await office.ana.api.tickets.update.mutate({ ticketId: id, version, changes: { teamId: team.id } })
  await page.getByText('Este ticket saiu do seu alcance').waitFor()

  const moved = await office.ana.api.tickets.get.query({ id })
  await office.ana.api.tickets.update.mutate({
    ticketId: id,
    version: moved.version,
    changes: { teamId: null },
  })
  await page.reload()
  await expect.poll(() => editor(page).textContent()).toBe('Começo de resposta.')
})
