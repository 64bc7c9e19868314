import type { AlertView } from '../../../server/alerts/contract.ts'

/** As many as fit beside the work. */
const CARDS = 3
/** After so long in sight a card goes to the bell. */
const COLLAPSE_MS = 30_000

/** How long each alert's card has been in sight at its level, in milliseconds. */
export type CardAges = Readonly<Record<string, number>>

interface Cards {
  /** In the order to stand, top first. */
  ids: string[]
  /** How many more want a card. */
  more: number
}

const keyOf = ({ id, level }: AlertView): string => `${id} ${level}`

/** Whether a card may go to the bell by itself: an urgent one only from over what somebody works on, until they leave it. */
export const gives = ({ severity }: AlertView, isAtWork: boolean): boolean =>
  severity !== 'urgent' || isAtWork

/** The alerts that want a card: those that give way until they have been in sight long enough, the others until they are quiet. */
export function wantCard(calling: readonly AlertView[], ages: CardAges, isAtWork: boolean): AlertView[] {
  return calling.filter((alert) => !gives(alert, isAtWork) || (ages[keyOf(alert)] ?? 0) < COLLAPSE_MS)
}

/**
 * What stands in the corner. While a hand is on it (`held`), every card stays in its place, even one that has fallen silent, and what
 * comes goes below: nobody shall press a button of the card that was there a moment ago. Once none is left to press, all go.
 */
export function nextCards(
  before: readonly string[],
  wanted: readonly string[],
  { held, limit = CARDS }: { held: boolean; limit?: number },
): Cards {
  const stay = held && wanted.length > 0 ? before : []
  const ids = [...stay, ...wanted.filter((id) => !stay.includes(id))].slice(0, Math.max(limit, stay.length))
  return { ids, more: wanted.filter((id) => !ids.includes(id)).length }
}

/** The ages after `passedMs` more with `shown` in sight. Alerts that call no longer are forgotten, so that they come back as new. */
export function aged(
  ages: CardAges,
  calling: readonly AlertView[],
  shown: readonly string[],
  passedMs: number,
): CardAges {
  const known = calling.flatMap((alert): [string, number][] => {
    const age = (ages[keyOf(alert)] ?? 0) + (shown.includes(alert.id) ? passedMs : 0)
    return age > 0 ? [[keyOf(alert), age]] : []
  })
  return Object.fromEntries(known)
}

/** An alert that has left the list while it was held in its place: somebody settled it, by whom we no longer hear. */
export function settled(alert: AlertView | undefined, nowMs: number): AlertView | [] {
  if (!alert) return []
  return alert.acknowledgedAt === null ? { ...alert, acknowledgedAt: new Date(nowMs).toISOString() } : alert
}
