/** Tells the local network that a Balcão is here, by multicast DNS (RFC 6762, 6763). Never a reason for the server to stop. */
import { isIPv4 } from 'node:net'
import { Bonjour } from 'bonjour-service'
import { SERVICE_TYPE } from '../tls/contract.ts'

export interface Announced {
  /** The server's, see `server-id.ts`. */
  readonly id: string
  /** SHA-256 of the public key, hex. */
  readonly fingerprint: string
  readonly version: string
  /** The office's name; empty before the first run. */
  readonly office: string
  /** Without a domain. */
  readonly host: string
  readonly port: number
  readonly addresses: readonly string[]
}

export type AnnouncerState = 'on' | 'off' | 'failed'

/** One text of a TXT record has at most 255 bytes, `name=` included (RFC 6763, 6.1). */
const NAME_BYTES = 200
const GOODBYE_PATIENCE_MS = 500

/** A computer with more networks than this has them for its virtual machines. */
const MOST_NETWORKS = 8

export class Announcer {
  readonly #log: (line: string) => void
  #responders: Responder[] = []
  #shown = ''
  #hasComplained = false

  /** `log` gets at most one line on what doesn't work. */
  constructor(log: (line: string) => void) {
    this.#log = log
  }

  get state(): AnnouncerState {
    if (this.#shown === '') return 'off'
    return this.#responders.some(({ isUp }) => isUp()) ? 'on' : 'failed'
  }

  /** Announces, or announces anew when something has changed. */
  async show(announced: Announced): Promise<void> {
    const shown = JSON.stringify(announced)
    if (shown === this.#shown) return
    await this.hide()
    this.#shown = shown
    const networks = announced.addresses.filter((address) => isIPv4(address)).slice(0, MOST_NETWORKS)
    if (networks.length === 0) this.#complain('this machine has no network')
    this.#responders = networks.map((network) => respondOn(network, announced, (why) => this.#complain(why)))
  }

  /** Says goodbye, so that clients take it off their lists at once. */
  async hide(): Promise<void> {
    this.#shown = ''
    await Promise.all(this.#responders.splice(0).map((responder) => responder.end()))
  }

  #complain(why: string): void {
    if (this.#hasComplained) return
    this.#hasComplained = true
    this.#log(`clients can't find this server by themselves: ${why}`)
  }
}

interface Responder {
  isUp(): boolean
  end(): Promise<void>
}

/** One per network: multicast leaves by one interface only, and the system's choice need not be the office's. */
function respondOn(network: string, announced: Announced, onFailed: (why: string) => void): Responder {
  let hasFailed = false
  const fail = (error: unknown): void => {
    hasFailed = true
    onFailed(error instanceof Error ? error.message : String(error))
  }
  const bonjour = openBonjour(network, fail)
  if (!bonjour) return { isUp: () => false, end: () => Promise.resolve() }
  bonjour.publish({
    // Unique by itself, so there is nothing to probe for; people read the TXT record's name.
    name: `Balcao ${announced.id.slice(0, 8)}`,
    type: SERVICE_TYPE,
    host: `${announced.host}.local`,
    port: announced.port,
    probe: false,
    txt: {
      v: announced.version,
      id: announced.id,
      fp: announced.fingerprint,
      name: cutToBytes(announced.office, NAME_BYTES),
    },
  })
  return {
    isUp: () => !hasFailed,
    end: () =>
      new Promise((resolve) => {
        const close = (): void => {
          clearTimeout(impatience)
          bonjour.destroy(() => resolve())
        }
        const impatience = setTimeout(close, GOODBYE_PATIENCE_MS)
        if (hasFailed) close()
        else bonjour.unpublishAll(close)
      }),
  }
}

/** Null when the socket can't even be made. Errors that come later go to `onError`; without a listener they would end the process. */
function openBonjour(network: string, onError: (error: unknown) => void): Bonjour | null {
  try {
    // Multicast reaches a socket that is bound to every address only; `interface` says where it joins and sends.
    const options = { interface: network, bind: '0.0.0.0' } as object
    const bonjour = new Bonjour(options, onError)
    const { mdns } = (bonjour as unknown as { server: { mdns: NodeJS.EventEmitter } }).server
    mdns.on('error', onError)
    mdns.on('warning', () => undefined)
    return bonjour
  } catch (error) {
    onError(error)
    return null
  }
}

/** Cut between letters, never inside one. */
export function cutToBytes(text: string, most: number): string {
  let cut = ''
  for (const letter of text) {
    if (Buffer.byteLength(cut + letter) > most) return cut
    cut += letter
  }
  return cut
}
