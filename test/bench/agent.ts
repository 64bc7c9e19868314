import type { HttpClient } from './http-client.ts'
import type { Landmarks } from './landmarks.ts'
import { summarise, type Timing } from './measure.ts'
import { readOperations, writeOperations } from './operations.ts'

/** What somebody who works at the desk waits for. */
export interface Waits {
  reads: Timing
  writes: Timing
}

/** Opens the list, opens a ticket and answers one, again and again. */
export class Agent {
  readonly #desk: HttpClient
  readonly #reads: ReturnType<typeof readOperations>
  readonly #reply: ReturnType<typeof writeOperations>['reply']
  #round = 0

  constructor(desk: HttpClient, landmarks: Landmarks) {
    this.#desk = desk
    this.#reads = readOperations(landmarks).filter(
      ({ name }) => name === 'list by deadline' || name === 'open a ticket',
    )
    this.#reply = writeOperations(landmarks).reply
  }

  async work(goesOn: (rounds: number) => boolean): Promise<Waits> {
    const reads: number[] = []
    const writes: number[] = []
    while (goesOn(writes.length)) {
      const index = this.#round++
      for (const { desk } of this.#reads) reads.push((await this.#desk.send(desk(index))).ms)
      writes.push((await this.#desk.send(this.#reply.desk(index))).ms)
    }
    return { reads: summarise(reads), writes: summarise(writes) }
  }
}
