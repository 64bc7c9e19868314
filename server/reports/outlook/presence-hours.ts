import { weekdayOf, type LocalTime } from './local-time.ts'
import type { HolidayOf } from './day-counts.ts'

export interface PresenceChange {
  at: number
  agentId: string
  state: string
}

const HOUR_MS = 3_600_000
/** At hand for customers; whoever is away isn't. */
const atHand = new Set(['available', 'busy'])

/**
 * How many people were at hand in each hour of the week, on the average over the ordinary days from `from` to the one before `until`:
 * whoever said available or busy. Null before anybody's presence is known. `agentIds` null counts all.
 */
export function usualPresence(
  changes: readonly PresenceChange[],
  local: LocalTime,
  holidayOf: HolidayOf,
  { from, until, agentIds }: { from: number; until: number; agentIds: ReadonlySet<string> | null },
): { weeks: number; at: (weekday: number, hour: number) => number | null } {
  const counted = changes.filter(({ agentId }) => agentIds?.has(agentId) ?? true)
  const first = counted[0]
  // The first day on record is not a whole one.
  const start = Math.max(from, first ? local.dayOf(first.at) + 1 : until)
  const present = new Float64Array(7 * 24)
  const days = new Float64Array(7)
  for (let day = start; day < until; day += 1)
    if (holidayOf(day) === null) days[weekdayOf(day)] = (days[weekdayOf(day)] ?? 0) + 1
  for (const [begin, end] of stretchesOf(counted, local.startOf(until)))
    addStretch(Math.max(begin, local.startOf(start)), end)
  const weeks = Math.floor((until - start) / 7)
  return {
    weeks: Math.max(0, weeks),
    at(weekday, hour) {
      const seen = days[weekday] ?? 0
      return seen === 0 ? null : (present[weekday * 24 + hour] ?? 0) / (seen * HOUR_MS)
    },
  }

  function addStretch(begin: number, end: number): void {
    for (let at = begin; at < end;) {
      const next = Math.min(end, local.nextHourAt(at))
      const day = local.dayOf(at)
      const place = weekdayOf(day) * 24 + local.hourOf(at)
      if (holidayOf(day) === null) present[place] = (present[place] ?? 0) + next - at
      at = next
    }
  }
}

/** When each agent was at hand. */
function stretchesOf(changes: readonly PresenceChange[], until: number): [from: number, until: number][] {
  const since = new Map<string, number>()
  const stretches: [number, number][] = []
  for (const { at, agentId, state } of changes) {
    const begin = since.get(agentId)
    if (atHand.has(state)) {
      if (begin === undefined) since.set(agentId, at)
    } else if (begin !== undefined) {
      stretches.push([begin, at])
      since.delete(agentId)
    }
  }
  for (const begin of since.values()) stretches.push([begin, until])
  return stretches.filter(([begin, end]) => begin < end)
}
