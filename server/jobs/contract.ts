/** `dead` was given up; somebody has to send it again by hand. */
export type JobState = 'waiting' | 'running' | 'done' | 'dead'

/**
 * What went wrong with a try, as a stable name that clients put into words. `status`: answered, but not with a 2xx;
 * `fault`: the desk's own. From `unset` on they are those of letters; see the mail's contract.
 */
export type TryProblem =
  | 'timeout'
  | 'refused'
  | 'unknownHost'
  | 'certificate'
  | 'unreachable'
  | 'redirect'
  | 'status'
  | 'gone'
  | 'archived'
  | 'fault'
  | 'unset'
  | 'insecure'
  | 'credentials'
  | 'sender'
  | 'recipient'
  | 'later'
  | 'rejected'

/** One try to get something out of the house. */
export interface TryView {
  at: string
  /** How long it took, in milliseconds. */
  ms: number
  ok: boolean
  /** Of the answer, where there was one. */
  status: number | null
  problem: TryProblem | null
  /** The beginning of what was answered, or what the system said. */
  message: string | null
}
