import { mayHear, type Audience, type Viewer } from '../access/viewer.ts'
import type { Db } from '../store/store.ts'
import type { DeskEvent, LiveMessage } from './contract.ts'
import type { EventRow } from './event.entity.ts'
import type { Hub } from './hub.ts'

/** A client further behind than this is told to fetch afresh: cheaper for both than replaying every event. */
const REPLAY_LIMIT = 2_000

export interface FeedDeps {
  read: Db
  hub: Hub
  nameOf: NameOf
}

/** The name to show for an agent or a rule, or null when none has that id. */
export type NameOf = (type: 'agent' | 'rule', id: string) => string | null

/**
 * Follows the log for one viewer from `lastSeq` on: what was missed first, then what comes, each event once and in order,
 * and only what the viewer may hear. Without `lastSeq` it starts at now. Ends when `signal` aborts.
 */
export async function* followEvents(
  { read, hub, nameOf }: FeedDeps,
  viewer: Viewer,
  lastSeq: number | null,
  signal: AbortSignal,
): AsyncGenerator<LiveMessage> {
  const audible = (rows: EventRow[]) =>
    rows
      .map((row) => tell(row, nameOf))
      .flatMap(({ event, audience }) => (mayHear(viewer, audience) ? [event] : []))
  const pending: EventRow[] = []
  let wake: () => void = () => undefined
  // Listening starts before history is read: an event committed in between is then in both, never in neither.
  const stop = hub.listen((event) => {
    pending.push(event)
    wake()
  })
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  try {
    let seen = await headSeq(read)
    if (lastSeq !== null) {
      // Behind the head by too much, or ahead of it (an older backup was restored): only a fresh start is true.
      if (lastSeq > seen || seen - lastSeq > REPLAY_LIMIT) yield { type: 'resync', seq: seen }
      else {
        const missed = await eventsBetween(read, lastSeq, seen)
        yield* audible(missed)
      }
    }
    while (!signal.aborted) {
      const event = pending.shift()
      if (!event) {
        await new Promise<void>((resolve) => (wake = resolve))
      } else if (event.seq > seen) {
        seen = event.seq
        yield* audible([event])
      }
    }
  } finally {
    stop()
    signal.removeEventListener('abort', onAbort)
  }
}

/** The newest event's `seq`, 0 in an empty log. A screen that loads now asks to be told of everything after it. */
export async function headSeq(read: Db): Promise<number> {
  const [row] = await read.sql<{ seq: number | null }[]>`SELECT max(seq) AS seq FROM event`
  return row?.seq ?? 0
}

/** As the wire shows it. */
export function toDeskEvent(row: EventRow, nameOf: NameOf): DeskEvent {
  const { actorType: type, actorId: id } = row
  return {
    seq: row.seq,
    type: row.type,
    at: new Date(row.at).toISOString(),
    actor: { type, id, name: id !== null && (type === 'agent' || type === 'rule') ? nameOf(type, id) : null },
    ticketId: row.ticketId,
    data: JSON.parse(row.data) as Record<string, unknown>,
  }
}

interface Told {
  event: DeskEvent
  audience: Audience
}

/** Every follower gets the same row: it is put into words once for all of them. */
const told = new WeakMap<EventRow, Told>()

function tell(row: EventRow, nameOf: NameOf): Told {
  let known = told.get(row)
  if (!known) {
    const audience = row.audience === null ? null : (JSON.parse(row.audience) as Audience)
    known = { event: toDeskEvent(row, nameOf), audience }
    told.set(row, known)
  }
  return known
}

const eventsBetween = (read: Db, after: number, upTo: number) =>
  read.sql<EventRow[]>`SELECT * FROM event WHERE seq > ${after} AND seq <= ${upTo} ORDER BY seq`
