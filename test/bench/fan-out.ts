import type { Call, HttpClient } from './http-client.ts'
import { summarise, type Timing } from './measure.ts'

interface FanOut {
  client: HttpClient
  /** Path of the event stream. */
  stream: string
  subscribers: number
  /** Makes the call that everybody shall hear of. */
  reply: (index: number) => Call
  /** A text that is in the stream once the event of this answer has come. */
  mark: (answer: unknown) => string
  rounds: number
  warmUp: number
}

const ROUND_LIMIT_MS = 10_000

/** From sending a reply until the last of all subscribers has received its event. */
export async function timeFanOut(options: FanOut): Promise<Timing> {
  const { client, stream, subscribers, reply, mark, rounds, warmUp } = options
  const audience = new Subscribers(subscribers)
  const connections = await Promise.all(
    Array.from({ length: subscribers }, (_, index) =>
      client.follow(stream, (text) => audience.hear(index, text)),
    ),
  )
  const durations: number[] = []
  try {
    for (let round = 0; round < warmUp + rounds; round++) {
      const started = performance.now()
      const { json } = await client.send(reply(round))
      const lastAt = await audience.allHave(mark(json))
      if (round >= warmUp) durations.push(lastAt - started)
    }
  } finally {
    for (const connection of connections) connection.close()
  }
  return summarise(durations)
}

/** Who has heard what. An event may reach a subscriber before the reply's own answer comes, so texts are kept. */
class Subscribers {
  readonly #texts: string[]
  readonly #heardAt: number[]
  #wanted: string | null = null
  #missing = 0
  #lastAt = 0
  #finish: () => void = () => undefined

  constructor(count: number) {
    this.#texts = Array.from({ length: count }, () => '')
    this.#heardAt = Array.from({ length: count }, () => 0)
  }

  hear(index: number, text: string): void {
    this.#texts[index] += text
    this.#heardAt[index] = performance.now()
    if (this.#wanted !== null) this.#check(index, this.#wanted)
  }

  /** When the last of them got the text `wanted`, as `performance.now()` tells it. */
  async allHave(wanted: string): Promise<number> {
    this.#missing = this.#texts.length
    this.#lastAt = 0
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.#missing} subscribers never heard of ${wanted}.`)),
        ROUND_LIMIT_MS,
      )
      this.#finish = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#wanted = wanted
      for (const index of this.#texts.keys()) this.#check(index, wanted)
    })
    this.#wanted = null
    return this.#lastAt
  }

  #check(index: number, wanted: string): void {
    if (!this.#texts[index]?.includes(wanted)) return
    this.#texts[index] = ''
    this.#missing -= 1
    this.#lastAt = Math.max(this.#lastAt, this.#heardAt[index] ?? 0)
    if (this.#missing === 0) this.#finish()
  }
}
