import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CatalogView } from '../../server/catalog/contract.ts'
import { newId } from '../../server/ids.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let supervisor: Client
let agent: Client
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.setup()
  const hire = (role: 'supervisor' | 'agent') =>
    server.join(admin, { name: role, email: `${role}@ipe.example`, role })
  supervisor = server.client((await hire('supervisor')).token)
  agent = server.client((await hire('agent')).token)
})
afterAll(() => server[Symbol.asyncDispose]())

const catalog = (): Promise<CatalogView> => agent.catalog.get.query()
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: { data?: { reason?: string; fieldErrors?: object } }) => error.data?.reason,
  )

describe('the catalog over the network', () => {
  test('is read by agents and changed by those who configure the desk', async () => {
    const { types } = await catalog()
    const id = types[0]?.id ?? ''
    expect(types).toHaveLength(6)
    for (const attempt of [
      agent.types.create.mutate({ name: 'Novo' }),
      agent.categories.create.mutate({ name: 'Nova' }),
      agent.statuses.archive.mutate({ id }),
      agent.priorities.update.mutate({ id, changes: { weight: 1 } }),
      agent.tags.create.mutate({ name: 'nova' }),
      agent.fields.reorder.mutate({ ids: [id] }),
    ])
      expect(await reasonOf(attempt)).toBe('auth.forbidden')
    await supervisor.types.create.mutate({ name: '  Garantia ' })
    expect((await catalog()).types.at(-1)).toMatchObject({
      name: 'Garantia',
      key: null,
      icon: null,
      archived: false,
    })
  })

  test('is changed once by a change that is sent twice', async () => {
    const commandId = newId()
    const send = () => server.client(admin, { commandId }).tags.create.mutate({ name: 'reclamação' })
    const [first, again] = [await send(), await send()]
    expect(again).toEqual(first)
    expect((await catalog()).tags).toEqual([first])
  })

  test('takes values of the right kind only', async () => {
    const { id = '' } = (await catalog()).priorities[0] ?? {}
    const badly = supervisor as unknown as {
      priorities: { update: { mutate: (input: unknown) => Promise<unknown> } }
    }
    for (const changes of [{ weight: '10' }, { weight: 1.5 }, { color: 'red' }, { name: '' }, { key: 'low' }])
      expect(await reasonOf(badly.priorities.update.mutate({ id, changes }))).toBe('input.invalid')
    expect(await reasonOf(supervisor.types.create.mutate({ name: 'x'.repeat(81) }))).toBe('input.invalid')
    const tooLong = supervisor.priorities.update.mutate({ id, changes: { criteria: 'x'.repeat(501) } })
    expect(await reasonOf(tooLong)).toBe('input.invalid')
    expect(
      await supervisor.priorities.create.mutate({ name: 'Crítica', weight: 1, color: '#000000' }),
    ).toMatchObject({
      criteria: '',
      procedure: '',
    })
  })

  test('changed weights reorder the queue', async () => {
    const { priorities } = await catalog()
    const idOf = (key: string) => priorities.find((priority) => priority.key === key)?.id ?? ''
    for (const priorityId of ['low', 'high'])
      await agent.tickets.create.mutate({
        subject: priorityId,
        body: '',
        requester: { name: 'Carla' },
        channel: 'phone',
        priorityId,
      })
    const queue = async () =>
      (await agent.tickets.list.query({ sort: { by: 'priority', dir: 'desc' } })).items.map(
        ({ subject }) => subject,
      )
    expect(await queue()).toEqual(['high', 'low'])
    await supervisor.priorities.update.mutate({ id: idOf('low'), changes: { weight: 90 } })
    expect(await queue()).toEqual(['low', 'high'])
  })

  test('fixes a status’s class once a ticket has it', async () => {
    const status = await supervisor.statuses.create.mutate({ name: 'No laboratório', class: 'hold' })
    await agent.tickets.create.mutate({
      subject: 'Reparo',
      body: '',
      requester: { name: 'Davi' },
      channel: 'phone',
      statusId: status.id,
    })
    const change = supervisor.statuses.update.mutate({ id: status.id, changes: { class: 'waiting' } })
    expect(await reasonOf(change)).toBe('statuses.class_fixed')
  })

  test('gets a tag from the first ticket that names it', async () => {
    const ticket = await agent.tickets.create.mutate({
      subject: 'Reparo',
      body: '',
      requester: { name: 'Davi' },
      channel: 'phone',
      tags: ['Urgência', 'urgencia'],
    })
    expect(ticket.tags.map(({ name }) => name)).toEqual(['Urgência'])
    expect((await catalog()).tags.map(({ name }) => name)).toContain('Urgência')
  })

  test('checks a ticket’s custom fields', async () => {
    await supervisor.fields.create.mutate({ name: 'Assentos', kind: 'number' })
    const open = (assentos: string | number) =>
      agent.tickets.create.mutate({
        subject: 'Licenças',
        body: '',
        requester: { name: 'Davi' },
        channel: 'phone',
        fields: { assentos },
      })
    expect((await open(12)).fields).toEqual({ assentos: 12 })
    expect(await reasonOf(open('doze'))).toBe('fields.value_unfit')
  })
})

describe('saved views over the network', () => {
  test('are what lists take: a view’s filter and sort give its tickets', async () => {
    const view = await agent.views.create.mutate({
      name: 'Reparos',
      filter: { where: { all: [{ field: 'subject', op: 'contains', value: 'reparo' }] } },
      sort: { by: 'createdAt', dir: 'asc' },
    })
    const [saved] = await agent.views.list.query()
    expect(saved).toEqual(view)
    const { items } = await agent.tickets.list.query({ filter: view.filter, sort: view.sort })
    expect(new Set(items.map(({ subject }) => subject))).toEqual(new Set(['Reparo']))
    expect(await reasonOf(supervisor.views.delete.mutate({ id: view.id }))).toBe('views.not_found')
    await agent.views.delete.mutate({ id: view.id })
    expect(await agent.views.list.query()).toEqual([])
  })
})
