/** What is selected in a list, and the row from which a range reaches. */
export interface Selection {
  ids: ReadonlySet<string>
  anchor: string | null
}

export const noSelection: Selection = { ids: new Set(), anchor: null }

export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** Adds everything between the anchor and `id`, in the list's order; without an anchor in the list, only `id`. */
export function extendTo({ ids, anchor }: Selection, id: string, order: readonly string[]): Selection {
  const to = order.indexOf(id)
  if (to < 0) return { ids, anchor }
  const from = anchor === null ? -1 : order.indexOf(anchor)
  const range = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...ids, ...range]), anchor: from < 0 ? id : anchor }
}

/** Without the rows that have left the list: nobody shall change what they can't see. */
export function within(selection: Selection, order: readonly string[]): Selection {
  const shown = new Set(order)
  const ids = [...selection.ids].filter((id) => shown.has(id))
  if (ids.length === selection.ids.size) return selection
  const anchor = selection.anchor !== null && shown.has(selection.anchor) ? selection.anchor : null
  return { ids: new Set(ids), anchor }
}

/**
 * Where the keyboard's mark goes when its row has left the list: to the nearest row before it, so that "next" leads to the one that
 * took its place. Null is the place before the first row.
 */
export function markAfterLoss(
  before: readonly string[],
  order: readonly string[],
  lost: string,
): string | null {
  const shown = new Set(order)
  return before.slice(0, Math.max(0, before.indexOf(lost))).findLast((id) => shown.has(id)) ?? null
}
