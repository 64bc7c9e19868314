import { Agent, request, type IncomingMessage } from 'node:http'

export interface Call {
  method: 'GET' | 'POST'
  /** With its query. */
  path: string
  body?: unknown
  /** Whether this answer is what the operation should give; a fast refusal must not count as a fast answer. */
  expect?: (answer: unknown) => boolean
}

export interface Answer {
  json: unknown
  /** From the first byte sent to the last byte received, parsing excluded. */
  ms: number
}

/** Speaks JSON over kept-alive connections, as light as Node allows, so that what is measured is the server. */
export class HttpClient {
  readonly baseUrl: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  readonly #headers: Record<string, string>

  constructor(baseUrl: string, headers: Record<string, string> = {}) {
    this.baseUrl = baseUrl
    this.#headers = headers
  }

  /** @throws when the status isn't 2xx or the answer isn't the expected one. */
  async send(call: Call): Promise<Answer> {
    const payload = call.body === undefined ? undefined : JSON.stringify(call.body)
    const started = performance.now()
    const response = await this.#open(call, payload, {})
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk as Buffer)
    const ms = performance.now() - started
    const text = Buffer.concat(chunks).toString()
    const status = response.statusCode ?? 0
    if (status < 200 || status > 299)
      throw new Error(`${call.method} ${call.path} → ${status} ${text.slice(0, 500)}`)
    const json = JSON.parse(text) as unknown
    if (call.expect && !call.expect(json)) throw new Error(`${call.path} answered ${text.slice(0, 500)}`)
    return { json, ms }
  }

  /** Fetches a file, keeps nothing of it, and answers how many octets came. @throws when the status isn't 200 */
  async count(path: string): Promise<number> {
    const response = await this.#open({ method: 'GET', path }, undefined, {})
    if (response.statusCode !== 200) throw new Error(`${path} → ${response.statusCode}`)
    let octets = 0
    for await (const chunk of response) octets += (chunk as Buffer).length
    return octets
  }

  /** Opens an event stream and hands over each block of it as it comes. */
  async follow(path: string, onText: (text: string) => void): Promise<{ close(): void }> {
    const response = await this.#open({ method: 'GET', path }, undefined, { accept: 'text/event-stream' })
    if (response.statusCode !== 200) throw new Error(`${path} → ${response.statusCode}`)
    response.setEncoding('utf8')
    response.on('data', onText)
    // Closing from our side ends the response in the middle, which Node reports as an error.
    response.on('error', () => undefined)
    return { close: () => response.destroy() }
  }

  close(): void {
    this.#agent.destroy()
  }

  #open(call: Call, payload: string | undefined, extra: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { ...this.#headers, ...extra }
      if (payload !== undefined) {
        headers['content-type'] = 'application/json'
        headers['content-length'] = Buffer.byteLength(payload)
      }
      const outgoing = request(new URL(call.path, this.baseUrl), {
        method: call.method,
        agent: this.#agent,
        headers,
      })
      outgoing.on('response', resolve)
      outgoing.on('error', reject)
      outgoing.end(payload)
    })
  }
}
