import { foldName } from '../catalog/fold-name.ts'
import type { Locale } from '../settings/contract.ts'
import type { Because, Hindrance, Hindrances, PresenceState, Skill, Strategy } from './contract.ts'

/** Somebody who works here, as far as giving out tickets asks. */
export interface Candidate {
  id: string
  receives: boolean
  state: PresenceState
  teamIds: readonly string[]
  /** Sees tickets of every team. */
  seesAll: boolean
  capacity: number
  load: number
  /** The limit of the ticket's channel, and how much of it is taken; null without one. */
  channel: { capacity: number; load: number } | null
  /** By folded name. */
  skills: ReadonlyMap<string, number>
  languages: readonly Locale[]
  tierIds: readonly string[]
  /** Grows with each ticket given; 0 is never. */
  turn: number
}

/** What a ticket asks of whoever takes it. */
export interface Need {
  strategy: Strategy
  /** Among whom; null is everybody. */
  teamId: string | null
  /** The team in whose queue the ticket is, which they must see. */
  ticketTeamId: string | null
  skills: readonly Skill[]
  language: Locale | null
  /** Those who look after this tier come first. */
  tierId: string | null
  /** Comes first while on duty. */
  lastAgentId: string | null
  /** Who has refused it or let its offer pass, and when (milliseconds UTC). */
  refusals: ReadonlyMap<string, number>
}

export type Choice =
  | { agentId: string; because: Because }
  /** `nobody`: there is none on duty who could, free or not. */
  | { agentId: null; because: Hindrances; nobody: boolean }

const MINUTE_MS = 60_000
/** So long whoever refused a ticket is not asked for it again while others could take it … */
export const REFUSAL_HOLDS_MS = 15 * MINUTE_MS
/** … and so long when there is nobody else. */
export const REFUSAL_ALONE_MS = MINUTE_MS

/** Decides who takes a ticket at `now`, and says why, or why nobody does. */
export function chooseAgent(need: Need, candidates: readonly Candidate[], now: number): Choice {
  const because: Hindrances = {}
  const held = (hindrance: Hindrance | null) => {
    if (hindrance) because[hindrance] = (because[hindrance] ?? 0) + 1
    return hindrance !== null
  }
  const eligible = candidates.filter((each) => !held(hindranceOf(need, each)))
  const refusedSince = (id: string, span: number) => now - (need.refusals.get(id) ?? -Infinity) < span
  const hasOthers = eligible.some(({ id }) => !refusedSince(id, REFUSAL_HOLDS_MS))
  const span = hasOthers ? REFUSAL_HOLDS_MS : REFUSAL_ALONE_MS
  const free = eligible.filter((each) => !held(refusedSince(each.id, span) ? 'refused' : fullness(each)))
  const first = free.length > 0 ? firstOf(need, free) : undefined
  return first ?? { agentId: null, because, nobody: eligible.length === 0 }
}

/** What keeps somebody from taking the ticket, however free they are. */
function hindranceOf(need: Need, { teamIds, ...candidate }: Candidate): Hindrance | null {
  const { ticketTeamId } = need
  if (!candidate.receives) return 'notReceiving'
  if (need.teamId !== null && !teamIds.includes(need.teamId)) return 'notInTeam'
  if (ticketTeamId !== null && !candidate.seesAll && !teamIds.includes(ticketTeamId)) return 'cannotSee'
  if (need.skills.some(({ name, level }) => levelOf(candidate, name) < level)) return 'unskilled'
  if (need.language !== null && !candidate.languages.includes(need.language)) return 'foreign'
  return candidate.state === 'available' ? null : 'offDuty'
}

function fullness({ load, capacity, channel }: Candidate): Hindrance | null {
  if (load >= capacity) return 'full'
  return channel && channel.load >= channel.capacity ? 'channelFull' : null
}

function firstOf(need: Need, free: readonly Candidate[]): Choice {
  const lastAgent = free.find(({ id }) => id === need.lastAgentId)
  if (lastAgent) return chosen(lastAgent, 'lastAgent')
  const { tierId } = need
  const keepers = tierId === null ? [] : free.filter(({ tierIds }) => tierIds.includes(tierId))
  const preferred = keepers.length > 0 ? keepers : free
  const first = preferred.toSorted(orders[need.strategy](need))[0] as Candidate
  if (free.length === 1) return chosen(first, 'alone')
  return chosen(first, keepers.length > 0 ? 'tier' : need.strategy)
}

const chosen = ({ id, load, capacity }: Candidate, why: Because['why']): Choice => ({
  agentId: id,
  because: { why, load, capacity },
})

type Order = (one: Candidate, other: Candidate) => number

const byTurn: Order = (one, other) => one.turn - other.turn || (one.id < other.id ? -1 : 1)
/** By share, not by number: whoever can take two and has one is freer than who can take ten and has eight. */
const byLoad: Order = (one, other) =>
  one.load * other.capacity - other.load * one.capacity || byTurn(one, other)

const orders: Record<Strategy, (need: Need) => Order> = {
  leastLoaded: () => byLoad,
  roundRobin: () => byTurn,
  mostSkilled: (need) => (one, other) => surplus(need, other) - surplus(need, one) || byLoad(one, other),
}

/** How far somebody's skills go beyond what is asked. */
const surplus = ({ skills }: Need, candidate: Candidate): number =>
  skills.reduce((sum, { name, level }) => sum + levelOf(candidate, name) - level, 0)

const levelOf = ({ skills }: Pick<Candidate, 'skills'>, name: string): number =>
  skills.get(foldName(name)) ?? 0
