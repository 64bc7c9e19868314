/** Whether what should reach the desk by itself still does: the telephone exchanges that report calls. */
import type { BusinessTime } from '../sla/calendar.ts'
import type { Ask } from '../store/consistent-reader.ts'
import type { IntakeLight } from './contract.ts'
import type { PhoneFigures } from './desk-rows.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
/** Looked back on to know what is usual. */
const LEARNT_FROM_MS = 14 * DAY_MS
/** Fewer pauses between calls tell nothing yet. */
const ENOUGH_PAUSES = 20
const UNTIL_LEARNT_MS = 4 * HOUR_MS
const LEAST_MS = HOUR_MS / 2
/** A pause is not alarming for being the longest by a little. */
const MARGIN = 2

/** By key, after how much open time without a word an exchange is quiet: twice the longest pause but one of a hundred. */
export function readPatience(ask: Ask, time: BusinessTime, now: number): ReadonlyMap<string, number> {
  const calls = ask<{ source: string; startedAt: number }>(
    `SELECT source, startedAt FROM call WHERE startedAt >= ? AND isTest = 0 AND source LIKE 'key:%' ORDER BY startedAt`,
    now - LEARNT_FROM_MS,
  )
  const bySource = Map.groupBy(calls, ({ source }) => source.slice('key:'.length))
  return new Map([...bySource].map(([id, heard]) => [id, patienceOf(heard, time)]))
}

function patienceOf(heard: readonly { startedAt: number }[], time: BusinessTime): number {
  const pauses = heard
    .slice(1)
    .map(({ startedAt }, index) => time.between(heard[index]?.startedAt ?? startedAt, startedAt))
  if (pauses.length < ENOUGH_PAUSES) return UNTIL_LEARNT_MS
  const longest = pauses.toSorted((a, b) => a - b)[Math.ceil(0.99 * pauses.length) - 1] ?? 0
  return Math.max(LEAST_MS, MARGIN * longest)
}

/** One light for each exchange that may report; a dark one when none may. */
export function intakeLights(
  phones: readonly PhoneFigures[],
  { time, patience, now }: { time: BusinessTime; patience: ReadonlyMap<string, number>; now: number },
): IntakeLight[] {
  const inUse = phones.filter(({ isRevoked }) => isRevoked === 0)
  if (inUse.length === 0) {
    const heard = phones.flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    return [
      { kind: 'phone', name: '', state: 'off', lastAt: heard.length > 0 ? toIso(Math.max(...heard)) : null },
    ]
  }
  return inUse.map(({ id, name, lastUsedAt, createdAt }) => {
    const silent = time.between(lastUsedAt ?? createdAt, now)
    const isQuiet = time.isOpen(now) && silent > (patience.get(id) ?? UNTIL_LEARNT_MS)
    return {
      ...{ kind: 'phone', name, state: isQuiet ? 'quiet' : 'working' },
      lastAt: lastUsedAt === null ? null : toIso(lastUsedAt),
    }
  })
}

const toIso = (at: number) => new Date(at).toISOString()
