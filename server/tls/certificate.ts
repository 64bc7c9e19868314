/** Making and judging certificates; files and sockets are others' matter. */
import { createHash, createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

const DAY_MS = 24 * 60 * 60_000
/** Apple's systems refuse certificates that are valid for more than 825 days (support.apple.com/103769). */
const VALID_DAYS = 800
const RENEW_BEFORE_MS = 60 * DAY_MS

/** SHA-256 of the public key (SPKI, DER) in lower-case hex: what clients pin. It outlives renewals with the same key. */
export const fingerprintOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')

export const isOfKey = (certificate: X509Certificate, privateKey: KeyObject): boolean =>
  fingerprintOf(certificate.publicKey) === fingerprintOf(createPublicKey(privateKey))

/** Whether a certificate of our own still does: in time, and for every name that this machine has. */
export function isCurrent(certificate: X509Certificate, names: readonly string[], now: number): boolean {
  const isInTime =
    certificate.validFromDate.getTime() <= now && now < certificate.validToDate.getTime() - RENEW_BEFORE_MS
  return isInTime && names.every((name) => covers(certificate, name))
}

const covers = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined

/** A certificate that vouches for itself, in PEM, for servers only. */
export async function makeCertificate(
  keys: { privateKey: string; publicKey: string },
  names: readonly string[],
  now: number,
): Promise<string> {
  // Loaded when needed only: once in two years.
  const { generate } = await import('selfsigned')
  const { cert } = await generate([{ name: 'commonName', value: 'Balcao' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    keyPair: keys,
    // A day of grace for clients whose clock is behind.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  })
  return cert
}
