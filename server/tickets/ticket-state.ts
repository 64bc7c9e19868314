import type { FieldValues, Level } from '../catalog/contract.ts'

/** The part of a ticket that people change, with every reference resolved to an id. */
export interface TicketState {
  subject: string
  requesterId: string
  typeId: string | null
  categoryId: string | null
  statusId: string
  priorityId: string
  urgency: Level | null
  impact: Level | null
  teamId: string | null
  agentId: string | null
  /** What a person set, in milliseconds UTC; not the deadline that the promises make of it. */
  dueAt: number | null
  dueReason: string | null
  /** Ids, sorted. */
  tagIds: readonly string[]
  fields: Readonly<FieldValues>
}

/** The version at which each field last changed. Custom fields stand under `fields.<key>`. */
export type FieldVersions = Readonly<Record<string, number>>

/** What happened to each field that really changed, as the history keeps it. */
export type FieldChanges = Record<string, { from: unknown; to: unknown }>

export type StatePlan =
  | { outcome: 'unchanged' }
  | { outcome: 'conflict'; fields: string[] }
  | { outcome: 'changed'; state: TicketState; changes: FieldChanges }

/**
 * Decides an edit that was made on `madeOn`, perhaps while others edited too. Fields that nobody else touched since merge;
 * one that was changed since to something else is a conflict, and then nothing of the edit is applied.
 */
export function planChanges(
  current: TicketState,
  versions: FieldVersions,
  wanted: Partial<TicketState>,
  madeOn: number,
): StatePlan {
  const changes = differences(current, wanted)
  const fields = Object.keys(changes).filter((field) => (versions[field] ?? 1) > madeOn)
  if (fields.length > 0) return { outcome: 'conflict', fields }
  if (Object.keys(changes).length === 0) return { outcome: 'unchanged' }
  return { outcome: 'changed', state: { ...current, ...wanted }, changes }
}

/** What two edits, one after the other, came to; what the second took back is no change. */
export function combineChanges(first: FieldChanges, second: FieldChanges): FieldChanges {
  const further = Object.entries(second).map(([field, { from, to }]) => {
    const began = first[field]
    return [field, { from: began ? began.from : from, to }] as const
  })
  const sum = Object.entries({ ...first, ...Object.fromEntries(further) })
  return Object.fromEntries(sum.filter(([, { from, to }]) => !same(from, to)))
}

/** What became of the fields by several changes one after another; what came back to where it was is no change. */
export function joinChanges(...steps: readonly FieldChanges[]): FieldChanges {
  const joined: FieldChanges = {}
  for (const step of steps)
    for (const [field, { from, to }] of Object.entries(step))
      joined[field] = { from: joined[field] ? joined[field].from : from, to }
  return Object.fromEntries(Object.entries(joined).filter(([, { from, to }]) => !same(from, to)))
}

/** The versions after `changes` were made by the edit that brought the ticket to `version`. */
export function touch(versions: FieldVersions, changes: FieldChanges, version: number): FieldVersions {
  return { ...versions, ...Object.fromEntries(Object.keys(changes).map((field) => [field, version])) }
}

/** Of what is wanted, only what is not so already. */
export function differences(
  current: Partial<TicketState> & Pick<TicketState, 'fields'>,
  wanted: Partial<TicketState>,
): FieldChanges {
  const changes: FieldChanges = {}
  for (const field of Object.keys(wanted) as (keyof TicketState)[]) {
    if (wanted[field] === undefined || field === 'fields') continue
    if (!same(current[field], wanted[field])) changes[field] = { from: current[field], to: wanted[field] }
  }
  // Each custom field is a field of its own: two people filling different ones must not collide.
  for (const key of new Set([
    ...Object.keys(current.fields),
    ...Object.keys(wanted.fields ?? current.fields),
  ])) {
    const [from, to] = [fieldIn(current.fields, key), fieldIn(wanted.fields ?? current.fields, key)]
    if (!same(from, to)) changes[`fields.${key}`] = { from, to }
  }
  return changes
}

/** Null when it is not set; a field may well be called `constructor`. */
const fieldIn = (fields: Readonly<FieldValues>, key: string) =>
  Object.hasOwn(fields, key) ? (fields[key] ?? null) : null

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)
