/** Addresses that dial. Pure; shared with the clients. */
import { z } from 'zod'

const PLACEHOLDERS = ['number', 'extension', 'e164'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

/** What opens a phone, or asks an exchange to dial; nothing that a browser would run. */
const SCHEMES = ['http:', 'https:', 'tel:', 'callto:', 'sip:']

/** A template such as `tel:{e164}` or `https://pbx/dial?to={number}&from={extension}`. */
export const dialUrlSchema = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine(namesNumber, 'phone.dial_without_number')
  .refine(knowsPlaceholders, 'phone.dial_placeholder_unknown')
  .refine(isSafe, 'phone.dial_unsafe')

export interface Dialled {
  /** As it is written down. */
  number: string
  e164: string | null
  /** Of whoever dials; null when they have none. */
  extension: string | null
}

/** The address that dials, or null when the template asks for what isn't there: an extension, or a number with a digit in it. */
export function dialUrl(template: string, { number, e164, extension }: Dialled): string | null {
  const digits = e164 ?? number.replace(/[^\d*#+]/g, '')
  if (!/\d/.test(digits)) return null
  if (template.includes('{extension}') && !extension) return null
  return fill(template, { number: digits.replace(/^\+/, ''), e164: digits, extension: extension ?? '' })
}

function fill(template: string, values: Record<Placeholder, string>): string {
  const isWeb = /^https?:/i.test(template)
  const encode = (value: string) =>
    // In a phone's address a plus is a plus.
    isWeb ? encodeURIComponent(value) : encodeURIComponent(value).replaceAll('%2B', '+')
  return PLACEHOLDERS.reduce((url, name) => url.replaceAll(`{${name}}`, encode(values[name])), template)
}

function namesNumber(template: string): boolean {
  return template.includes('{number}') || template.includes('{e164}')
}

function knowsPlaceholders(template: string): boolean {
  return [...template.matchAll(/\{([^}]*)\}?/g)].every(([whole, name]) =>
    PLACEHOLDERS.some((known) => known === name && whole === `{${name}}`),
  )
}

/** Looks at the address as it will be, so that no placeholder makes the scheme or the host. */
function isSafe(template: string): boolean {
  const examples = ['11987654321', '2'].map((number) =>
    fill(template, { number, e164: number, extension: number }),
  )
  const urls = examples.flatMap((url) => (URL.canParse(url) ? [new URL(url)] : []))
  const [first, second] = urls
  return (
    first !== undefined &&
    second !== undefined &&
    SCHEMES.includes(first.protocol) &&
    first.host === second.host &&
    first.username === '' &&
    first.password === ''
  )
}
