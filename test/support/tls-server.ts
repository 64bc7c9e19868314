/** A server over TLS that vouches for itself: it says what it was asked, and offers updates below `/newer` and `/same`. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { makeCertificate } from '../../server/tls/certificate.ts'

export interface TlsTestServer extends AsyncDisposable {
  readonly url: string
  /** SHA-256 of its public key, lower-case hex. */
  readonly fingerprint: string
  /** As PEM; it is its own authority. */
  readonly certificate: string
}

const ownVersion = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
).version

export async function startTlsServer(): Promise<TlsTestServer> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const cert = await makeCertificate({ privateKey, publicKey }, ['127.0.0.1'], Date.now())
  const server = createServer({ key: privateKey, cert }, (request, response) => {
    void text(request).then((body) => {
      response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
      if (request.url?.startsWith('/newer')) response.end(updateList('99.0.0'))
      else if (request.url?.startsWith('/same')) response.end(updateList(ownVersion))
      else response.end(`${request.method} ${body}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const spki = Buffer.from(publicKey.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fingerprint: createHash('sha256').update(spki).digest('hex'),
    certificate: cert,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function updateList(version: string): string {
  const sha512 = 'A'.repeat(88)
  return `version: ${version}\nfiles:\n  - url: Balcao.AppImage\n    sha512: ${sha512}\n    size: 1\npath: Balcao.AppImage\nsha512: ${sha512}\n`
}
