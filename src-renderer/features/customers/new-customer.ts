import type { CreateCustomer } from '../../../server/customers/contract.ts'
import { parseContact } from './contacts.ts'
import { documentState } from './documents.ts'

export interface CustomerDraft {
  name: string
  phones: string[]
  emails: string[]
  document: string
  tier: string | null
  organization: { id: string; name: string } | null
  notes: string
}

/** A blank record, begun with what was searched for: a number goes where numbers go. */
export function beginDraft(written: string): CustomerDraft {
  const text = written.trim()
  const draft: CustomerDraft = {
    name: '',
    phones: [''],
    emails: [''],
    document: '',
    tier: null,
    organization: null,
    notes: '',
  }
  if (text.includes('@')) return { ...draft, emails: [text] }
  const state = documentState(text)
  if (state === 'cpf' || state === 'cnpj') return { ...draft, document: text }
  if (/^[\d\s()+.-]{6,}$/.test(text)) return { ...draft, phones: [text] }
  return { ...draft, name: text }
}

export interface DraftProblems {
  name: boolean
  /** By place in the list. */
  phones: boolean[]
  emails: boolean[]
  document: boolean
}

const isWrong = (kind: 'email' | 'phone') => (text: string) =>
  text.trim() !== '' && parseContact(kind, text) === null

export function draftProblems(draft: CustomerDraft): DraftProblems {
  const state = documentState(draft.document)
  return {
    name: draft.name.trim() === '',
    phones: draft.phones.map(isWrong('phone')),
    emails: draft.emails.map(isWrong('email')),
    document: state === 'wrong' || state === 'short',
  }
}

export const hasProblems = ({ name, phones, emails, document }: DraftProblems): boolean =>
  name || document || phones.includes(true) || emails.includes(true)

const filled = (values: readonly string[]): string[] => values.map((value) => value.trim()).filter(Boolean)

export function toCreateInput(id: string, draft: CustomerDraft): CreateCustomer {
  return {
    id,
    name: draft.name.trim(),
    emails: filled(draft.emails),
    phones: filled(draft.phones),
    document: draft.document.trim() || null,
    tier: draft.tier,
    organizationId: draft.organization?.id ?? null,
    notes: draft.notes,
  }
}

/** What to ask the server about while somebody is typing; null while there is too little to go by. */
export function duplicatesQuestion(draft: CustomerDraft) {
  const name = draft.name.trim()
  const emails = filled(draft.emails).filter((email) => parseContact('email', email) !== null)
  const phones = filled(draft.phones).filter((phone) => parseContact('phone', phone) !== null)
  const document = draft.document.trim()
  const asks = name.length >= 3 || emails.length > 0 || phones.length > 0 || document.length >= 11
  return asks ? { name, emails, phones, document } : null
}
