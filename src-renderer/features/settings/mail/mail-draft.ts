/** What stands in the form of outgoing mail. Pure. */
import type { MailSettings, TlsMode, UpdateMail } from '../../../../server/mail/contract.ts'

export interface MailDraft {
  host: string
  port: string
  tls: TlsMode
  user: string
  /** Empty keeps what the server has. */
  password: string
  senderName: string
  senderAddress: string
  trusted: string | null
}

export const mailFields = ['host', 'port', 'user', 'password', 'senderName', 'senderAddress'] as const

/** Where servers listen for each, unless they say otherwise. */
const usualPort: Record<TlsMode, string> = { tls: '465', starttls: '587', none: '25' }

export const toMailDraft = (settings: MailSettings | null, company: string): MailDraft => ({
  host: settings?.host ?? '',
  port: String(settings?.port ?? usualPort.starttls),
  tls: settings?.tls ?? 'starttls',
  user: settings?.user ?? '',
  password: '',
  senderName: settings?.senderName ?? company,
  senderAddress: settings?.senderAddress ?? '',
  trusted: settings?.trusted ?? null,
})

/** With another kind of encryption the port follows, unless it was chosen by hand; and what was trusted is another server's. */
export const withTls = (draft: MailDraft, tls: TlsMode): MailDraft => ({
  ...draft,
  tls,
  port: draft.port === usualPort[draft.tls] ? usualPort[tls] : draft.port,
})

export const toUpdate = (draft: MailDraft): UpdateMail => ({
  ...{ host: draft.host.trim(), port: Number(draft.port), tls: draft.tls, user: draft.user.trim() || null },
  ...(draft.password !== '' && { password: draft.password }),
  ...{ senderName: draft.senderName.trim(), senderAddress: draft.senderAddress.trim() },
  trusted: draft.tls === 'none' ? null : draft.trusted,
})

/** What is typed wrongly, by field. */
export const mailDraftProblems = ({ host, port, senderAddress }: MailDraft) => [
  ...(host.trim() ? [] : ['host' as const]),
  ...(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535 ? [] : ['port' as const]),
  ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(senderAddress.trim()) ? [] : ['senderAddress' as const]),
]
