/** What the person did about alerts, what became of them here, and what their phone told, until the server has it: survives a cut and a restart. */
import { join } from 'node:path'
import { z } from 'zod'
import { newId } from '../../server/ids.ts'
import { toFailure } from '../../src-renderer/api/errors.ts'
import type { Transport } from '../../src-renderer/api/transport.ts'
import type { Clock } from '../ports.ts'
import { openJsonFile } from '../settings/json-file.ts'

const command = z.object({
  /** The server does it once, however often it comes. */
  id: z.uuid(),
  agentId: z.uuid(),
  procedure: z.enum(['alerts.acknowledge', 'alerts.snooze', 'alerts.seen', 'alerts.shown', 'calls.report']),
  input: z.unknown(),
})
type Command = z.infer<typeof command>

const fileSchema = z.object({ commands: z.array(command).catch([]) })
/** A screen that was cut off for days has more to tell than anybody wants to know: what it showed first goes first. */
const KEPT_AT_MOST = 500
/** The answers of a server that may say yes another time. */
const NOT_NOW: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'])
/** A link that looks alive gives no sign when it could send again. */
const TRY_AGAIN_MS = 15_000
/** What the server breaks on so often is given up, lest it be sent for ever. */
const FAULTS_AT_MOST = 5

export interface PendingCommandsDeps {
  readonly folder: string
  readonly clock: Clock
  readonly log: (line: string) => void
  /** Who is signed in, and the way to the server; null while there is none. */
  visit(): { readonly agentId: string; readonly transport: Pick<Transport, 'send'> } | null
  /** Who is signed in, whether or not the server was reached since; null: nobody. */
  owner(): string | null
  /** The disk takes nothing: what waits is lost when the program ends. Told once, until it takes something again. */
  onUnkept(): void
  /** How many commands wait at the most; 500 when absent. */
  readonly keptAtMost?: number
}

export interface PendingCommands {
  /** Kept on disk when it returns, where that takes it; sent soon. False: it is nobody's, for nobody is known to be signed in. */
  add(procedure: Command['procedure'], input: unknown): boolean
  /** Sends what waits, in order; again after each sign that the server is there. */
  flush(): Promise<void>
  stop(): void
}

export function createPendingCommands(deps: PendingCommandsDeps): PendingCommands {
  const { folder, clock, log, visit, keptAtMost = KEPT_AT_MOST } = deps
  const file = openJsonFile(join(folder, 'pending-alerts.json'), fileSchema, log)
  let sending: Promise<void> | null = null
  /** How often the server has broken on a command. */
  const faults = new Map<string, number>()
  let cancelRetry: () => void = () => undefined
  /** The truth; the file follows it as far as the disk lets it. */
  let waiting: readonly Command[] = file.read().commands
  let isKept = true

  function keep(commands: Command[]): void {
    waiting = commands
    try {
      file.update({ commands })
      isKept = true
    } catch (error) {
      log(`what is to be sent could not be written down: ${String(error)}`)
      if (isKept) deps.onUnkept()
      isKept = false
    }
  }

  const drop = ({ id }: Command): void => keep(waiting.filter((each) => each.id !== id))

  async function sendAll(): Promise<void> {
    const passedOver = new Set<string>()
    for (;;) {
      const here = visit()
      // One person's word is never given in another's name; theirs waits for them.
      const next = waiting.find(({ id, agentId }) => agentId === here?.agentId && !passedOver.has(id))
      // Whatever is added from here on begins anew.
      if (!here || !next) return void (sending = null)
      const became = await send(here.transport, next)
      if (became === 'waits') {
        later()
        return void (sending = null)
      }
      if (became === 'done') drop(next)
      else {
        // The others are not to wait for it.
        passedOver.add(next.id)
        later()
      }
    }
  }

  async function send(
    transport: Pick<Transport, 'send'>,
    { id, procedure, input }: Command,
  ): Promise<'done' | 'waits' | 'failed'> {
    try {
      await transport.send(procedure, input, id)
      return 'done'
    } catch (error) {
      const { kind, code, reason } = toFailure(error)
      if (kind === 'offline' || NOT_NOW.has(code ?? '')) return 'waits'
      if (kind === 'fault' && !isGivenUp(id)) return 'failed'
      // An alert that is no more has fallen silent, which is all that was wanted.
      if (code !== 'NOT_FOUND') log(`${procedure} was refused: ${reason}`)
      return 'done'
    }
  }

  function isGivenUp(id: string): boolean {
    const times = (faults.get(id) ?? 0) + 1
    faults.set(id, times)
    return times >= FAULTS_AT_MOST
  }

  function later(): void {
    cancelRetry()
    cancelRetry = clock.after(TRY_AGAIN_MS, () => void flush())
  }

  function flush(): Promise<void> {
    // Never at once, so that the end of it is noted after its beginning.
    sending ??= Promise.resolve().then(sendAll)
    return sending
  }

  return {
    add(procedure, input) {
      const agentId = visit()?.agentId ?? deps.owner()
      if (agentId === null) return false
      keep(atMost(keptAtMost, [...waiting, { id: newId(), agentId, procedure, input }]))
      void flush()
      return true
    },
    flush,
    stop: () => cancelRetry(),
  }
}

/** Without the oldest reports; what a person did is dropped only when there is nothing else. */
function atMost(count: number, commands: readonly Command[]): Command[] {
  let excess = commands.length - count
  const kept = commands.filter(({ procedure }) => procedure !== 'alerts.shown' || --excess < 0)
  return kept.slice(-count)
}
