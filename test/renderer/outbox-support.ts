import { TRPCClientError } from '@trpc/client'
import { openDeskDatabase } from '../../src-renderer/outbox/database.ts'
import type { Command, QueuedCommand } from '../../src-renderer/outbox/command.ts'
import { lockExclusive, type Exclusive } from '../../src-renderer/outbox/exclusive.ts'
import { Outbox } from '../../src-renderer/outbox/outbox.ts'
import type { Transport } from '../../src-renderer/outbox/sender.ts'
import type { CommandInput } from '../../src-renderer/outbox/procedures.ts'

let offices = 0

/** A server address that no other test uses, and so a database of its own. */
export const newOffice = (): string => `http://office-${process.pid}-${(offices += 1)}.test`

type Behaviour =
  'answers' | 'unreachable' | 'silent' | 'answerLost' | { code: string; httpStatus: number; reason: string }

export interface Delivery {
  id: string
  procedure: string
  input: unknown
}

/** A server that remembers commands by their id, as the real one does, on a network that misbehaves as told. */
export class FakeServer {
  behaviour: Behaviour = 'answers'
  /** What the next deliveries meet, before `behaviour` holds again. */
  readonly script: Behaviour[] = []
  readonly arrived: Delivery[] = []
  readonly done: Delivery[] = []
  answer: (delivery: Delivery) => unknown = ({ id }) => ({ done: id })

  readonly send = async (procedure: string, input: unknown, id: string): Promise<unknown> => {
    const behaviour = this.script.shift() ?? this.behaviour
    const delivery = { id, procedure, input }
    if (behaviour === 'unreachable') throw TRPCClientError.from(new TypeError('fetch failed'))
    if (behaviour === 'silent') return new Promise(() => undefined)
    this.arrived.push(delivery)
    if (typeof behaviour === 'object') {
      const error = { message: behaviour.reason, code: -32_000, data: behaviour }
      throw TRPCClientError.from({ error } as never)
    }
    if (!this.done.some((known) => known.id === id)) this.done.push(delivery)
    if (behaviour === 'answerLost') throw TRPCClientError.from(new TypeError('connection reset'))
    return this.answer(delivery)
  }
}

export interface Window extends AsyncDisposable {
  outbox: Outbox
  queue: readonly QueuedCommand[]
  answers: { command: Command; answer: unknown }[]
  refused: readonly Command[]
  /** What each told, in order. */
  told: string[]
}

export interface WindowOptions {
  server: Pick<FakeServer, 'send'>
  office: string
  agentId?: string
  exclusive?: (name: string) => Exclusive
  reconcile?: Transport['reconcile']
}

/** One window of the client on the shared database. Starts its outbox. */
export async function openWindow({
  server,
  office,
  agentId = 'ana',
  exclusive,
  reconcile,
}: WindowOptions): Promise<Window> {
  const db = await openDeskDatabase(office, agentId)
  const window = { queue: [], answers: [], refused: [], told: [] } as unknown as Window
  const outbox = new Outbox({
    db,
    transport: { send: server.send, ...(reconcile ? { reconcile } : {}) },
    exclusive: exclusive?.(office) ?? lockExclusive(navigator.locks, office),
    channel: new BroadcastChannel(`${office} ${agentId}`),
    listener: {
      onQueue(queue) {
        window.queue = queue
        window.refused = queue.filter(({ state }) => state === 'refused')
        window.told.push(`queue ${queue.length}`)
      },
      onAnswer(command, answer) {
        window.answers.push({ command, answer })
        window.told.push('answer')
      },
    },
  })
  window.outbox = outbox
  window[Symbol.asyncDispose] = async () => {
    await outbox.close()
    db.close()
  }
  await outbox.start()
  return window
}

export const note = (ticketId: string, body: string): CommandInput<'tickets.reply'> => ({
  ticketId,
  kind: 'note',
  body,
})
