import { z } from 'zod'
import { idSchema } from '../ids.ts'
import type { JobState, TryView } from '../jobs/contract.ts'

// mail.settings               → MailSettings        office.manage
// mail.update    UpdateMail   → MailSettings        office.manage   the password goes in and never comes out again
// mail.test      TestMail     → MailTest            office.manage   sends one letter while somebody waits for what comes of it
// mail.outgoing  Page         → OutgoingPage        office.manage   what was and is to be sent, the newest first
// mail.retry { id } | retryAll                      office.manage   what was given up is sent after all
// mail.isReady                → { ready: boolean }  tickets.readAll whether letters can leave the house at all

/** `tls`: encrypted from the first byte (465). `starttls`: encrypted before anything is said, or not at all (587). `none`: in the clear. */
export const tlsModes = ['tls', 'starttls', 'none'] as const
export type TlsMode = (typeof tlsModes)[number]

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u)

/** A name of the network, or an address of IPv4 or IPv6. */
const hostSchema = oneLine(253).regex(/^[\p{L}\p{N}._:-]+$/u, 'mail.host_invalid')

export const addressSchema = z.email('mail.address_invalid').max(254)

const serverShape = {
  host: hostSchema,
  port: z.int().min(1).max(65_535),
  tls: z.enum(tlsModes),
  /** Null sends without logging in. */
  user: oneLine(254).nullable(),
  /** Left out keeps what is there. */
  password: z.string().max(1_000).optional(),
  senderName: oneLine(80),
  senderAddress: addressSchema,
  /** A certificate, as PEM, that nobody vouches for and an administrator trusts all the same: that one and no other. */
  trusted: z
    .string()
    .max(20_000)
    .regex(/^-{5}[A-Z]+ CERTIFICATE-{5}\n[\w+/=\n]+-{5}[A-Z]+ CERTIFICATE-{5}\n?$/)
    .nullable(),
}

export const updateMailInput = z.strictObject(serverShape)
export type UpdateMail = z.output<typeof updateMailInput>

/** Tries what stands in the form, saved or not. */
export const testMailInput = z.strictObject({ to: addressSchema, settings: updateMailInput })
export type TestMail = z.output<typeof testMailInput>

export interface MailSettings extends Omit<UpdateMail, 'password'> {
  hasPassword: boolean
  /** The SHA-256 fingerprint of `trusted`. */
  trustedFingerprint: string | null
}

/**
 * What keeps a letter in the house. `insecure`: the server doesn't offer the encryption asked for. `credentials`: user or password.
 * `sender`/`recipient`: refused by the server. `later`: it asks to come back. `rejected`: it won't take this letter.
 */
export type MailProblem =
  | 'unset'
  | 'timeout'
  | 'refused'
  | 'unknownHost'
  | 'unreachable'
  | 'certificate'
  | 'insecure'
  | 'credentials'
  | 'sender'
  | 'recipient'
  | 'later'
  | 'rejected'
  | 'fault'

/** A certificate that was not accepted, so that it can be compared and trusted. */
export interface StrangeCertificate {
  subject: string
  issuer: string
  expiresAt: string
  fingerprint: string
  pem: string
}

export interface MailTest {
  ok: boolean
  problem: MailProblem | null
  /** The server's own words. */
  message: string | null
  /** How long it took, in milliseconds. */
  ms: number
  certificate: StrangeCertificate | null
}

export const outgoingInput = z
  .strictObject({ cursor: z.int().min(1).nullish(), limit: z.int().min(1).max(100).default(50) })
  .prefault({})
export type Outgoing = z.output<typeof outgoingInput>

export const mailRef = z.strictObject({ id: idSchema })

export interface OutgoingView {
  id: string
  to: string
  subject: string
  createdAt: string
  state: JobState
  attempts: number
  /** When it is tried next; null when it is finished. */
  nextAt: string | null
  tries: TryView[]
}

export interface OutgoingPage {
  items: OutgoingView[]
  nextCursor: number | null
  /** What was given up, all pages together. */
  dead: number
}
