/** A day: whoever waits longer may as well never be told. */
const MOST = 1_440

/** Minutes as they were typed; null for nothing, which is "never"; undefined for what is no number of minutes up to a day. */
export function minutesOf(text: string): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  if (!/^\d{1,4}$/.test(typed)) return undefined
  const minutes = Number(typed)
  return minutes >= 1 && minutes <= MOST ? minutes : undefined
}

export const minutesText = (minutes: number | null): string => (minutes === null ? '' : String(minutes))
