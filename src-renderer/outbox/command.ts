import type { Failure } from '../api/errors.ts'
import type { CommandName } from './procedures.ts'

/** A write on its way to the server. */
export interface Command {
  /** UUID v7; the server does a command once, however often it comes with the same id. */
  id: string
  procedure: CommandName
  input: unknown
  /** What it is about, such as a ticket's id: it waits for the earlier commands about the same. */
  subject: string | null
  /** Milliseconds UTC. */
  createdAt: number
  attempts: number
  /** How many of the last attempts in a row broke the server. */
  faults: number
  /** `refused` waits for its author to decide: try again, change it, or let it go. */
  state: 'waiting' | 'sending' | 'refused'
  /** Of the last attempt that failed. */
  failure: Failure | null
}

export interface StoredCommand extends Command {
  /** Given by the store, in the order of writing. */
  position?: number
}

export type QueuedCommand = StoredCommand & { position: number }

/** A server that breaks on the same command this often will go on breaking; the others shall not wait for it. */
const FAULTS_UNTIL_REFUSED = 5

/** The command to send now: the first that waits and isn't about something whose earlier command was refused. */
export function nextToSend(queue: readonly QueuedCommand[]): QueuedCommand | null {
  const held = new Set<string>()
  for (const command of queue) {
    if (command.state === 'refused') {
      if (command.subject) held.add(command.subject)
    } else if (!command.subject || !held.has(command.subject)) return command
  }
  return null
}

/** The refused command that this one waits for, if any. */
export function heldBy(queue: readonly Command[], command: Command): Command | null {
  if (command.state === 'refused' || !command.subject) return null
  const before = queue.slice(
    0,
    queue.findIndex(({ id }) => id === command.id),
  )
  return before.find(({ state, subject }) => state === 'refused' && subject === command.subject) ?? null
}

export type Verdict = 'again' | 'refused' | 'signIn'

/** What a failed attempt means for the command: only a refusal in the server's own words is final. */
export function judge(failure: Failure, faults: number): Verdict {
  if (failure.code === 'UNAUTHORIZED') return 'signIn'
  if (failure.code === 'TOO_MANY_REQUESTS') return 'again'
  if (failure.kind === 'refused' || failure.reason === 'client.fault') return 'refused'
  return faults >= FAULTS_UNTIL_REFUSED ? 'refused' : 'again'
}

/** The server broke on it, which is not the same as being overloaded or away. */
export const isServerFault = (failure: Failure): boolean => failure.code === 'INTERNAL_SERVER_ERROR'
