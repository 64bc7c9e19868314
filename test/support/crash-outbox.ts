import { randomUUID } from 'node:crypto'

/** One write on its way, with the ids that make sending it again harmless. */
export interface Command {
  key: string
  procedure: 'tickets.create' | 'tickets.reply' | 'tickets.update'
  /** Occurs in what the command writes, and nowhere else. */
  token: string
  input: Record<string, unknown>
}

export interface Address {
  /** Resolves once a server listens. */
  url(): Promise<string>
  token: string
}

/** A command meets at most one server's end after the other; more attempts mean that no server answers at all. */
const MOST_ATTEMPTS = 200

/** Of so many requests, one loses its connection shortly after it was sent: the work may be done, the answer never comes. */
const CUT_EVERY = 8
const CUT_WITHIN_MS = 12

/** A server that answers a well-formed command with a refusal is at fault; sending again would not help. */
class Refused extends Error {}

/**
 * Works like a client's outbox: one command after another, each sent until it is acknowledged, with the same ids each time.
 */
export class CrashOutbox {
  readonly acknowledged: Command[] = []
  readonly #address: Address
  readonly #onAcknowledged: () => void
  #isStopped = false

  constructor(address: Address, onAcknowledged: () => void) {
    this.#address = address
    this.#onAcknowledged = onAcknowledged
  }

  /** Lets the call in hand be finished and takes no further one. */
  stop(): void {
    this.#isStopped = true
  }

  /** Logs a call, notes, answers and renames it, then the next one, until it is stopped. */
  async work(): Promise<void> {
    while (!this.#isStopped) {
      const ticketId = randomUUID()
      const ticket = await this.#send('tickets.create', (token) => ({
        id: ticketId,
        subject: `Chamado ${token}`,
        body: `Palavras de quem ligou ${token}`,
        requester: { phone: '+55 31 95555-0111', name: 'Renato Falcão' },
        channel: 'phone',
      }))
      for (const kind of ['note', 'public'])
        await this.#send('tickets.reply', (token) => ({
          ticketId,
          id: randomUUID(),
          kind,
          body: `Resposta ${token}`,
        }))
      await this.#send('tickets.update', (token) => ({
        ticketId,
        version: ticket['version'],
        changes: { subject: `Chamado renomeado ${token}` },
      }))
    }
  }

  async #send(
    procedure: Command['procedure'],
    inputFor: (token: string) => Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const token = randomUUID().replaceAll('-', '')
    const command: Command = { key: randomUUID(), procedure, token, input: inputFor(token) }
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const url = await this.#address.url()
      try {
        const answer = await post(url, this.#address.token, command)
        this.acknowledged.push(command)
        this.#onAcknowledged()
        return answer
      } catch (error) {
        if (error instanceof Refused) throw error
        // Cut off or killed before the answer came: whether the work was done, only the server knows.
      }
    }
    throw new Error(`${procedure} was never answered.`)
  }
}

async function post(
  url: string,
  token: string,
  { key, procedure, input }: Command,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: 'POST',
    signal: chanceOfCut(),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: JSON.stringify(input),
  })
  const text = await response.text()
  if (!response.ok) throw new Refused(`${procedure} → ${response.status} ${text}`)
  return (JSON.parse(text) as { result: { data: Record<string, unknown> } }).result.data
}

const chanceOfCut = () =>
  Math.random() < 1 / CUT_EVERY ? AbortSignal.timeout(1 + Math.floor(Math.random() * CUT_WITHIN_MS)) : null
