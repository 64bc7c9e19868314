import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let desk: Client
beforeAll(async () => {
  server = await startTestServer()
  desk = server.client(await server.setup())
  const customers = [
    { name: 'Conceição Assunção', emails: ['sao@padaria.example'], document: '529.982.247-25' },
    { name: 'José da Silva', phones: ['(11) 98765-4321'] },
    { name: 'Maria José Prado', phones: ['(21) 3456-7890'], emails: ['maria.prado@example.com'] },
    { name: 'Josefina Braga', phones: ['(11) 8765-9999'] },
    { name: 'Oficina do Zé', document: '12.ABC.345/01DE-35', phones: ['0800 722 1234'] },
  ]
  for (const customer of customers) await desk.customers.create.mutate(customer)
})
afterAll(() => server[Symbol.asyncDispose]())

const find = async (text: string, limit?: number) =>
  (await desk.customers.find.query({ text, limit })).map(({ name }) => name)

describe('finding a customer as you type', () => {
  it.each([
    ['conceicao', ['Conceição Assunção']],
    ['ASSUN', ['Conceição Assunção']],
    ['conc ass', ['Conceição Assunção']],
    ['maria.prado@exa', ['Maria José Prado']],
    ['padaria', ['Conceição Assunção']],
    ['98765-4321', ['José da Silva']],
    ['(11) 98765', ['José da Silva', 'Josefina Braga']],
    ['118765', ['Josefina Braga', 'José da Silva']],
    ['011 98765-9999', ['Josefina Braga']],
    ['+55 21 3456', ['Maria José Prado']],
    ['0800 722', ['Oficina do Zé']],
    ['982.247', ['Conceição Assunção']],
    ['12.abc.345/01', ['Oficina do Zé']],
    ['z', []],
    ['o', ['Oficina do Zé']],
    ['ninguém', []],
    ['', []],
    ['"*) OR', []],
    ['NEAR(a b) words:x -', []],
  ])('%j finds %j', async (text, names) => {
    expect((await find(text)).sort()).toEqual(names.sort())
  })

  it('puts those named so first, then those who have the word, then those whose words begin so', async () => {
    expect(await find('jose')).toEqual(['José da Silva', 'Josefina Braga', 'Maria José Prado'])
    expect(await find('jose', 1)).toHaveLength(1)
  })

  it('follows every change of name, e-mail, phone and document at once', async () => {
    const { id } = await desk.customers.create.mutate({
      name: 'Antiga Volátil',
      emails: ['antiga@example.com'],
      phones: ['(61) 3333-1111'],
    })
    await desk.customers.update.mutate({
      id,
      version: 1,
      changes: { name: 'Moderna', emails: ['moderna@example.com'], phones: ['(61) 3333-2222'] },
    })
    for (const gone of ['volatil', 'antiga', '3333-1111']) expect(await find(gone)).toEqual([])
    for (const now of ['modern', 'moderna@', '3333-2222']) expect(await find(now)).toEqual(['Moderna'])
  })
})

describe('the list of customers', () => {
  it('goes through all by name, accents aside, page by page, each once', async () => {
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await desk.customers.list.query({ limit: 2, cursor })
      names.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(names).toEqual([
      'Conceição Assunção',
      'José da Silva',
      'Josefina Braga',
      'Maria José Prado',
      'Moderna',
      'Oficina do Zé',
    ])
  })

  it('narrowed by a text goes through all who match, the newest first', async () => {
    const first = await desk.customers.list.query({ text: 'jos', limit: 2 })
    expect(first.items.map(({ name }) => name)).toEqual(['Josefina Braga', 'Maria José Prado'])
    const rest = await desk.customers.list.query({ text: 'jos', limit: 2, cursor: first.nextCursor ?? '' })
    expect(rest).toMatchObject({ items: [{ name: 'José da Silva' }], nextCursor: null })
  })

  it('narrowed by a text and an organisation finds its people among many others', async () => {
    const { id } = await desk.organizations.create.mutate({ name: 'Clínica Sorriso' })
    const create = (name: string, organizationId?: string) =>
      desk.customers.create.mutate({ name, organizationId })
    await create('Paciente Um', id)
    await create('Paciente Dois', id)
    for (let i = 0; i < 5; i++) await create(`Paciente de fora ${i}`)
    const first = await desk.customers.list.query({ text: 'paciente', organizationId: id, limit: 1 })
    expect(first.items.map(({ name }) => name)).toEqual(['Paciente Dois'])
    const cursor = first.nextCursor ?? ''
    const rest = await desk.customers.list.query({ text: 'paciente', organizationId: id, limit: 1, cursor })
    expect(rest).toMatchObject({ items: [{ name: 'Paciente Um' }], nextCursor: null })
  })

  it.each(['x', 'bnVsbA', 'e30', Buffer.from('["a"]').toString('base64url')])(
    'refuses a cursor that is not its own: %j',
    async (cursor) => {
      await expect(desk.customers.list.query({ cursor })).rejects.toMatchObject({
        data: { httpStatus: 400, reason: 'input.cursor' },
      })
    },
  )
})
