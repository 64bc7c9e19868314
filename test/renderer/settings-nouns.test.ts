import { expect, test } from 'vitest'
import type { CatalogView } from '../../server/catalog/contract.ts'
import type { Command } from '../../src-renderer/outbox/command.ts'
import {
  blankDraft,
  draftChanges,
  expectedRows,
  nouns,
  toDraft,
  toNounRow,
  type NounRow,
} from '../../src-renderer/features/settings/lists/nouns.ts'
import { parentOptions } from '../../src-renderer/features/settings/lists/parent-options.ts'
import { withCatalogAnswer } from '../../src-renderer/stores/catalog-answers.ts'
import type { DeskCatalog } from '../../src-renderer/stores/catalog.ts'

const row = (id: string, position: number, more: Partial<NounRow> = {}): NounRow => ({
  ...toNounRow({ id, name: id.toUpperCase() }),
  position,
  ...more,
})
const command = (procedure: string, input: unknown, state: Command['state'] = 'waiting'): Command =>
  ({
    id: `command of ${procedure}`,
    procedure,
    input,
    state,
    subject: null,
    createdAt: 0,
    attempts: 0,
    failure: null,
  }) as Command
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

const three = [row('a', 0), row('b', 1), row('c', 2)]

test('a row that is on its way stands at the end of its list and says so', () => {
  const rows = expectedRows('types', three, [command('types.create', { name: 'Garantia', icon: 'wrench' })])
  expect(rows.at(-1)).toMatchObject({ name: 'Garantia', icon: 'wrench', position: 3, pending: true })
})

test('edits, archiving and a new order show before the server has answered', () => {
  const rows = expectedRows('types', three, [
    command('types.update', { id: 'b', changes: { name: 'Troca' } }),
    command('types.archive', { id: 'c' }),
    command('types.reorder', { ids: ['b', 'a'] }),
  ])
  expect(rows.map(({ name, archived }) => [name, archived])).toEqual([
    ['Troca', false],
    ['A', false],
    ['C', true],
  ])
})

test('a new order of some rows leaves the others in their places', () => {
  const rows = [row('a', 0), row('x', 1), row('b', 2)]
  expect(ids(expectedRows('statuses', rows, [command('statuses.reorder', { ids: ['b', 'a'] })]))).toEqual([
    'b',
    'x',
    'a',
  ])
})

test('a refused write and a write of another noun change nothing', () => {
  const queue = [command('types.archive', { id: 'a' }, 'refused'), command('tags.archive', { id: 'a' })]
  expect(expectedRows('types', three, queue)).toEqual(three)
})

test('a new row that the server already has is not shown twice', () => {
  const rows = [row('tier', 0)]
  expect(
    expectedRows('tiers', rows, [command('tiers.create', { id: 'tier', name: 'Ouro', weight: 50 })]),
  ).toEqual(rows)
})

test('the form sends only what it changed, and only what the noun has', () => {
  const before = toDraft(row('a', 0, { weight: 20, color: '#111111' }))
  const after = { ...before, weight: 25, kind: 'date' as const }
  expect(draftChanges(nouns.priorities, before, after)).toEqual({ weight: 25 })
  expect(draftChanges(nouns.types, blankDraft(), { ...blankDraft(), name: 'Troca' })).toEqual({
    name: 'Troca',
  })
})

test('a form offers only the options in use and keeps their keys', () => {
  const options = [
    { key: 'loja', name: 'Loja', archived: false },
    { key: 'fax', name: 'Fax', archived: true },
  ]
  expect(toDraft(row('a', 0, { options })).options).toEqual([{ key: 'loja', name: 'Loja' }])
})

test('a category may go anywhere but into itself or so deep that its branch would not fit', () => {
  const tree = [row('a', 0), row('b', 1, { parentId: 'a' }), row('c', 2, { parentId: 'b' }), row('d', 3)]
  expect(parentOptions(tree, 'a', 5).map(({ label }) => label)).toEqual(['D'])
  expect(parentOptions(tree, 'd', 5).map(({ label }) => label)).toEqual(['A', 'A › B', 'A › B › C'])
  expect(parentOptions(tree, 'b', 3).map(({ value }) => value)).toEqual(['a', 'd'])
  expect(parentOptions(tree, 'b', 2).map(({ value }) => value)).toEqual([])
})

const catalog: DeskCatalog = {
  types: [
    { id: 'a', key: null, name: 'A', icon: null, position: 0, archived: false },
    { id: 'b', key: null, name: 'B', icon: null, position: 1, archived: false },
  ],
  categories: [],
  statuses: [],
  priorities: [],
  tags: [],
  fields: [],
  matrix: {} as CatalogView['matrix'],
  agents: [],
  teams: [],
}

test("the server's answer takes the old row's place, so that the list never falls back", () => {
  const renamed = { id: 'b', key: null, name: 'Troca', icon: null, position: 1, archived: false }
  const made = { ...renamed, id: 'c', name: 'Novo', position: 2 }
  expect(withCatalogAnswer(catalog, 'types.update', renamed).types.map(({ name }) => name)).toEqual([
    'A',
    'Troca',
  ])
  expect(ids(withCatalogAnswer(catalog, 'types.create', made).types)).toEqual(['a', 'b', 'c'])
  expect(ids(withCatalogAnswer(catalog, 'types.reorder', { ids: ['b', 'a'] }).types)).toEqual(['b', 'a'])
  expect(withCatalogAnswer(catalog, 'tickets.update', renamed)).toBe(catalog)
})
