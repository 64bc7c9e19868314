import { v7 } from 'uuid'
import type { Channel } from '../../server/tickets/filter.contract.ts'
import type { Random } from './random.ts'
import { writeTicket, type TicketText } from './text.ts'

/** How far a ticket has come. */
export type Ending = 'new' | 'open' | 'waiting' | 'hold' | 'resolved' | 'closed'

/**
 * A ticket as the bench tells it: somebody logs the request, a colleague notes something, and an answer goes out that also
 * sets the status (in a new ticket a second note stands in its place).
 */
export interface Story {
  id: string
  createdAt: number
  notedAt: number
  answeredAt: number
  requester: { id: string; name: string; tierId: string | null }
  channel: Channel
  typeId: string
  priority: { id: string; weight: number }
  teamId: string
  /** Null while nobody has taken it. */
  agentId: string | null
  /** Who logs, notes and answers. */
  writerId: string
  tagIds: string[]
  /** A date that was agreed on, in place of what the office promises to everybody. */
  manualDueAt: number | null
  ending: Ending
  text: TicketText
}

/** What stories choose from: rows of the store that is being filled. */
export interface Cast {
  teams: { id: string; agentIds: string[] }[]
  customers: { id: string; name: string; tierId: string | null }[]
  typeIds: string[]
  priorities: { id: string; weight: number }[]
  tagIds: string[]
}

const HOUR_MS = 3_600_000
/** How long the office has been at work, unless it is said. */
export const HISTORY_MS = 2 * 365 * 24 * HOUR_MS
/** Endings in which the promise of an end still runs. */
const openEndings: readonly Ending[] = ['new', 'open', 'open', 'hold']
const CHANNELS: readonly Channel[] = [
  'phone',
  'phone',
  'phone',
  'email',
  'email',
  'email',
  'portal',
  'chat',
  'manual',
]
/** One ticket in a hundred. */
const RARE_EVERY = 100

export interface Telling {
  /** How many stories there are; the last of them happens at `now`. */
  total: number
  now: number
  /** `few`: most have been told to the end. */
  open: 'few' | 'all'
  /** They came in over this time. */
  historyMs: number
}

/** The `index`th of all stories. */
export function tellStory(
  random: Random,
  cast: Cast,
  index: number,
  { total, now, open, historyMs }: Telling,
): Story {
  const age = (total - index) / total
  const createdAt = Math.floor(now - age * historyMs)
  const notedAt = createdAt + random.between(2, 40) * 60_000
  const answeredAt = notedAt + random.between(5, 600) * 60_000
  const teamIndex = random.below(cast.teams.length)
  const team = cast.teams[teamIndex]
  if (!team) throw new Error('A story needs a team.')
  const ending = open === 'all' ? random.pick(openEndings) : endingAt(random, age)
  const agentId = ending === 'new' && random.chance(0.6) ? null : random.pick(team.agentIds)
  return {
    id: v7({ msecs: createdAt }),
    createdAt,
    notedAt,
    answeredAt,
    requester: random.pick(cast.customers),
    channel: random.pick(CHANNELS),
    typeId: random.pick(cast.typeIds),
    priority: random.chance(0.6) ? normalOf(cast) : random.pick(cast.priorities),
    teamId: team.id,
    agentId,
    writerId: agentId ?? random.pick(team.agentIds),
    tagIds: random.sample(cast.tagIds, random.between(0, 2)).sort(),
    manualDueAt: manualDueAt(random, ending, createdAt, now),
    ending,
    text: writeTicket(random, teamIndex, index % RARE_EVERY === 0),
  }
}

/** One ticket in twenty is active: four in ten of the newest tenth, and a few that were left lying. */
function endingAt(random: Random, age: number): Ending {
  if (random.chance(age < 0.1 ? 0.4 : 0.011))
    return random.pick(['new', 'new', 'open', 'open', 'open', 'waiting', 'waiting', 'hold'])
  return age < 0.05 ? 'resolved' : random.pick(['closed', 'closed', 'closed', 'resolved'])
}

/** Every tenth has one, and none has to be warned of before the story ends. */
function manualDueAt(random: Random, ending: Ending, createdAt: number, now: number): number | null {
  if (!random.chance(0.1)) return null
  const isActive = ending !== 'resolved' && ending !== 'closed'
  return isActive
    ? now + random.between(30 * 24, 120 * 24) * HOUR_MS
    : createdAt + random.between(20 * 24, 40 * 24) * HOUR_MS
}

function normalOf({ priorities }: Cast) {
  const normal = priorities.find(({ weight }) => weight === 20) ?? priorities[0]
  if (!normal) throw new Error('A story needs a priority.')
  return normal
}
