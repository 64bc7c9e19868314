/** The rules by which a list follows what happens without moving under anybody's hand. Pure; ids only. */

export interface ListState {
  /** The rows, in the order they were given. It changes only when the user asks, or when their own act takes a row away. */
  ids: readonly string[]
  /** Tickets that belong into the shown part by now, waiting to be let in. */
  arrivals: readonly string[]
  /** Rows that have moved elsewhere or left the list; still in their places. */
  departed: readonly string[]
  nextCursor: string | null
}

export const emptyList: ListState = { ids: [], arrivals: [], departed: [], nextCursor: null }

export interface Page {
  ids: readonly string[]
  nextCursor: string | null
}

/** The list as the server gives it. */
export const adopted = ({ ids, nextCursor }: Page): ListState => ({
  ids,
  arrivals: [],
  departed: [],
  nextCursor,
})

/** The list with the next page at its end. A ticket that moved while paging stays where it was first seen. */
export function extended(state: ListState, page: Page): ListState {
  const known = new Set(state.ids)
  const ids = [...state.ids, ...page.ids.filter((id) => !known.has(id))]
  return { ...state, ids, arrivals: without(state.arrivals, new Set(ids)), nextCursor: page.nextCursor }
}

export interface Comparison {
  /** What the server now has in the place of the first `limit` rows. */
  window: readonly string[]
  limit: number
  /** Tickets that something happened to since the list was adopted; others that differ were only pushed. */
  touched: ReadonlySet<string>
  /** Those of them that this agent changed here. */
  own: ReadonlySet<string>
}

/** Finds what came and what went. */
export function compared(state: ListState, { window, limit, touched, own }: Comparison): ListState {
  const shown = new Set(state.ids)
  const now = new Set(window)
  // Deeper rows than were asked for are missing for no other reason.
  const missing = state.ids.filter((id, index) => touched.has(id) && !now.has(id) && index < limit)
  const removed = new Set(missing.filter((id) => own.has(id)))
  return {
    ...state,
    ids: without(state.ids, removed),
    arrivals: window.filter((id) => touched.has(id) && !shown.has(id)),
    departed: without(missing, removed),
  }
}

const without = (ids: readonly string[], some: ReadonlySet<string>) => ids.filter((id) => !some.has(id))
