/** Events of exchanges that give their calls no name: which call each is about follows from number, phone and time. */
import type { Db } from '../store/store.ts'
import { linesOf, recentOfSource } from './call-rows.ts'
import type { CallEvent } from './contract.ts'
import type { CallRow } from './entities.ts'

/** An end that is told twice is not the end of another call. */
const REPEATED_MS = 5_000
/** Phones of a group are told to ring one after another; whoever rings later than this has hung up and called again. */
const SAME_RING_MS = 60_000

export interface Unnamed {
  source: string
  event: CallEvent
  numberKey: string
  lines: { line: string }[]
  now: number
}

interface Candidate {
  call: CallRow
  lines: Set<string>
}

/** The call that the event is about, if it is known. */
export async function findUnnamed(db: Db, wanted: Unnamed): Promise<CallRow | undefined> {
  const alike = (await candidates(db, wanted)).filter((each) => isAlike(each, wanted))
  const open = alike.find(
    ({ call }) => call.checkAt !== null && (wanted.event !== 'incoming' || stillRings(call, wanted)),
  )
  if (open) return open.call
  return wanted.event === 'incoming' ? undefined : alike.find(({ call }) => call.checkAt === null)?.call
}

/** Calls whose end was never told: the same number rings anew, so they must be over. */
export async function closeOverheard(db: Db, wanted: Unnamed): Promise<CallRow[]> {
  if (wanted.numberKey === '') return []
  const all = await candidates(db, wanted)
  return all
    .map(({ call }) => call)
    .filter(({ checkAt, numberKey }) => checkAt !== null && numberKey === wanted.numberKey)
}

async function candidates(db: Db, { source, now }: Unnamed): Promise<Candidate[]> {
  const calls = (await recentOfSource(db, source, now - REPEATED_MS)).filter(({ externalId }) =>
    externalId.startsWith('~'),
  )
  const lines = Map.groupBy(
    await linesOf(
      db,
      calls.map(({ seq }) => seq),
    ),
    ({ callSeq }) => callSeq,
  )
  return calls.map((call) => ({ call, lines: new Set((lines.get(call.seq) ?? []).map(({ line }) => line)) }))
}

/** By the number where both have one, else by the phone. */
function isAlike({ call, lines }: Candidate, wanted: Unnamed): boolean {
  if (call.numberKey !== '' && wanted.numberKey !== '') return call.numberKey === wanted.numberKey
  if (wanted.lines.length === 0) return call.numberKey === wanted.numberKey || wanted.numberKey === ''
  return wanted.lines.some(({ line }) => lines.has(line))
}

function stillRings({ state, startedAt }: CallRow, { now }: Unnamed): boolean {
  return state === 'ringing' && now - startedAt <= SAME_RING_MS
}
