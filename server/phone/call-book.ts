import type { Audience } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import {
  extensionOf,
  isUnclaimed,
  shapeOf,
  withFact,
  type CallFacts,
  type CallShape,
  type Fact,
} from './call-facts.ts'
import { addLine, customersWith, findCallNamed, insertCall, linesOf, updateCall } from './call-rows.ts'
import type { CallDirection, CallEvent, CallEventData, CallState } from './contract.ts'
import type { CallRow } from './entities.ts'
import { cleanNumber, type CleanNumber } from './numbers.ts'
import type { PhoneOptionsService } from './options.service.ts'
import { closeOverheard, findUnnamed } from './unnamed-calls.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
/** A call of which nothing is heard for so long is over: longer than people let it ring, or talk. */
const RINGS_AT_MOST_MS = 5 * MINUTE_MS
const TALKS_AT_MOST_MS = 4 * 60 * MINUTE_MS
const TEST_MS = 30 * SECOND_MS
/** Some exchanges begin anew to count their calls; a call that is over so long and rings again, or is of another number, is another. */
const REUSE_MS = 60 * MINUTE_MS
/** An exchange's clock may be hours off, its news may come minutes late. What lies further apart is taken to be of now. */
const AT_MOST_LATE_MS = 15 * MINUTE_MS
const AT_MOST_EARLY_MS = 2 * MINUTE_MS
/** An agent's own computer keeps what it heard while the server was away: a shift of it. */
const KEPT_AT_MOST_MS = 12 * 60 * MINUTE_MS
/** What was kept comes in one go; by then its end has come too, or never will. */
const KEPT_REST_MS = 10 * SECOND_MS
/** Phones that ring one after another leave gaps between them. */
const LEAST_WAIT_MS = 10 * SECOND_MS

export interface CallBookDeps {
  store: Store
  events: EventLog
  clock: Clock
  options: PhoneOptionsService
  noticed: (at: number) => void
}

/** One event, wherever it comes from. */
export interface Told {
  source: string
  actor: ActorRef
  event: CallEvent
  callId: string | null
  number: string
  /** The phones that it is about, with who sits there. */
  lines: { line: string; agentId: string | null }[]
  direction: CallDirection | null
  recordingUrl: string | null
  /** Of a call that ended: so long they spoke, also when nothing was told of it before. */
  talkMs?: number
  /** Milliseconds UTC, by the clock of whoever tells. */
  at: number | null
  isTest?: boolean
  /** Whoever tells keeps it until the server is there: hours late it is still of then. */
  isKept?: boolean
}

/** Writes down what is told of calls, and tells those whom it concerns how each then stands. */
export class CallBook {
  readonly #deps: CallBookDeps

  constructor(deps: CallBookDeps) {
    this.#deps = deps
  }

  /** The same event again changes nothing. */
  async tell(tx: Tx, told: Told): Promise<CallRow> {
    const { areaCode } = await this.#deps.options.get()
    const number = cleanNumber(told.number, areaCode)
    const now = this.#deps.clock.now()
    const at = plausible(told.at, now, told.isKept ? KEPT_AT_MOST_MS : AT_MOST_LATE_MS)
    const lateMs = now - at
    const known = await this.#find(tx, told, number, lateMs > AT_MOST_LATE_MS ? at : now)
    const lines = told.lines.length > 0 ? told.lines : [{ line: '', agentId: null }]
    const facts = lines.flatMap(({ line }): Fact[] => [
      ...(told.event === 'ended' && told.talkMs
        ? [{ event: 'answered' as const, line, at: at - told.talkMs }]
        : []),
      { event: told.event, line, at },
    ])
    const call = known ?? newCall(told, number, at)
    const changes: Partial<CallRow> = {
      ...betterNumber(call, number),
      ...(told.direction === 'out' && { direction: 'out' as const }),
      ...(told.recordingUrl !== null && { recordingUrl: told.recordingUrl }),
    }
    return this.put(tx, call, facts, told.actor, { changes, lines: told.lines, lateMs })
  }

  /** Puts facts to a call, and what else changes with them. A call without a `seq` is a new one. */
  async put(
    tx: Tx,
    before: CallRow | Omit<CallRow, 'seq'>,
    facts: readonly Fact[],
    actor: ActorRef,
    {
      changes = {},
      lines = [],
      lateMs = 0,
    }: { changes?: Partial<CallRow>; lines?: Told['lines']; lateMs?: number } = {},
  ): Promise<CallRow> {
    const old = 'seq' in before ? (JSON.parse(before.facts) as CallFacts) : null
    const all = facts.reduce(withFact, old ?? {})
    const direction = changes.direction ?? before.direction
    const shape = shapeOf(all, direction)
    const call = 'seq' in before ? before : await insertCall(tx, { ...before, ...columnsOf(shape) })
    for (const line of lines) await addLine(tx, { callSeq: call.seq, ...line })
    const agents = await this.#agentsOf(tx, call)
    const merged = { ...call, ...changes, ...columnsOf(shape) }
    const after = await updateCall(tx, call, {
      ...changes,
      ...columnsOf(shape),
      isUnclaimed: isUnclaimed(shape, direction, agents) ? 1 : 0,
      agentId: shape.holder === null ? null : (agents.get(shape.holder) ?? null),
      facts: JSON.stringify(all),
      customerId: merged.customerId ?? (await onlyCustomer(tx, merged.e164)),
      checkAt: this.#checkAt(merged, shape, call, lateMs),
      settleAt: await this.#settleAt(merged, call, 'seq' in before),
    })
    const next = Math.min(after.checkAt ?? Infinity, after.settleAt ?? Infinity)
    if (next < Infinity) tx.afterCommit(() => this.#deps.noticed(next))
    await this.#record(
      tx,
      old === null ? null : call,
      after,
      old && shapeOf(old, call.direction),
      shape,
      agents,
      actor,
    )
    return after
  }

  /** Something that people put to a call; the exchange said nothing new. */
  async amend(tx: Tx, call: CallRow, actor: ActorRef, changes: Partial<CallRow>): Promise<CallRow> {
    const after = await updateCall(tx, call, changes)
    const shape = shapeOf(JSON.parse(call.facts) as CallFacts, call.direction)
    await this.#tellOf(tx, 'call.updated', after, shape, await this.#agentsOf(tx, call), actor, call)
    return after
  }

  async #find(tx: Tx, told: Told, number: CleanNumber, now: number): Promise<CallRow | undefined> {
    if (told.callId === null) {
      const wanted = { ...told, numberKey: number.key, now }
      const call = await findUnnamed(tx.db, wanted)
      if (!call && told.event === 'incoming')
        for (const stale of await closeOverheard(tx.db, wanted))
          await this.put(tx, stale, [{ event: 'assumed', line: '', at: now }], { type: 'system' })
      return call
    }
    const call = await findCallNamed(tx.db, told.source, told.callId)
    const isOld = call && call.endedAt !== null && now - call.endedAt > REUSE_MS
    // An exchange may tell of ends alone; what it adds to a call of long ago, such as a recording, has the same number.
    const isOther = call && number.key !== '' && call.numberKey !== '' && number.key !== call.numberKey
    if (!isOld || !(told.event === 'incoming' || isOther)) return call
    await updateCall(tx, call, { externalId: `${call.externalId}#${call.id}` })
    return undefined
  }

  /** By phone. */
  async #agentsOf(tx: Tx, { seq }: CallRow): Promise<Map<string, string | null>> {
    return new Map((await linesOf(tx.db, [seq])).map(({ line, agentId }) => [line, agentId]))
  }

  #checkAt(call: CallRow, { state }: CallShape, before: CallRow, lateMs: number): number | null {
    const now = this.#deps.clock.now()
    if (state === 'ended' || state === 'missed') return null
    if (call.isTest === 1) return before.checkAt ?? now + TEST_MS
    // What comes so late was kept somewhere while the server was away, and no phone rings that long.
    if (lateMs > (state === 'ringing' ? RINGS_AT_MOST_MS : AT_MOST_LATE_MS)) return now + KEPT_REST_MS
    return now + (state === 'ringing' ? RINGS_AT_MOST_MS : TALKS_AT_MOST_MS)
  }

  /** Again missed after having rung anew, it waits anew; what was done about it is not done twice. */
  async #settleAt(call: CallRow, before: CallRow, isKnown: boolean): Promise<number | null> {
    if (call.state !== 'missed' || call.isTest === 1 || call.missedOf !== null) return null
    if (isKnown && before.state === 'missed') return before.settleAt
    const { choice, waitMinutes } = (await this.#deps.options.get()).missed
    if (choice === 'nothing') return null
    return this.#deps.clock.now() + Math.max(LEAST_WAIT_MS, waitMinutes * MINUTE_MS)
  }

  async #record(
    tx: Tx,
    before: CallRow | null,
    after: CallRow,
    old: CallShape | null,
    shape: CallShape,
    agents: Map<string, string | null>,
    actor: ActorRef,
  ): Promise<void> {
    const ringsAnew = shape.ringing.some((line) => !old?.ringing.includes(line))
    const isNews = before === null || before.state !== after.state || ringsAnew
    const isOther = before !== null && differs(before, after, old, shape)
    if (!isNews && !isOther) return
    const type = isNews ? (`call.${after.state}` as const) : 'call.updated'
    await this.#tellOf(tx, type, after, shape, agents, actor, before)
  }

  async #tellOf(
    tx: Tx,
    type: `call.${CallState}` | 'call.updated',
    call: CallRow,
    shape: CallShape,
    agents: Map<string, string | null>,
    actor: ActorRef,
    before: CallRow | null,
  ): Promise<void> {
    const named = [...agents.values()].filter((id) => id !== null)
    const { unclaimed } = await this.#deps.options.get()
    const isForMany = unclaimed.show && (call.isUnclaimed === 1 || before?.isUnclaimed === 1)
    const audience: Audience =
      isForMany && unclaimed.teamId === null
        ? null
        : { teams: isForMany && unclaimed.teamId ? [unclaimed.teamId] : [], agents: [...new Set(named)] }
    const ringers = shape.ringing.flatMap((line) => agents.get(line) ?? [])
    const data: CallEventData = {
      ...{ callId: call.id, state: call.state, direction: call.direction, extension: call.extension },
      agentIds: [...new Set(call.state === 'ringing' ? ringers : call.agentId ? [call.agentId] : [])],
      isUnclaimed: call.isUnclaimed === 1,
      isTest: call.isTest === 1,
    }
    await this.#deps.events.record(tx, { type, actor, audience, data: { ...data } })
  }
}

function plausible(at: number | null, now: number, lateMs: number): number {
  if (at === null || at < now - lateMs || at > now + AT_MOST_EARLY_MS) return now
  return Math.min(at, now)
}

function newCall(
  { source, callId, direction, isTest }: Told,
  number: CleanNumber,
  at: number,
): Omit<CallRow, 'seq'> {
  const id = newId()
  return {
    ...{ id, source, externalId: callId ?? `~${id}`, direction: direction ?? 'in' },
    ...{ number: number.given, numberKey: number.key, e164: number.e164 },
    ...{ state: 'ringing', extension: null, agentId: null, isUnclaimed: 0, customerId: null, ticketId: null },
    ...{ startedAt: at, answeredAt: null, endedAt: null, isEndAssumed: 0, recordingUrl: null },
    ...{ wrapUpCodeId: null, wrapUpNote: null, wrapUpMs: null, wrapUpAt: null, isTest: isTest ? 1 : 0 },
    ...{ facts: '{}', checkAt: null, settleAt: null, missedOf: null },
  }
}

/** A number that somebody has, rather than none or the extension of whoever passed the call on. */
function betterNumber(
  call: Pick<CallRow, 'numberKey' | 'e164'>,
  { given, e164, key }: CleanNumber,
): Partial<CallRow> {
  const isBetter = key !== '' && (call.numberKey === '' || (call.e164 === null && e164 !== null))
  return isBetter ? { number: given, numberKey: key, e164 } : {}
}

const columnsOf = (shape: CallShape) => ({
  ...{ state: shape.state, startedAt: shape.startedAt, answeredAt: shape.answeredAt, endedAt: shape.endedAt },
  extension: extensionOf(shape.holder ?? (shape.ringing.length === 1 ? (shape.ringing[0] ?? null) : null)),
  isEndAssumed: shape.isEndAssumed ? (1 as const) : (0 as const),
})

async function onlyCustomer(tx: Tx, e164: string | null): Promise<string | null> {
  if (e164 === null) return null
  const [only, ...others] = await customersWith(tx.db, e164)
  return only && others.length === 0 ? only.id : null
}

function differs(before: CallRow, after: CallRow, old: CallShape | null, shape: CallShape): boolean {
  const columns = [
    'agentId',
    'extension',
    'numberKey',
    'direction',
    'recordingUrl',
    'isUnclaimed',
    'customerId',
  ] as const
  return (
    columns.some((name) => before[name] !== after[name]) || old?.ringing.join(' ') !== shape.ringing.join(' ')
  )
}
