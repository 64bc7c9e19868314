import type { FieldChanges } from '../../tickets/ticket-state.ts'
import type { PastState } from './history.ts'

/** What a ticket would have been had a rule changed it, beside what it was: the rule's word holds until somebody sets the same. */
export class Overlay {
  #real: PastState
  #state: PastState | undefined
  #set: Partial<Record<string, unknown>> = {}
  #added = new Set<string>()
  #removed = new Set<string>()

  constructor(first: PastState) {
    this.#real = first
  }

  get state(): PastState {
    return (this.#state ??= this.#merged())
  }

  #merged(): PastState {
    const { tagIds } = this.#real
    const tags =
      this.#added.size + this.#removed.size === 0
        ? tagIds
        : [...new Set([...tagIds, ...this.#added])].filter((id) => !this.#removed.has(id)).sort()
    return { ...this.#real, ...this.#set, tagIds: tags }
  }

  /** What really became of the ticket next. Returns what that would have changed here. */
  happened(changes: FieldChanges): FieldChanges {
    const before = this.state
    this.#state = undefined
    for (const [field, { from, to }] of Object.entries(changes)) {
      if (!(field in this.#real)) continue
      this.#real = { ...this.#real, [field]: to }
      if (field === 'tagIds') this.#tagged(asIds(from), asIds(to))
      else Reflect.deleteProperty(this.#set, field)
    }
    return differences(before, this.state, changes)
  }

  /** What the rule would have changed. */
  acted(changes: FieldChanges): void {
    this.#state = undefined
    for (const [field, { from, to }] of Object.entries(changes)) {
      if (field !== 'tagIds') {
        this.#set[field] = to
        continue
      }
      const [before, after] = [asIds(from), asIds(to)]
      for (const id of after) if (!before.includes(id)) this.#put(id, this.#added, this.#removed)
      for (const id of before) if (!after.includes(id)) this.#put(id, this.#removed, this.#added)
    }
  }

  /** Whoever puts a tag on, or takes one off, says nothing of the others. */
  #tagged(before: readonly string[], after: readonly string[]): void {
    for (const id of after) if (!before.includes(id)) this.#removed.delete(id)
    for (const id of before) if (!after.includes(id)) this.#added.delete(id)
  }

  #put(id: string, into: Set<string>, outOf: Set<string>): void {
    outOf.delete(id)
    into.add(id)
  }
}

const asIds = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])

/** Of what changed, only what is another value now; what is not followed here, as it is. */
function differences(before: PastState, after: PastState, changes: FieldChanges): FieldChanges {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([field, change]) => {
      if (!(field in after)) return [[field, change] as const]
      const [from, to] = [before[field as keyof PastState], after[field as keyof PastState]]
      return JSON.stringify(from) === JSON.stringify(to) ? [] : [[field, { from, to }] as const]
    }),
  )
}
