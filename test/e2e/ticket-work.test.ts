/** A ticket's way from the queue to its end, by one person. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAX_FILE_SIZE } from '../../server/files/contract.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { conversation, editor, properties, row, startTicketOffice } from '../support/ticket-desk.ts'

const desks = useDesks()

test('a ticket is found in the queue, answered and resolved with the keyboard alone', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  await row(page, 'Impressora fiscal não imprime').waitFor()

  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await conversation(page).getByText('A impressora do caixa 2 parou desde cedo.').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('Bom dia, José. Desligue e ligue o cabo USB.')
  await page.keyboard.press('Control+Enter')
  await conversation(page).getByText('Desligue e ligue o cabo USB.').waitFor()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ messages }) => messages.length))
    .toBe(2)
  await expect.poll(() => editor(page).textContent()).toBe('')

  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page
    .getByText(/resolvido$/)
    .first()
    .waitFor()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ status }) => status.key))
    .toBe('resolved')
})

test('what was resolved by mistake is taken back with one key', async () => {
  await using office = await startTicketOffice()
  const { id, status } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await page.getByRole('button', { name: 'Resolver' }).click()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then((now) => now.status.key))
    .toBe('resolved')
  await page.locator('body').press('u')
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then((now) => now.status.id))
    .toBe(status.id)
  await properties(page)
    .getByRole('button', { name: `Status: ${status.name}` })
    .waitFor()
})

test('each property is changed in place, and the history says so in words', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await properties(page).waitFor()

  await page.locator('body').press('p')
  await page.keyboard.type('urg')
  await page.keyboard.press('Enter')
  await conversation(page).getByText('Ana Souza mudou a prioridade de Normal para Urgente').waitFor()

  await page.locator('body').press('a')
  await page.keyboard.type('bruno')
  await page.keyboard.press('Enter')
  await conversation(page).getByText('Ana Souza passou o ticket de Ana Souza para Bruno Lima').waitFor()

  await page.locator('body').press('t')
  await page.keyboard.type('garantia')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await conversation(page).getByText('Ana Souza pôs a etiqueta garantia').waitFor()

  await page.locator('body').press('m')
  await conversation(page).getByText('Ana Souza assumiu o ticket').waitFor()

  await page.getByRole('group', { name: 'Urgência' }).getByRole('button', { name: 'Alta' }).click()
  await page.getByRole('group', { name: 'Impacto' }).getByRole('button', { name: 'Baixa' }).click()
  await page.getByText('Prioridade proposta:').waitFor()

  const now = await office.ana.api.tickets.get.query({ id })
  expect(now).toMatchObject({ agent: { name: 'Ana Souza' }, tags: [{ name: 'garantia' }] })
})

test('the subject is edited where it stands', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await page.getByRole('button', { name: 'Impressora fiscal não imprime' }).click()
  await page.keyboard.type('Impressora fiscal sem papel')
  await page.keyboard.press('Enter')
  await row(page, 'Impressora fiscal sem papel').waitFor()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ subject }) => subject))
    .toBe('Impressora fiscal sem papel')
})

test('a note and a reply are two texts, and both survive a reload', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await editor(page).click()
  await page.keyboard.type('Para o cliente.')
  await page.getByRole('button', { name: /Nota interna/ }).click()
  await page.keyboard.type('Só para nós.')
  await expect.poll(() => editor(page, 'Nota interna').textContent()).toBe('Só para nós.')
  await page.getByText('rascunho').waitFor()

  await page.reload()
  await live()
  await expect.poll(() => editor(page, 'Nota interna').textContent()).toBe('Só para nós.')
  await page.keyboard.press('r')
  await expect.poll(() => editor(page).textContent()).toBe('Para o cliente.')

  await page.getByRole('button', { name: /Nota interna/ }).click()
  await page.getByRole('button', { name: 'Anotar' }).click()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ messages }) => messages.at(-1)))
    .toMatchObject({ kind: 'note', text: 'Só para nós.' })
})

test('a reply written without a network says so, and is sent once when it is back', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, context, live } = await desks.open(office.server, {
    token: office.ana.token,
    path: `/ticket/${id}`,
    expectedErrors: NETWORK_ERRORS,
  })
  await live()
  await editor(page).click()
  await context.setOffline(true)
  office.server.destroyConnections()
  await page.keyboard.type('Resposta escrita na queda.')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Na fila|Enviando/).waitFor()
  expect((await office.ana.api.tickets.get.query({ id })).messages).toHaveLength(1)

  await context.setOffline(false)
  await expect
    .poll(
      () => office.ana.api.tickets.get.query({ id }).then(({ messages }) => messages.map(({ text }) => text)),
      {
        timeout: 30_000,
      },
    )
    .toEqual(['A impressora do caixa 2 parou desde cedo.', 'Resposta escrita na queda.'])
})

test('files go along with a reply, and one that is too large is refused with its reason', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  const folder = await mkdtemp(join(tmpdir(), 'balcao-files-'))
  const [small, large] = [join(folder, 'nota.txt'), join(folder, 'filme.bin')]
  await writeFile(small, 'Nota fiscal 123')
  await writeFile(large, '')
  await truncate(large, MAX_FILE_SIZE + 1)
  await page.locator('input[type=file]').setInputFiles([small, large])
  await page.getByText('Grande demais: o limite é 25 MB por arquivo').waitFor()
  await page.getByRole('button', { name: 'Tirar filme.bin' }).click()
  await page.getByRole('button', { name: 'Tirar nota.txt' }).waitFor()
  await editor(page).click()
  await page.keyboard.type('Segue a nota.')
  await page.keyboard.press('Control+Enter')
  const attachment = conversation(page).getByRole('button', { name: /Baixar nota.txt/ })
  await attachment.waitFor()
  await expect
    .poll(() =>
      office.ana.api.tickets.get.query({ id }).then(({ messages }) => messages.at(-1)?.attachments[0]?.name),
    )
    .toBe('nota.txt')
  const [download] = await Promise.all([page.waitForEvent('download'), attachment.click()])
  expect(download.suggestedFilename()).toBe('nota.txt')
  await rm(folder, { recursive: true })
})

test('"send and leave as" sets the status in the same step', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await editor(page).click()
  await page.keyboard.type('Pode me mandar o número de série?')
  await page.getByRole('button', { name: 'Enviar e mudar o status' }).click()
  await page.getByRole('menuitem', { name: 'Aguardando cliente' }).click()
  await properties(page).getByRole('button', { name: 'Status: Aguardando cliente' }).waitFor()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ status }) => status.key))
    .toBe('waiting')
})

test('a closed ticket is reopened, or continued in a new one that knows whom and what it is about', async () => {
  await using office = await startTicketOffice()
  const { id, number } = await office.ticket({ statusId: 'closed' })
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await page.getByRole('button', { name: 'Novo ticket de continuação' }).click()
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Assunto' }).inputValue())
    .toBe(`Impressora fiscal não imprime (continuação de ${number})`)
  await page.getByRole('textbox', { name: 'Assunto' }).press('Escape')
  await page.getByRole('button', { name: 'Reabrir' }).first().click()
  await expect
    .poll(() => office.ana.api.tickets.get.query({ id }).then(({ status }) => status.key))
    .toBe('open')
})

test("a customer's HTML neither runs nor restyles the desk", async () => {
  await using office = await startTicketOffice()
  const body = `<p>Olá, <strong>urgente</strong></p><style>* { display: none }</style><script>document.title = 'pego'</script>
    <img src="x" onerror="document.title = 'pego'"><p style="position:fixed;inset:0">cobre tudo</p>`
  const { id } = await office.ticket({ body, channel: 'email' })
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  await conversation(page).getByText('urgente').waitFor()
  expect(await page.title()).toContain('Impressora fiscal')
  const covering = conversation(page).getByText('cobre tudo')
  expect(await covering.evaluate((element) => getComputedStyle(element).position)).toBe('static')
  expect(await conversation(page).locator('img, style:text("display: none")').count()).toBe(0)
})

test('even a message that the server had not cleaned could do nothing', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket({ body: 'INOFENSIVA', channel: 'email' })
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  const evil = [
    '<img src=x onerror=\\"document.title=\'pego\'\\">',
    '<style>.main{display:none}</style>',
    '<p style=\\"position:fixed;inset:0\\">cobre tudo</p>',
    '<form action=https://mau.example><input name=senha></form>',
    '<a href=javascript:alert(1)>clique</a>',
  ].join('')
  await page.route(/tickets\.get/, async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    await route.fulfill({ response, body: text.replace('<p>INOFENSIVA</p>', evil) })
  })
  await page.evaluate((path) => history.pushState({}, '', path), `/ticket/${id}`)
  await page.reload()
  const covering = conversation(page).getByText('cobre tudo')
  await covering.waitFor()
  expect(await covering.evaluate((element) => getComputedStyle(element).position)).toBe('static')
  expect(await conversation(page).locator('img, form, input').count()).toBe(0)
  expect(await conversation(page).getByText('clique').getAttribute('href')).toBeNull()
  expect(await page.title()).not.toContain('pego')
  expect(await editor(page).isVisible()).toBe(true)
})
