/** What exchanges put into the place of a caller's number, made into a number. Pure. */
import { formatPhone, phoneTwins, toE164 } from '../customers/phones.ts'

export interface CleanNumber {
  /** As the exchange gave it, without what stands around it; empty when withheld. */
  given: string
  /** Null when withheld, internal, or no number. */
  e164: string | null
  /** The same for every way of writing one number, with its ninth digit or without; empty when withheld. */
  key: string
}

/** With what is left of an accent that came in another encoding. */
const WITHHELD =
  /^(?:n[uú\ufffd]mero )?(anonymous|an[oô\ufffd]nimo|unknown|desconhecid[oa]|restricted|restrit[oa]|private|privad[oa]|unavailable|withheld|hidden|blocked|bloquead[oa]|oculto|null|none|asterisk|-?1|0*)$/i

/** Digits of which nobody's phone has less, the area code left out; less is an extension. */
const SHORTEST_LOCAL = 8
const LONGEST_LOCAL = 9

/**
 * Takes `sip:` addresses, names in quotes, channels and slashes off, then the ways of dialling that Brazilian exchanges leave in front
 * (0, 0 + carrier, 00 + carrier, 9090 of collect calls), and reads what is left. `areaCode` is of numbers that come without one.
 */
export function cleanNumber(text: string, areaCode: string | null): CleanNumber {
  const given = bare(text)
  if (WITHHELD.test(given)) return { given: '', e164: null, key: '' }
  const digits = given.replace(/\D/g, '')
  if (digits === '') return { given, e164: null, key: given.toLowerCase() }
  const e164 =
    readings(given, digits, areaCode)
      .map(plausible)
      .find((number) => number !== null) ?? null
  return { given, e164, key: e164 === null ? digits : longest(phoneTwins(e164)) }
}

const longest = (numbers: readonly string[]): string =>
  numbers.reduce((a, b) => (b.length > a.length ? b : a))

/** For showing to people. */
export const shownNumber = ({ given, e164 }: Pick<CleanNumber, 'given' | 'e164'>): string =>
  e164 === null ? given : formatPhone(e164)

/** `"Maria" <sip:11987654321@10.0.0.1;user=phone>` → `11987654321`. */
function bare(text: string): string {
  const address = /<([^<>]*)>/.exec(text)?.[1] ?? text
  const inner = address
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^(sips?|tel|callto):(\/\/)?/i, '')
    .replace(/[@;?].*$/, '')
    .replace(/\s*(ext\.?|x|ramal|r\.)\s*\d{1,6}$/i, '')
    .replaceAll('%2B', '+')
    .trim()
  return withoutSlash(inner)
}

/** A slash is part of how a number is written (`11/98765-4321`), or parts it from a channel or an extension. */
function withoutSlash(text: string): string {
  if (!text.includes('/')) return text
  const parts = text.split('/').map((part) => part.trim())
  if (parts.some((part) => /[a-z]{2}/i.test(part)))
    return (parts.findLast((part) => /\d/.test(part)) ?? text).replace(/-[0-9a-f]{8,}$/i, '')
  const first = parts[0] ?? ''
  return first.replace(/\D/g, '').length >= SHORTEST_LOCAL ? first : parts.join(' ')
}

/** What the digits may mean, the likeliest first, in a form that says its country where it isn't ours. */
function* readings(given: string, digits: string, areaCode: string | null): Generator<string> {
  if (given.startsWith('+')) {
    yield `+${digits}`
    // `+55 (0)11 …`
    yield `+${digits.replace(/^550/, '55')}`
    return
  }
  const local = areaCode === null ? null : (number: string) => `+55${areaCode}${number}`
  if (local && isLocal(digits)) yield local(digits)
  const collect = /^9090(\d{8,9})$/.exec(digits)?.[1]
  if (local && collect) yield local(collect)
  const collectFar = /^90\d\d(\d{10,11})$/.exec(digits)?.[1]
  if (collectFar) yield `+55${collectFar}`
  if (/^0[358]00\d{6,7}$/.test(digits)) yield `+55${digits.slice(1)}`
  if (/^55\d{10,11}$/.test(digits)) yield `+${digits}`
  if (/^00/.test(digits)) {
    yield `+${digits.slice(2)}`
    yield `+${digits.slice(4)}`
  }
  const trunk = /^0(?:\d\d)?(\d{10,11})$/.exec(digits)?.[1]
  if (/^0\d{10,11}$/.test(digits)) yield `+55${digits.slice(1)}`
  else if (trunk) yield `+55${trunk}`
  const trunkLocal = /^0(\d{8,9})$/.exec(digits)?.[1]
  if (local && trunkLocal) yield local(trunkLocal)
  if (/^[1-9]\d{9,10}$/.test(digits)) yield `+55${digits}`
}

const isLocal = (digits: string) =>
  digits.length >= SHORTEST_LOCAL && digits.length <= LONGEST_LOCAL && !digits.startsWith('0')

/**
 * Of ours only what has an area code and a subscriber's number as they exist: nine digits begin with 9, eight with 2 to 9. So a foreign
 * number that came without its + is not taken for one of ours. Of others what the numbering plans of the world allow.
 */
function plausible(number: string): string | null {
  if (number.startsWith('+55') && !/^\+55([1-9][1-9](9\d{8}|[2-9]\d{7})|[358]00\d{6,7})$/.test(number))
    return null
  return toE164(number)
}
