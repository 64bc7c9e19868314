import type { DeskEvent } from '../../server/events/contract.ts'
import type { HttpClient } from './http-client.ts'

const PATIENCE_MS = 600_000

/** Hears the desk's events as a screen does. */
export class Screen {
  readonly #listeners = new Set<(event: DeskEvent) => void>()
  #rest = ''
  #close: () => void = () => undefined

  static async open(client: HttpClient): Promise<Screen> {
    const screen = new Screen()
    const { close } = await client.follow('/trpc/live.events?input=%7B%7D', (text) => screen.#hear(text))
    screen.#close = close
    return screen
  }

  /** Resolves once `isLast` has said yes to one of the events to come, each of which it is asked about in its turn. */
  until(isLast: (event: DeskEvent) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        this.#listeners.delete(listener)
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`What was waited for did not happen within ${PATIENCE_MS / 1_000} s.`))
      }, PATIENCE_MS)
      const listener = (event: DeskEvent) => {
        if (!isLast(event)) return
        end()
        resolve()
      }
      this.#listeners.add(listener)
    })
  }

  close(): void {
    this.#close()
  }

  #hear(text: string): void {
    const frames = (this.#rest + text).split('\n\n')
    this.#rest = frames.pop() ?? ''
    for (const frame of frames) {
      const data = /^data: (.+)$/m.exec(frame)?.[1]
      const event = data === undefined ? undefined : (JSON.parse(data) as Partial<DeskEvent>)
      if (event?.type === undefined) continue
      for (const listener of [...this.#listeners]) listener(event as DeskEvent)
    }
  }
}
