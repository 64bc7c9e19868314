/** The server counts a view's tickets no further than this. */
export const COUNT_LIMIT = 1_000

/** A queue's number, as it stands beside its name. */
export const countText = (count: number): string => (count >= COUNT_LIMIT ? '999+' : String(count))
