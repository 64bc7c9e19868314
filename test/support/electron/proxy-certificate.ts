/** What the proxy shows to Chromium, which is told to accept anything: whom to trust is decided behind it. */
import { generateKeyPairSync } from 'node:crypto'
import { makeCertificate } from '../../../server/tls/certificate.ts'

let made: Promise<{ key: string; cert: string }> | null = null

export function proxyCertificate(): Promise<{ key: string; cert: string }> {
  return (made ??= make())
}

async function make(): Promise<{ key: string; cert: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return {
    key: privateKey,
    cert: await makeCertificate({ privateKey, publicKey }, ['localhost'], Date.now()),
  }
}
