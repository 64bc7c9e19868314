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

/** The versions after `changes` were made by the edit that brought the ticket to `version`. */
export function touch(versions: FieldVersions, changes: FieldChanges, version: number): FieldVersions {
  return { ...versions, ...Object.fromEntries(Object.keys(changes).map((field) => [field, version])) }
}

function differences(current: TicketState, wanted: Partial<TicketState>): FieldChanges {
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
