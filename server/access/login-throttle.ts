import { isIPv6 } from 'node:net'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** Mistypings that cost nothing: of one person, and of one place where many people may sit. */
const FREE_PER_PERSON = 5
const FREE_PER_ADDRESS = 20
const LONGEST_WAIT_MS = 15 * MINUTE
/** After so long without a failure, those before are forgotten. Longer than the longest wait. */
const FORGET_MS = 60 * MINUTE
const MAX_ENTRIES = 10_000

interface Failures {
  count: number
  lastAt: number
}

/** One try at a password that was let through; tell it when the password was right. */
export interface Attempt {
  succeeded(): void
}

/**
 * Slows down guessing at passwords, without letting a stranger lock an agent out.
 *
 * Failures are counted per e-mail *at one address*, and per address over all e-mails (against trying one password on
 * many accounts). After a few free ones each further failure doubles the wait before the next try from there: 1 s, 2 s,
 * 4 s … 15 min. Nothing is counted per e-mail alone, so tries from elsewhere never slow an agent. Where an agent has
 * logged in before, even others' failures at the same address (a shared PC, an office behind one router) don't slow
 * them: only failures with their own e-mail there do.
 *
 * A try counts as failed from its start until it succeeds, so that many at once get no more tries than one by one.
 * All of it is in memory, of bounded size, and forgotten on a restart.
 *
 * Limit: someone with many addresses gets the free tries from each. An IPv6 network (/64) counts as one address.
 */
export class LoginThrottle {
  readonly #clock: Clock
  readonly #byPerson = new Map<string, Failures>()
  readonly #byAddress = new Map<string, Failures>()
  readonly #familiar = new Map<string, true>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws LIMIT `auth.slow_down` with `retryAfterMs` when it is too early for another try from there. */
  begin(email: string, address: string): Attempt {
    const place = network(address)
    const person = `${place} ${email}`
    const isFamiliar = this.#familiar.has(person)
    const wait = Math.max(
      this.#waitMs(this.#byPerson.get(person), FREE_PER_PERSON),
      isFamiliar ? 0 : this.#waitMs(this.#byAddress.get(place), FREE_PER_ADDRESS),
    )
    if (wait > 0) throw new AppError('LIMIT', 'auth.slow_down', { details: { retryAfterMs: wait } })
    this.#fail(this.#byPerson, person)
    if (!isFamiliar) this.#fail(this.#byAddress, place)
    return {
      succeeded: () => {
        this.#byPerson.delete(person)
        // Only its own: with one account of their own a guesser would otherwise wipe their record clean.
        const atAddress = this.#byAddress.get(place)
        if (atAddress && !isFamiliar) atAddress.count -= 1
        keep(this.#familiar, person, true)
      },
    }
  }

  #waitMs(failures: Failures | undefined, free: number): number {
    if (!failures || failures.count < free || this.#isForgotten(failures)) return 0
    const delay = Math.min(LONGEST_WAIT_MS, SECOND * 2 ** (failures.count - free))
    return Math.max(0, failures.lastAt + delay - this.#clock.now())
  }

  #fail(book: Map<string, Failures>, key: string): void {
    const known = book.get(key)
    const count = known && !this.#isForgotten(known) ? known.count + 1 : 1
    keep(book, key, { count, lastAt: this.#clock.now() })
  }

  #isForgotten = ({ lastAt }: Failures) => this.#clock.now() - lastAt > FORGET_MS
}

/** Puts the entry last and drops the one untouched for longest when there are too many. */
function keep<Value>(book: Map<string, Value>, key: string, value: Value): void {
  book.delete(key)
  book.set(key, value)
  if (book.size <= MAX_ENTRIES) return
  const [oldest] = book.keys()
  if (oldest !== undefined) book.delete(oldest)
}

/** Whoever has one IPv6 address has 2⁶⁴ of them. */
function network(address: string): string {
  const ipv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (ipv4) return ipv4
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
