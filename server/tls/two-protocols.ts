/** One port that speaks both HTTP and HTTPS: whoever begins with a TLS handshake gets TLS. */
import { Server as HttpServer, type RequestListener, type ServerOptions } from 'node:http'
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { TlsIdentity } from './identity.ts'

/** The first byte of a TLS connection: the content type of a handshake record (RFC 8446, 5.1). No HTTP request begins so. */
const HANDSHAKE = 0x16
/** For the first byte and for the handshake; a client that connects has something to say. */
const FIRST_WORD_PATIENCE_MS = 10_000

export interface TwoProtocolOptions extends ServerOptions {
  readonly identity: Pick<TlsIdentity, 'cert' | 'key'>
  readonly firstWordPatienceMs?: number
}

/**
 * An HTTP server whose connections may be encrypted; `request.socket` is a `TLSSocket` on those that are. What listens to it hears
 * of both: requests, and `clientError` for what never became one.
 */
export class TwoProtocolServer extends HttpServer {
  readonly #secure: HttpsServer
  readonly #patienceMs: number

  constructor(options: TwoProtocolOptions, onRequest: RequestListener) {
    const { identity, firstWordPatienceMs = FIRST_WORD_PATIENCE_MS, ...http } = options
    super(http, onRequest)
    this.#patienceMs = firstWordPatienceMs
    this.#secure = createHttpsServer(
      { ...http, ...identity, handshakeTimeout: firstWordPatienceMs, minVersion: 'TLSv1.2' },
      onRequest,
    )
    // It never listens itself; its watch over slow and idle connections begins with this event.
    this.once('listening', () => this.#secure.emit('listening'))
    // A handshake that fails has nobody to tell; what is wrong inside TLS is answered as outside.
    this.#secure.removeAllListeners('tlsClientError')
    this.#secure.on('tlsClientError', (_error, socket) => socket.destroy())
    this.#secure.on('secureConnection', (socket) => this.#handshaking.delete(peerOf(socket)))
    this.#secure.on('clientError', (error, socket) => {
      if (!this.emit('clientError', error, socket)) socket.destroy()
    })

    const plain = this.listeners('connection') as ((socket: Socket) => void)[]
    this.removeAllListeners('connection')
    this.on('connection', (socket: Socket) => {
      this.#hearFirstByte(socket, (byte) => {
        if (byte === HANDSHAKE) this.#startTls(socket)
        else for (const listener of plain) listener.call(this, socket)
      })
    })
  }

  /** From the next connection on; those that are open keep what they have. */
  renew(identity: Pick<TlsIdentity, 'cert' | 'key'>): void {
    this.#secure.setSecureContext({ cert: identity.cert, key: identity.key, minVersion: 'TLSv1.2' })
  }

  override closeIdleConnections(): void {
    super.closeIdleConnections()
    this.#secure.closeIdleConnections()
  }

  override closeAllConnections(): void {
    super.closeAllConnections()
    this.#secure.closeAllConnections()
    this.#dropUnheard()
  }

  override close(callback?: (error?: Error) => void): this {
    // Those who have asked nothing yet have nothing in hand that could be finished.
    this.#dropUnheard()
    // It never listened, which is all that its own close would complain of.
    this.#secure.close(() => undefined)
    return super.close(callback)
  }

  readonly #silent = new Set<Socket>()
  /** By their peer: TLS wraps the connection and hands out another object when it is ready. */
  readonly #handshaking = new Map<string, Socket>()

  #dropUnheard(): void {
    for (const socket of [...this.#silent, ...this.#handshaking.values()]) socket.destroy()
  }

  #startTls(socket: Socket): void {
    const peer = peerOf(socket)
    this.#handshaking.set(peer, socket)
    socket.once('close', () => {
      if (this.#handshaking.get(peer) === socket) this.#handshaking.delete(peer)
    })
    this.#secure.emit('connection', socket)
  }

  #hearFirstByte(socket: Socket, then: (byte: number) => void): void {
    const hangUp = () => socket.destroy()
    const stopWaiting = () => {
      this.#silent.delete(socket)
      clearTimeout(timer)
      socket.off('readable', read).off('end', hangUp).off('error', hangUp).off('close', stopWaiting)
    }
    const read = () => {
      const first = socket.read(1) as Buffer | null
      if (first === null) return
      stopWaiting()
      socket.unshift(first)
      then(first[0] ?? 0)
    }
    const timer = setTimeout(hangUp, this.#patienceMs)
    this.#silent.add(socket)
    socket.on('readable', read).on('end', hangUp).on('error', hangUp).on('close', stopWaiting)
  }
}

const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`
