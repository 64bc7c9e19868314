/** Letters over SMTP (RFC 5321): one connection for each, so that what comes of it is this letter's alone. */
import { X509Certificate } from 'node:crypto'
import { TLSSocket, type ConnectionOptions } from 'node:tls'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Outcome } from '../jobs/handler.ts'
import type { MailProblem, StrangeCertificate, UpdateMail } from './contract.ts'
import { problemOf, type SmtpFailure, type Step } from './smtp-problems.ts'

const CONNECT_PATIENCE_MS = 10_000
const ANSWER_PATIENCE_MS = 60_000
/**
 * For the word after the whole letter, where a virus scanner may think about an attachment: it may have been taken by then, and
 * whoever hangs up sends it twice (RFC 5321, 4.5.3.2.6).
 */
const TAKEN_PATIENCE_MS = 10 * 60_000
/** All in all: one that says a word now and then would never be silent for too long, and keep what waits behind it for good. */
const LETTER_PATIENCE_MS = 15 * 60_000

export type MailServer = Omit<UpdateMail, 'password'> & { password: string | null }

export interface Letter {
  to: string
  subject: string
  text: string
  html: string | null
  attachments: { name: string; type: string; path: string }[]
  /** Stays the same however often it is sent, so that whoever receives it twice can tell. */
  messageId: string
  /** Milliseconds UTC. */
  at: number
}

/** What a try came to; `problem` is one of mail's. */
export type MailOutcome = Outcome & { problem: MailProblem | null }

/** Said of the letter itself, for good; what is said of the connection or the login can be mended while it waits. */
const finalProblems: ReadonlySet<MailProblem> = new Set(['rejected', 'recipient', 'sender', 'fault'])

/**
 * Hands one letter over. Never throws: what goes wrong is the outcome.
 * @param patience how long it may take altogether, and each answer
 */
export async function sendLetter(
  server: MailServer,
  letter: Letter,
  signal: AbortSignal,
  { letterMs = LETTER_PATIENCE_MS, answerMs = ANSWER_PATIENCE_MS } = {},
): Promise<MailOutcome> {
  let step: Step = 'connect'
  const patience = AbortSignal.timeout(letterMs)
  const connection = new SMTPConnection({
    ...connectionOptions(server, trustOptions(server.trusted)),
    socketTimeout: answerMs,
  })
  try {
    return await untilAborted(connection, AbortSignal.any([signal, patience]), async () => {
      await connect(connection)
      step = 'login'
      if (server.user !== null) await logIn(connection, server.user, server.password ?? '')
      step = 'send'
      const response = await hand(connection, server, letter)
      return { ok: true, status: codeIn(response), problem: null, message: response }
    })
  } catch (error) {
    const failure = error as SmtpFailure
    const problem = signal.aborted ? 'unreachable' : patience.aborted ? 'timeout' : problemOf(failure, step)
    const isFinal = finalProblems.has(problem)
    return {
      ...{ ok: false, status: failure.responseCode ?? null, problem },
      message: failure.response ?? failure.message,
      ...(isFinal && { isFinal }),
    }
  } finally {
    connection.close()
  }
}

/** The certificate that a server shows, whoever vouches for it; null when it shows none. Nothing is said to it. */
export async function peekCertificate(
  server: MailServer,
  signal: AbortSignal,
): Promise<StrangeCertificate | null> {
  if (server.tls === 'none') return null
  const connection = new SMTPConnection(connectionOptions(server, { rejectUnauthorized: false }))
  const patience = AbortSignal.timeout(ANSWER_PATIENCE_MS)
  try {
    return await untilAborted(connection, AbortSignal.any([signal, patience]), async () => {
      await connect(connection)
      const shown =
        connection._socket instanceof TLSSocket ? connection._socket.getPeerX509Certificate() : undefined
      return shown ? certificateView(shown) : null
    })
  } catch {
    return null
  } finally {
    connection.close()
  }
}

/** Whether what looks like a certificate is one. */
export function isCertificate(pem: string): boolean {
  try {
    return fingerprintOf(pem) !== ''
  } catch {
    return false
  }
}

export const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256

function certificateView(shown: X509Certificate): StrangeCertificate {
  return {
    subject: nameIn(shown.subject),
    issuer: nameIn(shown.issuer),
    expiresAt: new Date(shown.validTo).toISOString(),
    fingerprint: shown.fingerprint256,
    pem: shown.toString(),
  }
}

/** The common name, or all of it where there is none. */
const nameIn = (subject: string) => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')

function connectionOptions({ host, port, tls }: MailServer, trust: ConnectionOptions) {
  return {
    ...{ host, port, secure: tls === 'tls', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
    ...{ connectionTimeout: CONNECT_PATIENCE_MS, greetingTimeout: CONNECT_PATIENCE_MS },
    ...{ dnsTimeout: CONNECT_PATIENCE_MS, socketTimeout: ANSWER_PATIENCE_MS },
    // Not even the library's own log: it would tell the password.
    logger: false,
    tls: { minVersion: 'TLSv1.2' as const, ...trust },
  }
}

/** With a certificate that is trusted by hand no other will do, whoever vouches for it and whatever names are in it. */
function trustOptions(trusted: string | null): ConnectionOptions {
  if (trusted === null) return {}
  const expected = fingerprintOf(trusted)
  return {
    ca: [trusted],
    allowPartialTrustChain: true,
    checkServerIdentity: (_host, { fingerprint256 }) =>
      fingerprint256 === expected ? undefined : new Error('The certificate is another than the trusted one.'),
  }
}

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () => reject(new Error('The connection ended.')))
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
}

function logIn(connection: SMTPConnection, user: string, pass: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.login({ credentials: { user, pass } }, (error) => (error ? reject(error) : resolve()))
  })
}

/** Answers the server's last word. */
function hand(connection: SMTPConnection, server: MailServer, letter: Letter): Promise<string> {
  const { to, subject, text, html, attachments, messageId, at } = letter
  const mail = new MailComposer({
    ...{ from: { name: server.senderName, address: server.senderAddress }, to, subject, text, messageId },
    ...(html !== null && { html }),
    date: new Date(at),
    // RFC 3834: nobody's holiday notice answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: attachments.map(({ name, type, path }) => ({ filename: name, contentType: type, path })),
    disableUrlAccess: true,
  }).compile()
  const content = mail.createReadStream()
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    content.once('error', reject)
    content.once('end', () => {
      if (connection._socket) connection._socket.setTimeout(TAKEN_PATIENCE_MS)
    })
    connection.send({ from: server.senderAddress, to: [to] }, content, (error, info) => {
      if (error) return reject(error)
      connection.quit()
      resolve(info?.response ?? '')
    })
  })
}

async function untilAborted<T>(
  connection: SMTPConnection,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => {
    connection.close()
    reject(new Error('The connection was given up.'))
  }
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  // Whoever closes a connection twice hears of it: an error without a listener would end the process.
  connection.on('error', () => undefined)
  promise.catch(() => undefined)
  try {
    return await Promise.race([work(), promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

const codeIn = (response: string): number | null => Number(/^\d{3}/.exec(response)?.[0]) || null
