import { formatPhone, parsePhone } from './phones.ts'

/** The kinds of addresses that a customer has several of. */
export type ContactKind = 'email' | 'phone'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

/** As the server keeps it, or null when it can't be one. */
export function parseContact(kind: ContactKind, text: string): string | null {
  const trimmed = text.trim()
  if (kind === 'phone') return parsePhone(trimmed)
  return EMAIL.test(trimmed) ? trimmed.toLowerCase() : null
}

export const formatContact = (kind: ContactKind, value: string): string =>
  kind === 'phone' ? formatPhone(value) : value

/** The list with `text` at `index` (its length adds one); a blank text takes it out. Null when the text is no contact. */
export function withContact(
  kind: ContactKind,
  values: readonly string[],
  index: number,
  text: string,
): string[] | null {
  if (!text.trim()) return values.toSpliced(index, 1)
  const parsed = parseContact(kind, text)
  return parsed === null ? null : [...new Set(values.toSpliced(index, 1, parsed))]
}

/** The list with its main contact, the first, changed to the one at `index`. */
export const withMain = (values: readonly string[], index: number): string[] => [
  ...values.slice(index, index + 1),
  ...values.toSpliced(index, 1),
]
