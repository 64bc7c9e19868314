import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Viewer } from '../../server/access/viewer.ts'
import { newId } from '../../server/ids.ts'
import { createViewInput } from '../../server/views/contract.ts'
import { SavedViews } from '../../server/views/views.service.ts'
import { openCatalogOffice, type CatalogOffice } from '../support/catalog-office.ts'

let office: CatalogOffice
let views: SavedViews
let ana: Viewer
let bruno: Viewer
beforeEach(async () => {
  office = await openCatalogOffice()
  views = new SavedViews(office)
  ana = await office.hire('supervisor')
  bruno = await office.hire('agent')
})
afterEach(() => office.close())

const aView = (name: string, shared = false) => ({
  name,
  shared,
  filter: {
    statusClass: ['open' as const],
    where: { all: [{ field: 'agent' as const, op: 'is' as const, value: 'me' }] },
  },
  sort: { by: 'dueAt' as const, dir: 'asc' as const },
})
const namesFor = async (viewer: Viewer) => (await views.list(viewer)).map(({ name }) => name)

describe('a personal view', () => {
  test('comes back as it was saved', async () => {
    const made = await views.create(bruno, aView('Minhas de hoje'))
    expect(await views.list(bruno)).toEqual([made])
    expect(made).toMatchObject({ ...aView('Minhas de hoje'), shared: false, position: 0 })
  })

  test('is for others as if it were not there, a supervisor included', async () => {
    const { id } = await views.create(bruno, aView('Minhas'))
    expect(await views.list(ana)).toEqual([])
    const refusal = { code: 'NOT_FOUND', reason: 'views.not_found' }
    await expect(views.update(ana, { id, changes: { name: 'Tomada' } })).rejects.toMatchObject(refusal)
    await expect(views.delete(ana, { id })).rejects.toMatchObject(refusal)
    await expect(views.reorder(ana, { ids: [id] })).rejects.toMatchObject(refusal)
    await expect(views.create(ana, { ...aView('Outra'), id })).rejects.toMatchObject({
      reason: 'views.id_taken',
    })
    expect(await namesFor(bruno)).toEqual(['Minhas'])
  })

  test('is told to its owner only, and its name to nobody', async () => {
    await views.create(bruno, aView('Clientes difíceis'))
    const [event] = await office.store.read.sql<
      { audience: string; data: string }[]
    >`SELECT audience, data FROM event`
    expect(JSON.parse(event?.audience ?? '')).toEqual({ teams: [], agents: [bruno.agentId] })
    expect(event?.data).not.toContain('Clientes')
  })

  test('sent twice under one id is made once', async () => {
    const id = newId()
    await views.create(bruno, { ...aView('Uma'), id })
    await views.create(bruno, { ...aView('Uma'), id })
    expect(await namesFor(bruno)).toEqual(['Uma'])
  })

  test('deleted comes back at its place', async () => {
    for (const name of ['A', 'B', 'C']) await views.create(bruno, aView(name))
    const [, middle] = await views.list(bruno)
    const deleted = await views.delete(bruno, { id: middle?.id ?? '' })
    expect(await namesFor(bruno)).toEqual(['A', 'C'])
    await views.create(bruno, deleted)
    expect(await namesFor(bruno)).toEqual(['A', 'B', 'C'])
    expect(await views.list(bruno)).toContainEqual(middle)
  })

  test('comes back to a place that is taken by now, and the others move up', async () => {
    const a = await views.create(bruno, aView('A'))
    const b = await views.create(bruno, aView('B'))
    await views.reorder(bruno, { ids: [b.id, a.id] })
    const deleted = await views.delete(bruno, b)
    await views.create(bruno, aView('C'))
    await views.reorder(bruno, { ids: (await views.list(bruno)).map(({ id }) => id) })
    await views.create(bruno, deleted)
    expect(await namesFor(bruno)).toEqual(['B', 'A', 'C'])
    expect((await views.list(bruno)).map(({ position }) => position)).toEqual([0, 1, 2])
  })
})

describe('a shared view', () => {
  test('is seen by everybody, before their own, and changed by those who may share', async () => {
    await views.create(bruno, aView('Minhas'))
    const { id } = await views.create(ana, aView('Fila da manhã', true))
    expect(await namesFor(bruno)).toEqual(['Fila da manhã', 'Minhas'])
    const refusal = { code: 'FORBIDDEN', reason: 'views.share_forbidden' }
    await expect(views.create(bruno, aView('Para todos', true))).rejects.toMatchObject(refusal)
    await expect(views.update(bruno, { id, changes: { name: 'Minha' } })).rejects.toMatchObject(refusal)
    await expect(views.delete(bruno, { id })).rejects.toMatchObject(refusal)
    await expect(views.reorder(bruno, { ids: [id] })).rejects.toMatchObject(refusal)
  })

  test('can be made of one’s own, and taken back', async () => {
    const { id } = await views.create(ana, aView('Atrasados'))
    expect(await views.update(ana, { id, changes: { shared: true } })).toMatchObject({ shared: true })
    expect(await namesFor(bruno)).toEqual(['Atrasados'])
    await views.update(ana, { id, changes: { shared: false, name: 'Meus atrasados' } })
    expect(await namesFor(bruno)).toEqual([])
    expect(await namesFor(ana)).toEqual(['Meus atrasados'])
  })

  test('is not what an agent may make of their own view', async () => {
    const { id } = await views.create(bruno, aView('Minhas'))
    await expect(views.update(bruno, { id, changes: { shared: true } })).rejects.toMatchObject({
      reason: 'views.share_forbidden',
    })
  })
})

describe('the order of views', () => {
  test('is set for all of a group at once', async () => {
    const a = await views.create(bruno, aView('A'))
    const b = await views.create(bruno, aView('B'))
    const shared = await views.create(ana, aView('Fila', true))
    await views.reorder(bruno, { ids: [b.id, a.id] })
    expect(await namesFor(bruno)).toEqual(['Fila', 'B', 'A'])
    for (const ids of [[a.id], [a.id, a.id], [a.id, b.id, shared.id]])
      await expect(views.reorder(bruno, { ids })).rejects.toMatchObject({ reason: 'views.order_incomplete' })
  })

  test('holds a hundred of each agent’s own and no more', async () => {
    for (let count = 0; count < 100; count++) await views.create(bruno, aView(`Visão ${count}`))
    await expect(views.create(bruno, aView('Mais uma'))).rejects.toMatchObject({
      code: 'LIMIT',
      reason: 'views.too_many',
    })
    await views.create(ana, aView('Fila', true))
  })
})

test('a filter that no address could hold is refused when it is saved, not when it is opened', () => {
  const ids = Array.from({ length: 100 }, () => newId())
  const where = { all: [{ field: 'requester' as const, op: 'in' as const, value: ids }] }
  const input = { name: 'Enorme', sort: { by: 'dueAt' } }
  expect(createViewInput.safeParse({ ...input, filter: { where } }).success).toBe(true)
  const refused = createViewInput.safeParse({ ...input, filter: { requesterIds: ids, where } })
  expect(refused.error?.issues).toMatchObject([{ path: ['filter'], message: 'filter.too_large' }])
})
