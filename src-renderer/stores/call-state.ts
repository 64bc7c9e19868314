import type { CallPop, CallRole } from '../../server/phone/contract.ts'

/** What presses most stands first: the phone rings. */
const ORDER: readonly CallRole[] = ['rings', 'talking', 'wrapUp', 'unclaimed']

/** How a call stands with its reader: what was put away comes back when this changes. */
export const standingKey = ({ id, role }: Pick<CallPop, 'id' | 'role'>): string => `${id} ${role ?? ''}`

/** The calls to be shown, what rings first; among those that stand alike the server's order holds. */
export function shownCalls(known: readonly CallPop[], putAway: ReadonlySet<string>): CallPop[] {
  const rank = ({ role }: CallPop) => (role === null ? ORDER.length : ORDER.indexOf(role))
  return known
    .filter((call) => call.role !== null && !putAway.has(standingKey(call)))
    .toSorted((a, b) => rank(a) - rank(b))
}

/** With the server's newer word on one of them; a call that is nobody's matter any more goes. */
export const withCall = (known: readonly CallPop[], call: CallPop): CallPop[] =>
  known.map((each) => (each.id === call.id ? call : each)).filter(({ role }) => role !== null)

/** In how many milliseconds the first wrap-up runs out, which no event tells; null when none does. */
export function nextLookMs(known: readonly CallPop[], now: number): number | null {
  const waits = known.flatMap(({ wrapUpUntil }) => (wrapUpUntil ? [Date.parse(wrapUpUntil) - now] : []))
  return waits.length > 0 ? Math.max(0, Math.min(...waits)) : null
}
