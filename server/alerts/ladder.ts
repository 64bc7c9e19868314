import { rungs, type LadderSettings, type Rung } from './ladder.contract.ts'

const MINUTE_MS = 60_000
/** So long a person whose screens are blocked, or who isn't there, is waited for before the next rung is taken early. */
export const PATIENCE_MS = MINUTE_MS

/** How far an alert has climbed. Instants are UTC milliseconds. */
export interface Standing {
  /** The last rung that was taken, counted from 1; 0 is whom it was raised to. */
  rung: number
  /** The rungs that the ladder may take; the source of the alert climbs the others itself. */
  ladder: readonly Rung[]
  /** When it was first told, being urgent. */
  calledAt: number
  /** When it was last told. */
  spokeAt: number
}

export interface Reach {
  /** Whether anybody of those told can have noticed it; see {@link isReached}. */
  isReached: boolean
  /** Of each rung, who belongs to it and is at work. */
  present: Readonly<Record<Rung, readonly string[]>>
  /** Of each rung, all who belong to it. */
  all: Readonly<Record<Rung, readonly string[]>>
}

export interface Climb {
  /** The rung that is reached by it. */
  rung: number
  /** Who joins, some of whom may have been told before. */
  joins: string[]
  /** `unreached`: before its time, because nobody who was told can have noticed. */
  because: 'unacknowledged' | 'unreached'
}

export interface ClimbPlan {
  climb: Climb | null
  /** When to look again; null: never by itself. */
  lookAt: number | null
}

/**
 * Decides what an open urgent alert's ladder does at `now`. Each rung has its time, counted from when the alert was first told; whoever was
 * told is waited for until then. The next rung with somebody at work is taken at once when a minute after the last word nobody who was
 * told can have noticed it. Rungs that were missed together are taken together: late is once. A rung with nobody at work gives way to
 * the next.
 */
export function planClimb(
  standing: Standing,
  settings: LadderSettings,
  reach: Reach,
  now: number,
): ClimbPlan {
  const ahead = rungsAhead(standing, settings)
  const dueCount = ahead.filter(({ dueAt }) => dueAt <= now).length
  const isBlind = !reach.isReached && now >= standing.spokeAt + PATIENCE_MS
  const firstThere = ahead.findIndex(({ rung }) => reach.present[rung].length > 0)
  // A due rung in an empty room gives way upwards; when every room is empty, each at its own time is as good.
  const isEmpty = dueCount > 0 && firstThere >= dueCount
  const count = Math.max(dueCount, (isBlind || isEmpty) && firstThere >= 0 ? firstThere + 1 : 0)
  const taken = ahead.slice(0, count)
  const last = taken.at(-1)
  if (!last) return { climb: null, lookAt: nextLook(ahead, standing, now) }
  const present = taken.flatMap(({ rung }) => joining(rung, reach))
  const joins = present.length > 0 ? present : taken.flatMap(({ rung }) => reach.all[rung])
  return {
    climb: {
      rung: last.place,
      joins: [...new Set(joins)],
      because: dueCount === 0 ? 'unreached' : 'unacknowledged',
    },
    lookAt: nextLook(ahead.slice(count), { ...standing, spokeAt: now }, now),
  }
}

/** Those who oversee the desk are told wherever they are; of a team, those at work. */
const joining = (rung: Rung, { present, all }: Reach) => (rung === 'supervisors' ? all[rung] : present[rung])

interface RungAhead {
  rung: Rung
  place: number
  dueAt: number
}

function rungsAhead({ rung: reached, ladder, calledAt }: Standing, settings: LadderSettings): RungAhead[] {
  const minutesOf: Record<Rung, number | null> = {
    team: settings.teamMinutes,
    supervisors: settings.supervisorMinutes,
  }
  return rungs.flatMap((rung, index) => {
    const minutes = minutesOf[rung]
    const place = index + 1
    if (place <= reached || minutes === null || !ladder.includes(rung)) return []
    return [{ rung, place, dueAt: calledAt + minutes * MINUTE_MS }]
  })
}

function nextLook(ahead: readonly RungAhead[], { spokeAt }: Standing, now: number): number | null {
  const [next] = ahead
  if (!next) return null
  const blindAt = spokeAt + PATIENCE_MS
  return blindAt > now ? Math.min(blindAt, next.dueAt) : next.dueAt
}

/**
 * Whether somebody who was told can have noticed: they looked at it, or they are at work and not every report of their computers says
 * that it could not be shown. Who has only a browser open reports nothing, and counts.
 */
export function isReached(person: {
  hasSeen: boolean
  isAtWork: boolean
  /** What their computers said of this alert: whether it was withheld from them. */
  withheld: readonly boolean[]
}): boolean {
  if (person.hasSeen) return true
  const isBlocked = person.withheld.length > 0 && person.withheld.every(Boolean)
  return person.isAtWork && !isBlocked
}
