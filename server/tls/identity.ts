/** Who this server is to its clients: a key and a certificate, its own or the office's. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { fingerprintOf, isCurrent, isOfKey, makeCertificate } from './certificate.ts'
import type { CertificateSource } from './contract.ts'

export interface TlsIdentity {
  readonly source: CertificateSource
  /** PEM; the office's with its chain. */
  readonly cert: string
  readonly key: string
  /** SHA-256 of the public key, hex. */
  readonly fingerprint: string
  readonly validFrom: Date
  readonly validTo: Date
}

/** A key or certificate that can't be used; the message says which and why in one line. */
export class TlsError extends Error {
  override name = 'TlsError'
  /** Whose: the office's files are a matter of flags, the own ones of the data folder. */
  readonly source: CertificateSource

  constructor(source: CertificateSource, message: string) {
    super(message.replaceAll(/\s*\n\s*/g, ' '))
    this.source = source
  }
}

/** @throws TlsError */
export function readOfficeIdentity(files: { cert: string; key: string }, now: number): TlsIdentity {
  const cert = readGiven('--tls-cert', files.cert)
  const key = readGiven('--tls-key', files.key)
  const identity = toIdentity('office', { cert, key }, `--tls-cert ${files.cert} and --tls-key ${files.key}`)
  if (identity.validTo.getTime() <= now)
    throw new TlsError('office', `--tls-cert ${files.cert} expired on ${identity.validTo.toISOString()}.`)
  return identity
}

/**
 * The server's own. The key is made once and kept: clients know the server by it. The certificate is made anew from it when it
 * nears its end, or when this machine has got another name or address.
 * @throws TlsError when the folder can't be used, or when the key is damaged: another one would turn every client away.
 */
export async function openOwnIdentity(
  dataDir: string,
  names: readonly string[],
  now: number,
): Promise<TlsIdentity> {
  const folder = join(dataDir, 'tls')
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!existsSync(keyFile)) replaceFile(keyFile, newKey(), 0o600)
    else chmodSync(keyFile, 0o600)
  } catch (error) {
    throw new TlsError('own', `The folder ${folder} can't be used: ${told(error)}.`)
  }
  const key = readFileSync(keyFile, 'utf8')
  const privateKey = readKey(key)
  if (!privateKey)
    throw new TlsError(
      'own',
      `${keyFile} is damaged. Restore it from a backup; without it, remove the file, and every client has to be paired again.`,
    )
  const kept = existsSync(certFile) ? readCertificate(readFileSync(certFile, 'utf8')) : null
  if (!kept || !isOfKey(kept, privateKey) || !isCurrent(kept, names, now)) {
    const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
    replaceFile(certFile, await makeCertificate({ privateKey: key, publicKey }, names, now), 0o644)
  }
  return toIdentity('own', { cert: readFileSync(certFile, 'utf8'), key }, folder)
}

function toIdentity(
  source: CertificateSource,
  pem: { cert: string; key: string },
  what: string,
): TlsIdentity {
  const certificate = readCertificate(pem.cert)
  if (!certificate) throw new TlsError(source, `${what}: the certificate is not in PEM form.`)
  const privateKey = readKey(pem.key)
  if (!privateKey)
    throw new TlsError(source, `${what}: the key is not in PEM form, or it asks for a password.`)
  if (!isOfKey(certificate, privateKey))
    throw new TlsError(source, `${what}: the certificate belongs to another key.`)
  try {
    createSecureContext(pem)
  } catch (error) {
    throw new TlsError(source, `${what} can't be used for TLS: ${told(error)}.`)
  }
  return {
    source,
    ...pem,
    fingerprint: fingerprintOf(certificate.publicKey),
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
  }
}

function readGiven(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new TlsError('office', `${flag} ${path} can't be read: ${told(error)}.`)
  }
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

/** A power cut leaves the old file or the new one, and never a key that others may read. */
export function replaceFile(path: string, content: string, mode: number): void {
  const aside = `${path}.new`
  const file = openSync(aside, 'w', mode)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(aside, path)
}

const told = (error: unknown): string => (error instanceof Error ? error.message : String(error))
