/** For each field the version that last changed it; a field without one is as it was created. */
export type FieldVersions = Partial<Record<string, number>>

export interface EditPlan<Fields> {
  /** What really changes. */
  changed: Partial<Fields>
  /** Fields that somebody else changed to something else since. Nothing may be saved unless this is empty. */
  conflicts: (keyof Fields)[]
}

/**
 * Joins an edit made on an older version with what happened since: edits of different fields merge, and so do equal edits
 * of the same field.
 */
export function planEdit<Fields extends object>(
  current: { fields: Fields; version: number; fieldVersions: FieldVersions },
  madeOn: number,
  wanted: Partial<Fields>,
): EditPlan<Fields> {
  const plan: EditPlan<Fields> = { changed: {}, conflicts: [] }
  for (const field of Object.keys(wanted) as (keyof Fields & string)[]) {
    const value = wanted[field]
    if (value === undefined || isSame(value, current.fields[field])) continue
    // A version that does not exist yet was made on a store that is gone.
    const isStale = (current.fieldVersions[field] ?? 1) > madeOn || madeOn > current.version
    if (isStale) plan.conflicts.push(field)
    else plan.changed[field] = value
  }
  return plan
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
