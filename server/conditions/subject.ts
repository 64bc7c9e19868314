import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { conditionFields, ConditionField } from './contract.ts'

/** What each kind of field holds. Null is "not set". */
interface Held {
  text: string | null
  option: string | null
  row: string | null
  tags: readonly string[] | null
  instant: number | null
  number: number | null
  duration: number | null
  flag: 'yes' | 'no' | null
}

/**
 * What conditions are asked of, one record: rows by id (tags too), instants in milliseconds UTC, durations in minutes. What is
 * missing is not known: no condition on it holds, whatever it asks.
 */
export type Subject = {
  [Field in ConditionField]?: Held[(typeof conditionFields)[Field]['kind']] | undefined
}

/** What has just happened to a field: rows by id, tags by id or name. */
interface Change {
  from: unknown
  to: unknown
}

/** All that conditions may ask about. */
export interface Asked {
  subject: Subject
  /** Only fields that changed; a change from or to nothing has null there. */
  changes: Partial<Record<ConditionField, Change>>
  /** Milliseconds UTC; spans such as `-P7D` are counted from it. */
  now: number
  /** Whether a calendar is open at an instant. Without it no condition on calendars holds. */
  isOpen?(calendarId: string, at: number): boolean
}

/** What gives the names in conditions their meaning. */
export type ConditionNames = Pick<
  CatalogSnapshot,
  'statusByKey' | 'priorityByKey' | 'typeByKey' | 'categories' | 'tagByFold'
> & {
  /** Where keys of tiers are not resolved already. */
  tiers?: ReadonlyMap<string, { id: string; key: string | null }>
}
