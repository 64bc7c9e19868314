import { EventEmitter } from 'node:events'

/** An object that throws when asked for something it does not have: code that outgrows the stand-in must not limp on. */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'then' && !(key in target)) throw unknown(`${name}.${key}`)
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' && !isClass(value) ? value.bind(target) : value
    },
  })
}

/** The same for events: nobody may wait for one that never comes. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string
  readonly #events: ReadonlySet<string>

  constructor(name: string, events: readonly string[]) {
    super()
    this.#name = name
    this.#events = new Set(events)
  }

  // `once` and `addListener` come here too.
  override on(event: string, listener: (...args: never[]) => void): this {
    if (!this.#events.has(event)) throw unknown(`event '${event}' of ${this.#name}`)
    return super.on(event, listener as (...args: unknown[]) => void)
  }
}

function unknown(what: string): Error {
  return new Error(
    `The Electron stand-in has no ${what}: add it to test/support/electron, as Electron does it.`,
  )
}

function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith('class')
}
