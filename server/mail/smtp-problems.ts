/** What a failure to send means for the people who have to mend it. Pure. */
import type { MailProblem } from './contract.ts'

/** What the SMTP library throws; which of it is there depends on how far it came. */
export interface SmtpFailure extends Error {
  /** The library's own: `ETLS`, `EAUTH`. */
  code?: string
  /** The system's, where it was the system: `ECONNREFUSED`. */
  originalCode?: string
  /** The command that was answered: `RCPT TO`. */
  command?: string
  /** The server's words, and the number that they begin with. */
  response?: string
  responseCode?: number
}

/** How far it had come. */
export type Step = 'connect' | 'login' | 'send'

/**
 * A server that says 4xx asks to come back, whatever it is about; 5xx is its last word (RFC 5321, 4.2.1). Before the letter itself was
 * offered nothing is final: a password can be changed and a certificate renewed while it waits.
 */
export function problemOf(failure: SmtpFailure, step: Step): MailProblem {
  const { responseCode = 0, command = '' } = failure
  if (isCertificate(failure)) return 'certificate'
  if (isInsecure(failure)) return 'insecure'
  if (step === 'connect') return responseCode >= 400 ? 'later' : networkProblem(failure)
  if (responseCode >= 400 && responseCode < 500) return 'later'
  if (step === 'login') return failure.code === 'EAUTH' ? 'credentials' : networkProblem(failure)
  if (responseCode >= 500) {
    // "Authentication required" comes at the first command that needs it.
    if (responseCode === 530) return 'credentials'
    if (command === 'MAIL FROM') return 'sender'
    return command === 'RCPT TO' ? 'recipient' : 'rejected'
  }
  if (failure.code === 'ESTREAM' || failure.code === 'ENOENT') return 'fault'
  return networkProblem(failure)
}

function networkProblem(failure: SmtpFailure): MailProblem {
  const code = `${failure.originalCode ?? ''} ${failure.code ?? ''}`
  if (/ECONNREFUSED/.test(code)) return 'refused'
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code)) return 'unknownHost'
  return /TIMEOUT|ETIMEDOUT/.test(code) ? 'timeout' : 'unreachable'
}

/** While a connection is upgraded the library keeps only the words, so these are read. */
function isCertificate({ code, originalCode = '', message }: SmtpFailure): boolean {
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(originalCode)) return true
  return (code === 'ETLS' || code === 'ESOCKET') && /certificate|altnames|issuer/i.test(message)
}

/** It offers no STARTTLS, or doesn't speak TLS where it should from the first byte. */
function isInsecure({ code, originalCode = '', command, message }: SmtpFailure): boolean {
  if (command === 'STARTTLS' || command === 'EHLO') return code === 'ETLS' || /STARTTLS/.test(message)
  return /SSL|EPROTO/.test(originalCode) || (code === 'ETLS' && !/timeout/i.test(message))
}
