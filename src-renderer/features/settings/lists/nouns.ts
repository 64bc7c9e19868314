import type { TeamView } from '../../../../server/access/contract.ts'
import type { FieldKind, FieldOption, StatusClass } from '../../../../server/catalog/contract.ts'
import type { TierView } from '../../../../server/customers/contract.ts'
import type { Command } from '../../../outbox/command.ts'
import { splitName } from '../../../outbox/procedures.ts'
import { reordered } from '../../../stores/catalog-answers.ts'

export const NOUNS = [
  'types',
  'categories',
  'statuses',
  'priorities',
  'tags',
  'fields',
  'teams',
  'tiers',
  'wrapUpCodes',
] as const
/** One kind of row that the office defines for itself. */
export type NounName = (typeof NOUNS)[number]

/** What a form of any noun holds; each noun uses its own fields. */
export interface NounDraft {
  name: string
  icon: string | null
  parentId: string | null
  class: StatusClass
  weight: number
  color: string
  /** When to choose a priority, and what to do then. */
  criteria: string
  procedure: string
  public: boolean
  kind: FieldKind
  options: { key?: string | undefined; name: string }[]
  /** A team's shift; null goes by each policy's hours. */
  calendarId: string | null
}

/** A row of any noun, as the lists of settings show it. */
export interface NounRow extends Omit<NounDraft, 'options'> {
  id: string
  /** Set on presets, whose name may change and whose meaning may not. */
  key: string | null
  options: FieldOption[]
  position: number
  archived: boolean
  /** On its way to the server. */
  pending: boolean
}

export interface Noun {
  name: NounName
  /** In the form's order. */
  fields: readonly (keyof NounDraft)[]
  /** Whether the office decides the order. */
  ordered: boolean
  /** How many levels rows may lie in one another. */
  levels: number
  /** What can't change any more once the row is there. */
  fixed: readonly (keyof NounDraft)[]
}

const noun = (
  name: NounName,
  fields: Noun['fields'],
  { ordered = true, levels = 1, fixed = [] }: Partial<Noun> = {},
): Noun => ({ name, fields, ordered, levels, fixed })

export const nouns: Record<NounName, Noun> = {
  types: noun('types', ['name', 'icon']),
  categories: noun('categories', ['name', 'parentId'], { levels: 5 }),
  statuses: noun('statuses', ['name', 'class']),
  priorities: noun('priorities', ['name', 'weight', 'color', 'criteria', 'procedure']),
  tags: noun('tags', ['name', 'color', 'public'], { ordered: false }),
  fields: noun('fields', ['name', 'kind', 'options'], { fixed: ['kind'] }),
  teams: noun('teams', ['name', 'calendarId']),
  tiers: noun('tiers', ['name', 'weight']),
  wrapUpCodes: noun('wrapUpCodes', ['name']),
}

export const FIELD_KINDS = [
  'text',
  'number',
  'date',
  'boolean',
  'select',
  'multiselect',
] as const satisfies readonly FieldKind[]

export const TAG_COLORS = [
  '#64748b',
  '#dc2626',
  '#c2410c',
  '#a16207',
  '#15803d',
  '#0f766e',
  '#2563eb',
  '#7c3aed',
  '#be185d',
]

export const blankDraft = (): NounDraft => ({
  name: '',
  icon: null,
  parentId: null,
  class: 'open',
  weight: 20,
  color: TAG_COLORS[6] ?? '#2563eb',
  criteria: '',
  procedure: '',
  public: false,
  kind: 'text',
  options: [],
  calendarId: null,
})

type AnyView = Partial<NounRow> &
  Pick<NounRow, 'id' | 'name'> &
  Partial<Pick<TeamView & TierView, 'archivedAt'>>

/** Brings the server's different views to one shape. */
export function toNounRow(view: AnyView): NounRow {
  const { archivedAt, ...given } = view
  return {
    ...blankDraft(),
    key: null,
    position: 0,
    pending: false,
    ...given,
    options: given.options ?? [],
    archived: given.archived ?? (archivedAt ?? null) !== null,
  }
}

export const toDraft = (row: NounRow): NounDraft => ({
  name: row.name,
  icon: row.icon,
  parentId: row.parentId,
  class: row.class,
  weight: row.weight,
  color: row.color,
  criteria: row.criteria,
  procedure: row.procedure,
  public: row.public,
  kind: row.kind,
  options: row.options.filter(({ archived }) => !archived).map(({ key, name }) => ({ key, name })),
  calendarId: row.calendarId,
})

/** What a form changed, of the fields that this noun has. */
export function draftChanges({ fields }: Noun, before: NounDraft, after: NounDraft): Partial<NounDraft> {
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  return Object.fromEntries(changed.map((field) => [field, after[field]]))
}

/** What the rows will be when the outbox is empty. */
export function expectedRows(noun: NounName, rows: readonly NounRow[], queue: readonly Command[]): NounRow[] {
  return queue
    .filter(({ procedure, state }) => state !== 'refused' && procedure.startsWith(`${noun}.`))
    .reduce<NounRow[]>(withCommand, [...rows])
}

function withCommand(rows: NounRow[], { id: commandId, procedure, input }: Command): NounRow[] {
  const { verb } = splitName(procedure)
  const { id, changes, ids, ...created } = input as Partial<NounDraft> & {
    id?: string
    changes?: Partial<NounDraft> & { position?: number }
    ids?: string[]
  }
  if (verb === 'reorder') return reordered(rows, ids ?? [])
  if (verb === 'create') {
    const row = toNounRow({
      ...created,
      id: id ?? commandId,
      name: created.name ?? '',
      options: toOptions(created.options),
    })
    const last = Math.max(-1, ...rows.map(({ position }) => position))
    return rows.some((each) => each.id === row.id)
      ? rows
      : [...rows, { ...row, position: last + 1, pending: true }]
  }
  const edit = (row: NounRow): NounRow => {
    if (verb === 'archive' || verb === 'restore')
      return { ...row, archived: verb === 'archive', pending: true }
    const options = changes?.options ? toOptions(changes.options) : row.options
    return { ...row, ...changes, options, pending: true }
  }
  return rows.map((row) => (row.id === id ? edit(row) : row)).sort((a, b) => a.position - b.position)
}

const toOptions = (options: NounDraft['options'] = []): FieldOption[] =>
  options.map(({ key, name }) => ({ key: key ?? name, name, archived: false }))
