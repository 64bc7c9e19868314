import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** `+5511987654321` from whatever people write, Brazilian when no country is named; null when it can't be a number. */
export function toE164(text: string): string | null {
  const number = parsePhoneNumberFromString(text, 'BR')
  return number?.isPossible() ? number.number : null
}

/** For showing to people: `+55 11 98765-4321`. */
export const formatPhone = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164

/**
 * The number and its twin, the number itself first. Brazilian mobiles once had eight digits and got a ninth, 9, in
 * front: old lists and some exchanges still leave it out, yet it is the same phone.
 */
export function phoneTwins(e164: string): string[] {
  const brazilian = /^\+55(\d\d)(9?)([6-9]\d{7})$/.exec(e164)
  if (!brazilian) return [e164]
  const [, area = '', ninth, subscriber = ''] = brazilian
  return [e164, `+55${area}${ninth ? '' : '9'}${subscriber}`]
}
