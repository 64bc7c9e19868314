import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let desk: Client
let token: string
let printers: string
let billing: string

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
  desk = server.client(token)
  printers = (await desk.categories.create.mutate({ name: 'Impressoras' })).id
  billing = (await desk.categories.create.mutate({ name: 'Boletos' })).id
  const toner = ['do caixa dois', 'da recepção', 'do estoque', 'da diretoria', 'do almoxarifado']
  for (const where of toner)
    await solved(`Impressora ${where} sem toner`, 'O toner acabou e a impressora não imprime.', printers)
  for (const month of ['março', 'abril', 'maio', 'junho'])
    await solved(`Boleto de ${month} vencido`, 'Segunda via do boleto vencido, por favor.', billing)
})
afterAll(() => server[Symbol.asyncDispose]())

async function open(subject: string, body: string, more: Record<string, unknown> = {}) {
  return desk.tickets.create.mutate({
    ...{ subject, body, channel: 'email', requester: { name: 'Padaria São José' }, ...more },
  })
}

async function solved(subject: string, body: string, categoryId: string, more: Record<string, unknown> = {}) {
  const { id } = await open(subject, body, { categoryId, ...more })
  await desk.tickets.reply.mutate({
    ...{ ticketId: id, kind: 'public', body: `Trocamos o que faltava: ${subject}.`, statusId: 'resolved' },
  })
  return id
}

describe('what the history says of a ticket', () => {
  it('are solved tickets about the same, with what was answered', async () => {
    const { id } = await open('Impressora da loja nova sem toner', 'Acabou o toner, não imprime mais.')
    const { similar } = await desk.assist.suggest.query({ ticketId: id })
    expect(similar).toHaveLength(5)
    expect(similar.every(({ ticket }) => ticket.subject.endsWith('sem toner'))).toBe(true)
    expect(similar[0]?.answer).toContain('Trocamos o que faltava')
    expect(similar[0]?.words).toContain('toner')
  })

  it('are not tickets that are still open, nor the ticket itself', async () => {
    const other = await open('Impressora do balcão sem toner', 'O toner acabou.')
    const { id } = await open('Impressora do balcão sem toner', 'O toner acabou.')
    const { similar } = await desk.assist.suggest.query({ ticketId: id })
    const ids = similar.map(({ ticket }) => ticket.id)
    expect(ids).not.toContain(id)
    expect(ids).not.toContain(other.id)
  })

  it('proposes the category that most of them have, and shows which', async () => {
    const { id } = await open('Impressora sem toner', 'Acabou o toner da impressora do financeiro.')
    const { proposals } = await desk.assist.suggest.query({ ticketId: id })
    const category = proposals.find(({ field }) => field === 'category')
    expect(category).toMatchObject({ value: { id: printers, name: 'Impressoras' }, confidence: 1 })
    expect(category?.evidence.length).toBeGreaterThanOrEqual(3)
  })

  it('proposes nothing that the ticket has already', async () => {
    const { id } = await open('Impressora sem toner', 'O toner acabou.', { categoryId: printers })
    const { proposals } = await desk.assist.suggest.query({ ticketId: id })
    expect(proposals).toEqual([])
  })

  it('is silent about what never came up before, and about a ticket without words', async () => {
    const nothing = { similar: [], proposals: [] }
    const { id } = await open('Portão da garagem emperrado', 'Não abre desde cedo.')
    expect(await desk.assist.suggest.query({ ticketId: id })).toEqual(nothing)
    const { id: wordless } = await open('???', '...')
    expect(await desk.assist.suggest.query({ ticketId: wordless })).toEqual(nothing)
  })

  it('tells nobody of tickets that they may not see', async () => {
    const { id: teamId } = await desk.teams.create.mutate({ name: 'Jurídico' })
    for (const name of ['Aurora', 'Boreal', 'Cruzeiro'])
      await solved(`Rescisão sigilosa ${name}`, 'Contrato rescindido com multa sigilosa.', billing, {
        teamId,
      })
    const outsider = await server.join(token, { name: 'Bia', email: 'bia@ipe.example' })
    const { id } = await open('Rescisão sigilosa Delta', 'Contrato rescindido com multa sigilosa.')
    const seen = await desk.assist.suggest.query({ ticketId: id })
    expect(seen.similar).toHaveLength(3)
    const hidden = await server.client(outsider.token).assist.suggest.query({ ticketId: id })
    expect(hidden).toEqual({ similar: [], proposals: [] })
  })

  it('lets a rule set what most similar tickets have, and nothing else does so by itself', async () => {
    const before = await open('Impressora do galpão sem toner', 'O toner acabou.')
    expect(before.category).toBeNull()
    await desk.rules.create.mutate({
      ...{ name: 'Categoria pelo histórico', on: ['ticket.created'], enabled: true },
      then: [{ do: 'applySuggestion', value: { field: 'category', minConfidence: 0.8 } }],
    })
    const { category } = await open('Impressora da oficina sem toner', 'O toner acabou.')
    expect(category?.id).toBe(printers)
    expect((await open('Portão emperrado de novo', 'Não abre.')).category).toBeNull()
  })
})
