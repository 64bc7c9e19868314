/** Reads who answers at an address, whatever its certificate is worth: to look at it, never to talk through it. */
import { createHash } from 'node:crypto'
import { request } from 'node:https'
import { getCACertificates, type TLSSocket } from 'node:tls'

const PATIENCE_MS = 5_000
const LONGEST_HEALTH = 64 * 1024

export interface Inspected {
  /** SHA-256 of the public key (SPKI, DER) in hex, of the very connection that `health` came through. */
  readonly fingerprint: string
  /** Whether authorities that this system trusts vouch for it under this name. */
  readonly isTrusted: boolean
  /** What `/health` answered: JSON as it came, undefined when it was none. */
  readonly health: unknown
}

export type Inspect = (origin: string) => Promise<Inspected>

/** Something answers, but it isn't TLS. */
export class NoTlsError extends Error {
  override name = 'NoTlsError'
}

/** @throws NoTlsError, and whatever the system says when nobody answers. */
export const inspectServer: Inspect = (origin) =>
  new Promise((resolve, reject) => {
    const asking = request(`${origin}/health`, {
      rejectUnauthorized: false,
      ca: authorities(),
      agent: false,
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    asking.on('error', (error) => reject(isNoTls(error) ? new NoTlsError(error.message) : error))
    asking.on('response', (answer) => {
      const socket = answer.socket as TLSSocket
      const certificate = socket.getPeerX509Certificate()
      if (!certificate) return void asking.destroy(new NoTlsError('no certificate'))
      const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
      const who = {
        fingerprint: createHash('sha256').update(spki).digest('hex'),
        isTrusted: socket.authorized,
      }
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        body += chunk
        if (body.length > LONGEST_HEALTH) answer.destroy(new Error('the answer is too long'))
      })
      answer.on('error', reject)
      answer.on('end', () => resolve({ ...who, health: readJson(body) }))
    })
    asking.end()
  })

/** As far as this runtime knows the system's; where it can't tell, people compare the code instead. */
function authorities(): string[] {
  try {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  } catch {
    return getCACertificates('default')
  }
}

const isNoTls = (error: Error & { code?: string }): boolean =>
  error.code === 'EPROTO' ||
  /wrong version number|packet length too long/i.test(error.message) ||
  (error.code ?? '').startsWith('ERR_SSL')

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
