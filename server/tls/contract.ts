/** How people and clients tell that a server is the one they mean. */

/** What a server is announced as on the local network (DNS-SD). */
export const SERVICE_TYPE = 'balcao'

/** Crockford's: no I, L, O or U, which sound or look like others when a code is read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 80 bits: nobody makes a second key with the same code, and it can still be read over the phone. */
const CODE_LETTERS = 16

/** A fingerprint (SHA-256 of the public key, hex) as four groups that two people can compare: `K7QF-2MXA-90DT-B3WZ`. */
export function pairingCode(fingerprint: string): string {
  const bits = BigInt(`0x${fingerprint.slice(0, (CODE_LETTERS * 5) / 4)}`)
  const letters = Array.from({ length: CODE_LETTERS }, (_, place) => {
    const shift = BigInt((CODE_LETTERS - 1 - place) * 5)
    return ALPHABET[Number((bits >> shift) & 31n)]
  }).join('')
  return letters.replaceAll(/.{4}(?=.)/g, '$&-')
}

/** Whether somebody typed that very code: case, spaces and look-alike letters don't matter. */
export function isCodeOf(fingerprint: string, typed: string): boolean {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return letters === pairingCode(fingerprint).replaceAll('-', '')
}

/** `own`: the server made it. `office`: given with `--tls-cert`. */
export type CertificateSource = 'own' | 'office'

/** What the office page shows of the network; nothing in it is secret. */
export interface NetworkView {
  /** Where clients reach it, the names first: `https://servidor.local:4810`. */
  addresses: string[]
  certificate: {
    source: CertificateSource
    /** SHA-256 of the public key (SPKI, DER) in hex. */
    fingerprint: string
    code: string
    validFrom: string
    validTo: string
  }
  /** Whether other machines may speak plain HTTP. */
  allowHttp: boolean
  /** `failed`: this machine can't announce, for instance because it has no network. */
  discovery: 'on' | 'off' | 'failed'
}
