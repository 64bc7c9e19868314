import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Viewer } from '../../server/access/viewer.ts'
import { defaultPriority, defaultStatus, proposePriority, resolveRef } from '../../server/catalog/catalog.ts'
import { statusClasses } from '../../server/catalog/contract.ts'
import { newId } from '../../server/ids.ts'
import { openCatalogOffice, type CatalogOffice } from '../support/catalog-office.ts'

let office: CatalogOffice
let ana: Viewer
beforeEach(async () => {
  office = await openCatalogOffice()
  ana = await office.hire('supervisor')
})
afterEach(() => office.close())

const preset = async (noun: 'statusByKey' | 'priorityByKey' | 'typeByKey', key: string) => {
  const row = (await office.catalog.current())[noun].get(key)
  if (!row) throw new Error(`No preset ${key}`)
  return row
}
const agent = () => ({ type: 'agent' as const, id: ana.agentId })

describe('a new office', () => {
  test('has its presets in its own language, each with its stable key', async () => {
    const { types, statuses, priorities } = await office.catalog.view()
    expect(types.map(({ key }) => key)).toEqual([
      'technical_support',
      'feedback',
      'sales',
      'customer_service',
      'incident',
      'training',
    ])
    expect(statuses.map(({ name }) => name)).toEqual([
      'Novo',
      'Aberto',
      'Aguardando cliente',
      'Em espera',
      'Resolvido',
      'Fechado',
      'Cancelado',
    ])
    expect(priorities.map(({ key, weight }) => [key, weight])).toEqual([
      ['low', 10],
      ['normal', 20],
      ['high', 30],
      ['urgent', 40],
    ])
  })

  test('has a status for every class', async () => {
    const snapshot = await office.catalog.current()
    expect(statusClasses.map((each) => defaultStatus(snapshot, each).key)).toEqual([...statusClasses])
  })

  test('proposes the priority from urgency and impact, and normal where one is not known', async () => {
    const snapshot = await office.catalog.current()
    expect(proposePriority(snapshot, 'high', 'high').key).toBe('urgent')
    expect(proposePriority(snapshot, 'low', 'high').key).toBe('normal')
    expect(proposePriority(snapshot, 'high', null).key).toBe('normal')
  })
})

describe('a row of the catalog', () => {
  test('is in the catalog as soon as it is made, at the end, and the log says so', async () => {
    await office.catalog.current()
    const made = await office.types.create(ana, { name: 'Garantia', icon: null })
    expect((await office.catalog.view()).types.at(-1)).toEqual(made)
    expect(await office.log()).toEqual([
      { type: 'type.created', data: { id: made.id, changes: { name: 'Garantia' } } },
    ])
  })

  test('is renamed without losing its key, and the log has what changed and nothing else', async () => {
    const { id } = await preset('typeByKey', 'incident')
    const renamed = await office.types.update(ana, { id, changes: { name: 'Falha' } })
    expect(renamed).toMatchObject({ key: 'incident', name: 'Falha', icon: 'siren' })
    expect(await office.log()).toEqual([{ type: 'type.updated', data: { id, changes: { name: 'Falha' } } }])
  })

  test('a change that changes nothing leaves no event', async () => {
    const { id, name } = await preset('typeByKey', 'incident')
    await office.types.update(ana, { id, changes: { name } })
    expect(await office.log()).toEqual([])
  })

  test('archived stays readable, and can be restored', async () => {
    const { id } = await preset('typeByKey', 'sales')
    expect(await office.types.archive(ana, { id })).toMatchObject({ archived: true })
    expect((await office.catalog.current()).types.get(id)).toMatchObject({ name: 'Vendas', archived: true })
    expect(await office.types.restore(ana, { id })).toMatchObject({ archived: false })
  })

  test('may not read like another one in use, accents and case aside', async () => {
    await expect(office.types.create(ana, { name: 'suporte TECNICO', icon: null })).rejects.toMatchObject({
      reason: 'types.name_taken',
    })
  })

  test('may take an archived one’s name, which then cannot come back under it', async () => {
    const { id } = await preset('typeByKey', 'sales')
    await office.types.archive(ana, { id })
    await office.types.create(ana, { name: 'Vendas', icon: null })
    await expect(office.types.restore(ana, { id })).rejects.toMatchObject({ reason: 'types.name_taken' })
  })

  test('that nobody knows is refused', async () => {
    await expect(office.types.archive(ana, { id: newId() })).rejects.toMatchObject({
      reason: 'types.not_found',
    })
  })

  test('is found by id or by key', async () => {
    const { statuses, statusByKey } = await office.catalog.current()
    const waiting = await preset('statusByKey', 'waiting')
    expect(resolveRef(statuses, statusByKey, 'waiting')).toEqual(waiting)
    expect(resolveRef(statuses, statusByKey, waiting.id)).toEqual(waiting)
    expect(resolveRef(statuses, statusByKey, 'nothing')).toBeUndefined()
  })
})

describe('the order', () => {
  test('is what the office makes it; rows not named keep their places', async () => {
    const keys = ['training', 'technical_support', 'sales']
    const ids = await Promise.all(keys.map(async (key) => (await preset('typeByKey', key)).id))
    await office.types.reorder(ana, { ids })
    expect((await office.catalog.view()).types.map(({ key }) => key)).toEqual([
      'training',
      'feedback',
      'technical_support',
      'customer_service',
      'incident',
      'sales',
    ])
    expect(await office.log()).toEqual([{ type: 'type.reordered', data: { ids } }])
  })

  test('names each row once, and only rows that are there', async () => {
    const { id } = await preset('typeByKey', 'sales')
    await expect(office.types.reorder(ana, { ids: [id, id] })).rejects.toMatchObject({
      reason: 'types.order_repeats',
    })
    await expect(office.types.reorder(ana, { ids: [id, newId()] })).rejects.toMatchObject({
      reason: 'types.not_found',
    })
  })
})

describe('categories', () => {
  const category = (name: string, parentId: string | null = null) =>
    office.categories.create(ana, { name, parentId })

  test('nest, and each knows the way down to itself', async () => {
    const hardware = await category('Equipamentos')
    const printers = await category('Impressoras', hardware.id)
    expect(printers.path).toEqual(['Equipamentos', 'Impressoras'])
    await office.categories.update(ana, { id: hardware.id, changes: { name: 'Hardware' } })
    expect((await office.catalog.current()).categories.get(printers.id)?.path).toEqual([
      'Hardware',
      'Impressoras',
    ])
  })

  test('may not turn back on themselves', async () => {
    const top = await category('A')
    const middle = await category('B', top.id)
    const bottom = await category('C', middle.id)
    for (const parentId of [top.id, bottom.id])
      await expect(
        office.categories.update(ana, { id: top.id, changes: { parentId } }),
      ).rejects.toMatchObject({
        reason: 'categories.cycle',
      })
  })

  test('nest five deep and no deeper, also when a whole branch is moved', async () => {
    let parent = await category('1')
    for (const name of ['2', '3', '4', '5']) parent = await category(name, parent.id)
    await expect(category('6', parent.id)).rejects.toMatchObject({ reason: 'categories.too_deep' })
    const branch = await category('Ramo')
    await category('Folha', branch.id)
    const fourth = (await office.catalog.view()).categories.find(({ name }) => name === '4')
    await expect(
      office.categories.update(ana, { id: branch.id, changes: { parentId: fourth?.id ?? null } }),
    ).rejects.toMatchObject({ reason: 'categories.too_deep' })
  })

  test('may share a name under different parents only', async () => {
    const [sales, support] = [await category('Vendas'), await category('Suporte')]
    await category('Outros', sales.id)
    await category('Outros', support.id)
    await expect(category('outros', support.id)).rejects.toMatchObject({ reason: 'categories.name_taken' })
  })

  test('are archived from the leaves up and restored from the root down', async () => {
    const top = await category('A')
    const leaf = await category('B', top.id)
    await expect(office.categories.archive(ana, { id: top.id })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'categories.has_children',
    })
    await office.categories.archive(ana, { id: leaf.id })
    await office.categories.archive(ana, { id: top.id })
    await expect(office.categories.restore(ana, { id: leaf.id })).rejects.toMatchObject({
      reason: 'categories.parent_archived',
    })
    await expect(category('C', top.id)).rejects.toMatchObject({ reason: 'categories.parent_archived' })
    await expect(category('C', newId())).rejects.toMatchObject({ reason: 'categories.parent_unknown' })
  })
})

describe('statuses', () => {
  test('keep at least one in use per class', async () => {
    const open = await preset('statusByKey', 'open')
    await expect(office.statuses.archive(ana, { id: open.id })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'statuses.last_of_class',
    })
    const inProgress = await office.statuses.create(ana, { name: 'Em andamento', class: 'open' })
    await office.statuses.archive(ana, { id: open.id })
    expect(defaultStatus(await office.catalog.current(), 'open').id).toBe(inProgress.id)
    await expect(
      office.statuses.update(ana, { id: inProgress.id, changes: { class: 'hold' } }),
    ).rejects.toMatchObject({ reason: 'statuses.last_of_class' })
  })

  test('may change class until a ticket has them', async () => {
    const { id } = await office.statuses.create(ana, { name: 'No fornecedor', class: 'waiting' })
    expect(await office.statuses.update(ana, { id, changes: { class: 'hold' } })).toMatchObject({
      class: 'hold',
    })
    office.tickets.statusesInUse.add(id)
    await expect(office.statuses.update(ana, { id, changes: { class: 'open' } })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'statuses.class_fixed',
    })
    expect(await office.statuses.update(ana, { id, changes: { name: 'Na fábrica' } })).toMatchObject({
      class: 'hold',
    })
  })

  test('that are presets keep their class, because rules know them by it', async () => {
    const { id } = await preset('statusByKey', 'cancelled')
    await expect(office.statuses.update(ana, { id, changes: { class: 'resolved' } })).rejects.toMatchObject({
      reason: 'statuses.class_fixed',
    })
  })
})

describe('priorities', () => {
  test('of a new office say when to choose them and what to do then', async () => {
    const { priorities } = await office.catalog.view()
    for (const { criteria, procedure } of priorities)
      for (const hint of [criteria, procedure]) {
        expect(hint.length).toBeGreaterThan(30)
        expect(hint.length).toBeLessThanOrEqual(500)
      }
    expect(new Set(priorities.flatMap(({ criteria, procedure }) => [criteria, procedure])).size).toBe(8)
  })

  test('take the office’s own criteria and procedure', async () => {
    const { id } = await preset('priorityByKey', 'urgent')
    const hints = { criteria: 'Caixa parado.', procedure: 'Ligue para o Davi.' }
    expect(await office.priorities.update(ana, { id, changes: hints })).toMatchObject(hints)
    expect(await preset('priorityByKey', 'urgent')).toMatchObject(hints)
    expect((await office.log()).at(-1)).toEqual({ type: 'priority.updated', data: { id, changes: hints } })
  })

  test('tell the tickets their new weight in the same step', async () => {
    const { id } = await preset('priorityByKey', 'high')
    await office.priorities.update(ana, { id, changes: { name: 'Muito alta' } })
    expect(office.tickets.weights).toEqual([])
    await office.priorities.update(ana, { id, changes: { weight: 35 } })
    expect(office.tickets.weights).toEqual([{ priorityId: id, weight: 35 }])
  })

  test('that the matrix proposes stay in use', async () => {
    const low = await preset('priorityByKey', 'low')
    await expect(office.priorities.archive(ana, { id: low.id })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'priorities.in_matrix',
    })
  })

  test('default to normal, and to the lightest one left once normal is archived', async () => {
    const [low, normal] = [await preset('priorityByKey', 'low'), await preset('priorityByKey', 'normal')]
    const row = { low: low.id, medium: low.id, high: low.id }
    await office.matrix.update(ana, { low: row, medium: row, high: row })
    expect(defaultPriority(await office.catalog.current()).key).toBe('normal')
    await office.priorities.archive(ana, { id: normal.id })
    expect(defaultPriority(await office.catalog.current()).key).toBe('low')
  })
})

describe('the matrix', () => {
  test('proposes what the office decided, and the log has only the cells that changed', async () => {
    const { matrix } = await office.catalog.current()
    const { id: urgent } = await preset('priorityByKey', 'urgent')
    await office.matrix.update(ana, { ...matrix, high: { ...matrix.high, medium: urgent } })
    expect(proposePriority(await office.catalog.current(), 'high', 'medium').key).toBe('urgent')
    expect(await office.log()).toEqual([
      {
        type: 'matrix.updated',
        data: { changes: { cells: [{ urgency: 'high', impact: 'medium', priorityId: urgent }] } },
      },
    ])
  })

  test('takes no priority that cannot be chosen', async () => {
    const { matrix } = await office.catalog.current()
    const extra = await office.priorities.create(ana, {
      name: 'Crítica',
      weight: 50,
      color: '#7f1d1d',
      criteria: '',
      procedure: '',
    })
    await office.priorities.archive(ana, { id: extra.id })
    for (const priorityId of [extra.id, newId()])
      await expect(
        office.matrix.update(ana, { ...matrix, low: { ...matrix.low, low: priorityId } }),
      ).rejects.toMatchObject({
        reason: 'matrix.priority_unknown',
        details: { fieldErrors: { 'low.low': ['matrix.priority_unknown'] } },
      })
  })
})

describe('tags', () => {
  const ensure = (...names: string[]) =>
    office.store.write((tx) => office.tags.ensureTags(tx, names, agent()))

  test('named on a ticket are made once, whatever the accents and case', async () => {
    const first = await ensure('Instalação', 'vip')
    expect(first.map(({ name, public: seen }) => [name, seen])).toEqual([
      ['Instalação', false],
      ['vip', false],
    ])
    expect(await ensure('VIP', 'instalacao', 'Vip')).toEqual([first[1], first[0]])
    expect((await office.log()).map(({ type }) => type)).toEqual(['tag.created', 'tag.created'])
    expect((await office.catalog.view()).tags).toEqual(first)
  })

  test('made in a step that fails are not there', async () => {
    const failing = office.store.write(async (tx) => {
      await office.tags.ensureTags(tx, ['fantasma'], agent())
      throw new Error('the ticket is refused')
    })
    await expect(failing).rejects.toThrow('the ticket is refused')
    expect((await office.catalog.view()).tags).toEqual([])
  })

  test('archived are no longer put on tickets and keep their name', async () => {
    const tag = await office.tags.create(ana, { name: 'Natal', public: true, color: '#b91c1c' })
    await office.tags.archive(ana, { id: tag.id })
    await expect(ensure('natal')).rejects.toMatchObject({ reason: 'tags.archived' })
    const kept = await office.store.write((tx) => office.tags.ensureTags(tx, ['natal'], agent(), [tag.id]))
    expect(kept.map(({ id }) => id)).toEqual([tag.id])
    await expect(office.tags.create(ana, { name: 'NATAL', public: true })).rejects.toMatchObject({
      reason: 'tags.name_taken',
    })
  })

  test('renamed are found by their new name only', async () => {
    const [tag] = await ensure('reembolso')
    await office.tags.update(ana, { id: tag?.id ?? '', changes: { name: 'Estorno' } })
    const [same, fresh] = await ensure('estorno', 'Reembolso')
    expect(same?.id).toBe(tag?.id)
    expect(fresh?.id).not.toBe(tag?.id)
  })
})

describe('custom fields', () => {
  test('get a key from their name, once for all', async () => {
    const serial = await office.fields.create(ana, { name: 'Número de série', kind: 'text', options: [] })
    expect(serial.key).toBe('numero_de_serie')
    const renamed = await office.fields.update(ana, { id: serial.id, changes: { name: 'Nº de série' } })
    expect(renamed.key).toBe('numero_de_serie')
    const another = await office.fields.create(ana, { name: 'Número de série', kind: 'text', options: [] })
    expect(another.key).toBe('numero_de_serie_2')
  })

  test('keep, archived, the options that are left out, and take them back under the same key', async () => {
    const field = await office.fields.create(ana, {
      name: 'Sistema',
      kind: 'select',
      options: [{ name: 'Windows' }, { name: 'macOS' }],
    })
    const changed = await office.fields.update(ana, {
      id: field.id,
      changes: { options: [{ key: 'macos', name: 'Mac' }, { name: 'Linux' }] },
    })
    expect(changed.options).toEqual([
      { key: 'macos', name: 'Mac', archived: false },
      { key: 'linux', name: 'Linux', archived: false },
      { key: 'windows', name: 'Windows', archived: true },
    ])
    expect((await office.catalog.current()).fieldByKey.get(field.key)).toEqual(changed)
  })

  test('offer options when there is a choice, and only then', async () => {
    await expect(
      office.fields.create(ana, { name: 'Cor', kind: 'select', options: [] }),
    ).rejects.toMatchObject({
      reason: 'fields.options_missing',
    })
    await expect(
      office.fields.create(ana, { name: 'Cor', kind: 'text', options: [{ name: 'Azul' }] }),
    ).rejects.toMatchObject({ reason: 'fields.options_unfit' })
    await expect(
      office.fields.create(ana, {
        name: 'Cor',
        kind: 'select',
        options: [{ name: 'Azul' }, { name: 'azul' }],
      }),
    ).rejects.toMatchObject({ reason: 'fields.options_repeat' })
  })
})
