/**
 * What has been told of a call, and what follows from it. Pure.
 *
 * Exchanges send events late, twice and in any order, and leave some out. So nothing is computed from the event at hand: it is put to
 * what was told before, which keeps of each kind of event at each phone only when it was told of first and last. Putting together
 * is commutative and idempotent, so the order of arrival can't matter, and the state is read from the whole each time.
 */
import type { CallDirection, CallEvent, CallState } from './contract.ts'

/** `assumed` is the desk's own: nothing was heard for so long that the call must be over. */
type Told = CallEvent | 'assumed'
/** First and last; milliseconds UTC. */
type Span = readonly [first: number, last: number]
/** By kind of event, then by phone: an extension, {@link ownLine} of an agent without one, or '' where none was named. */
export type CallFacts = Partial<Record<Told, Readonly<Record<string, Span>>>>

export interface Fact {
  event: Told
  line: string
  at: number
}

/** The phone of an agent who has no extension. */
export const ownLine = (agentId: string): string => `agent:${agentId}`
export const extensionOf = (line: string | null): string | null =>
  line === null || line === '' || line.startsWith('agent:') ? null : line

export interface CallShape {
  state: CallState
  /** The phone that has the call, or had it last. */
  holder: string | null
  /** The phones that it rings at now. */
  ringing: string[]
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  isEndAssumed: boolean
}

export function withFact(facts: CallFacts, { event, line, at }: Fact): CallFacts {
  const lines = facts[event] ?? {}
  const [first, last] = lines[line] ?? [at, at]
  return { ...facts, [event]: { ...lines, [line]: [Math.min(first, at), Math.max(last, at)] } }
}

/** How the call stands. At least one fact must have been told. */
export function shapeOf(facts: CallFacts, direction: CallDirection): CallShape {
  const spans = spansOf(facts)
  const answers = Object.entries(facts.answered ?? {})
  const isAnswered = answers.length > 0
  const holder = holderOf(facts) ?? callerOf(facts, direction)
  const end = isAnswered ? endAnswered(facts, holder) : endUnanswered(facts)
  const lastHeard = Math.max(...spans.map(([, [, last]]) => last))
  const assumedAt = facts.assumed?.['']?.[1]
  const isEndAssumed = end === null && assumedAt !== undefined && assumedAt >= lastHeard
  const startedAt = Math.min(...spans.map(([, [first]]) => first))
  const isOver = end !== null || isEndAssumed
  const ringing = isOver || isAnswered ? [] : ringingLines(facts)
  return {
    state: stateOf(isOver, isAnswered, direction),
    holder,
    ringing,
    startedAt,
    answeredAt: isAnswered ? Math.min(...answers.map(([, [first]]) => first)) : null,
    endedAt: isOver ? Math.max(startedAt, end ?? lastHeard) : null,
    isEndAssumed,
  }
}

/** It goes on, and every phone named so far is nobody's here. `agents` are those who sit at the phones, by phone. */
export function isUnclaimed(
  { state }: Pick<CallShape, 'state'>,
  direction: CallDirection,
  agents: ReadonlyMap<string, string | null>,
): boolean {
  if (state !== 'ringing' && state !== 'answered') return false
  // Who calls out from a phone that is nobody's here is not helped by a claim.
  return direction === 'out' ? agents.size === 0 : agents.values().every((agentId) => agentId === null)
}

function stateOf(isOver: boolean, isAnswered: boolean, direction: CallDirection): CallState {
  if (!isOver) return isAnswered ? 'answered' : 'ringing'
  return isAnswered || direction === 'out' ? 'ended' : 'missed'
}

const spansOf = (facts: CallFacts): [string, Span][] =>
  Object.entries(facts).flatMap(([event, lines]) =>
    event === 'assumed' ? [] : Object.entries(lines).map(([line, span]): [string, Span] => [line, span]),
  )

const namedLines = (facts: CallFacts): string[] => [
  ...new Set(spansOf(facts).flatMap(([line]) => (line === '' ? [] : [line]))),
]

/** Whoever answered or was given the call last. Repeated answers count where they were first, a transfer back and forth where it was last. */
function holderOf(facts: CallFacts): string | null {
  const answers = Object.entries(facts.answered ?? {}).map(([line, [first]]) => ({
    line,
    at: first,
    rank: 1,
  }))
  const transfers = Object.entries(facts.transferred ?? {}).map(([line, [, last]]) => ({
    line,
    at: last,
    rank: 0,
  }))
  const latest = [...answers, ...transfers]
    .filter(({ line }) => line !== '')
    .toSorted((a, b) => b.at - a.at || b.rank - a.rank || (a.line < b.line ? -1 : 1))[0]
  if (latest) return latest.line
  const lines = namedLines(facts)
  // Answered, it was not said where: plain when it can be one phone only.
  return facts.answered && lines.length === 1 ? (lines[0] ?? null) : null
}

/** Whoever dialled has the call from the first moment. */
function callerOf(facts: CallFacts, direction: CallDirection): string | null {
  const lines = Object.keys(facts.incoming ?? {}).filter((line) => line !== '')
  return direction === 'out' && lines.length === 1 ? (lines[0] ?? null) : null
}

const lastAt = (facts: CallFacts, line: string, events: readonly Told[]): number =>
  Math.max(...events.map((event) => facts[event]?.[line]?.[1] ?? -Infinity))

/** When a phone was done with the call, if it is: exchanges tell of each phone of a group that stops to ring. */
function closedAt(facts: CallFacts, line: string): number | null {
  // An answer told again after the end is a late repetition: nobody answers one call twice at one phone without its ringing anew.
  const answered = facts.answered?.[line]?.[0] ?? -Infinity
  const opened = Math.max(answered, lastAt(facts, line, ['incoming', 'transferred']))
  const ends = [facts.ended?.[line], facts.missed?.[line]].flatMap((span) => span ?? [])
  // The same goes for an end: told once more it is no later.
  const closed = Math.min(...ends.filter((at) => at >= opened))
  return closed < Infinity ? closed : null
}

/** An answered call ends as a whole, or at the phone that has it. Others of the group that stopped ringing end nothing. */
function endAnswered(facts: CallFacts, holder: string | null): number | null {
  const whole = facts.ended?.['']
  if (whole) return whole[0]
  return holder === null ? allClosedAt(facts) : closedAt(facts, holder)
}

function endUnanswered(facts: CallFacts): number | null {
  const whole = [facts.ended?.[''], facts.missed?.['']].flatMap((span) => (span ? [span[0]] : []))
  return whole.length > 0 ? Math.min(...whole) : allClosedAt(facts)
}

function allClosedAt(facts: CallFacts): number | null {
  const ends = namedLines(facts).map((line) => closedAt(facts, line))
  if (ends.length === 0 || ends.includes(null)) return null
  return Math.max(...ends.map((end) => end ?? -Infinity))
}

/** Where it rings. Passed on before anybody answered, it rings at the new phone alone. */
function ringingLines(facts: CallFacts): string[] {
  const movedAt = Math.max(-Infinity, ...Object.values(facts.transferred ?? {}).map(([, last]) => last))
  return namedLines(facts)
    .filter((line) => lastAt(facts, line, ['incoming', 'transferred']) >= movedAt)
    .filter(
      (line) =>
        lastAt(facts, line, ['incoming', 'transferred']) > -Infinity && closedAt(facts, line) === null,
    )
    .toSorted()
}
