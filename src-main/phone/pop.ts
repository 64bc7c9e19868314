/** Whether a call that rings brings its capture window by itself, and when that goes again. Pure. */
import type { CallPop } from '../../server/phone/contract.ts'

export type PopCall = Pick<CallPop, 'id' | 'direction' | 'state' | 'role' | 'number'>

export interface PopSituation {
  /** What the server shows of calls to this person at this moment. */
  readonly calls: readonly PopCall[]
  /** The call whose window came by itself and that nobody has touched since. */
  readonly standing: string | null
  /** Calls that the person was told of. */
  readonly told: ReadonlySet<string>
  readonly isCaptureOpen: boolean
  /** The person works in the main window, where the page shows calls. */
  readonly isDeskInFront: boolean
}

export interface PopDecision {
  /** The standing one has had its day; `shows` takes its place. */
  readonly closes: boolean
  readonly shows: PopCall | null
  /** Told now, here or by the page. */
  readonly told: readonly string[]
}

export function decidePop({
  calls,
  standing,
  told,
  isCaptureOpen,
  isDeskInFront,
}: PopSituation): PopDecision {
  const closes = standing !== null && !calls.some((call) => call.id === standing && goesOn(call))
  const ringing = calls.filter((call) => ringsHere(call) && !told.has(call.id))
  if (isDeskInFront) return { closes, shows: null, told: ringing.map(({ id }) => id) }
  // What somebody works at, or what another call put there, stays.
  const hasRoom = closes || !isCaptureOpen
  const shows = hasRoom ? (ringing[0] ?? null) : null
  return { closes, shows, told: shows ? [shows.id] : [] }
}

/** A call that nobody's phone was named for rings for those whom the server shows it to. */
function ringsHere({ direction, state, role }: PopCall): boolean {
  return direction === 'in' && state === 'ringing' && (role === 'rings' || role === 'unclaimed')
}

/** Neither over nor in somebody else's hands. */
function goesOn({ state, role }: PopCall): boolean {
  return (state === 'ringing' || state === 'answered') && role !== null
}
