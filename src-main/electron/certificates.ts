import { createHash, X509Certificate } from 'node:crypto'
import { app, session, type Request, type Session } from 'electron'
import type { Certificates, CertificateRequest } from '../ports.ts'

/** Answers that Electron understands. */
const ACCEPT = 0
const REFUSE = -2
/** Chromium's own verdict, and what else it looks at. */
const AS_CHROMIUM = -3

type Decide = (request: CertificateRequest) => boolean

/** Before Electron is ready: no session may come into being without the guard, the updater's own neither. */
export function createCertificates(): Certificates {
  let decide: Decide | null = null
  const guard = (guarded: Session): void =>
    guarded.setCertificateVerifyProc((request, answer) => answer(verdict(request, decide)))
  app.on('session-created', guard)
  void app.whenReady().then(() => guard(session.defaultSession))
  return {
    verify(wanted) {
      decide = wanted
    },
  }
}

function verdict({ hostname, certificate, errorCode }: Request, decide: Decide | null): number {
  if (!decide) return AS_CHROMIUM
  const isTrusted = errorCode === 0
  try {
    if (!decide({ hostname, fingerprint: fingerprintOf(certificate.data), isTrusted })) return REFUSE
  } catch {
    return REFUSE
  }
  return isTrusted ? AS_CHROMIUM : ACCEPT
}

/** SHA-256, lower-case hex, of the public key of the certificate in `pem`. */
function fingerprintOf(pem: string): string {
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('hex')
}
