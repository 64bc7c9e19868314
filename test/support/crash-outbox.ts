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

/** A server that answers a well-formed command with a refusal is at fault; sending again would not help. */
class Refused extends Error {}

/**
 * Works like a client's outbox: one command after another, each sent until it is acknowledged, with the same ids each time.
 */
export class CrashOutbox {
  readonly acknowledged: Command[] = []
  readonly #address: Address
  readonly #onAcknowledged: () => void

  constructor(address: Address, onAcknowledged: () => void) {
    this.#address = address
    this.#onAcknowledged = onAcknowledged
  }

  /** Logs a call, notes, answers and renames it, then the next one, until `isDone`. */
  async work(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      const ticketId = randomUUID()
      let ticket = await this.#send('tickets.create', (token) => ({
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
      ticket = await this.#send('tickets.update', (token) => ({
        ticketId,
        version: ticket['version'],
        changes: { subject: `Chamado renomeado ${token}`, statusId: 'resolved' },
      }))
    }
  }

  async #send(
    procedure: Command['procedure'],
    inputFor: (token: string) => Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const token = randomUUID().replaceAll('-', '')
    const command: Command = { key: randomUUID(), procedure, token, input: inputFor(token) }
    for (;;) {
      const url = await this.#address.url()
      try {
        const answer = await post(url, this.#address.token, command)
        this.acknowledged.push(command)
        this.#onAcknowledged()
        return answer
      } catch (error) {
        if (error instanceof Refused) throw error
        // The server died before its answer came: whether it did the work, only the next one knows.
      }
    }
  }
}

async function post(
  url: string,
  token: string,
  { key, procedure, input }: Command,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: JSON.stringify(input),
  })
  const text = await response.text()
  if (!response.ok) throw new Refused(`${procedure} → ${response.status} ${text}`)
  return (JSON.parse(text) as { result: { data: Record<string, unknown> } }).result.data
}
