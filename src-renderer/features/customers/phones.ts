import { parsePhoneNumberFromString } from 'libphonenumber-js'

const HOME = 'BR'

/** What people type as `+5511987654321`, Brazilian when no country is named; null when it can't be a number. */
export function parsePhone(text: string): string | null {
  const number = parsePhoneNumberFromString(text, HOME)
  return number?.isPossible() ? number.number : null
}

/** For reading aloud: `(11) 98765-4321` at home, `+351 912 345 678` from abroad. What is no number stays as it is. */
export function formatPhone(text: string): string {
  const number = parsePhoneNumberFromString(text, HOME)
  if (!number) return text
  return number.country === HOME ? number.formatNational() : number.formatInternational()
}
