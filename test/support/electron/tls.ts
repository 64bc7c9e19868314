/** The TLS of one session: the server's certificate is shown to the client's own verify proc before a byte of the request leaves. */
import { Agent, type AgentOptions } from 'node:https'
import { connect, rootCertificates, type ConnectionOptions, type TLSSocket } from 'node:tls'
import type { Duplex } from 'node:stream'
import type { Request } from 'electron'
import type { Computer } from './computer.ts'
import type { SessionState } from './session.ts'

/** Chromium's `ERR_CERT_AUTHORITY_INVALID`, which stands here for whatever is wrong. */
const CERTIFICATE_IS_WRONG = -202

export class SessionAgent extends Agent {
  readonly #computer: Computer
  readonly #session: SessionState

  constructor(computer: Computer, session: SessionState, options?: AgentOptions) {
    super(options)
    this.#computer = computer
    this.#session = session
  }

  override createConnection(
    options: ConnectionOptions,
    done: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const ca = [...rootCertificates, ...this.#computer.authorities]
    // Node checks, but only takes note: the verify proc decides.
    const socket = connect({ ...options, ca, rejectUnauthorized: false })
    socket.once('error', (error) => done(error, socket))
    socket.once('secureConnect', () => {
      void this.#session.mayConnect(asRequest(socket, options)).then((may) => {
        if (may) return done(null, socket)
        socket.destroy()
        done(new Error('net::ERR_CERT_AUTHORITY_INVALID'), socket)
      })
    })
  }
}

function asRequest(socket: TLSSocket, { host }: ConnectionOptions): Request {
  const { raw } = socket.getPeerCertificate()
  const body = raw.toString('base64').replace(/.{64}/g, '$&\n')
  const request = {
    hostname: host ?? '',
    certificate: { data: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n` },
    errorCode: socket.authorized ? 0 : CERTIFICATE_IS_WRONG,
    verificationResult: socket.authorized ? 'net::OK' : 'net::ERR_CERT_AUTHORITY_INVALID',
  }
  // The rest of a real request is of no use to anybody here.
  return request as unknown as Request
}
