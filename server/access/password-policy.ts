import { invalid } from '../errors.ts'
import { PASSWORD_MIN } from './contract.ts'

export interface PasswordOwner {
  name: string
  email: string
  company: string
}

/** Words that, with digits or signs around them, are what those who guess try first. */
const commonWords = new Set(
  `senha minhasenha novasenha mudar alterar trocar password mypassword passwort contrasena admin administrador administrator
  qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm qazwsx qazwsxedc iloveyou teamo eteamo brasil flamengo corinthians palmeiras
  saopaulo vasco santos gremio cruzeiro barcelona jesus jesuscristo deusefiel familia princesa welcome bemvindo letmein
  superman batman pokemon dragon monkey football changeme`.split(/\s+/),
)
const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv',
]

/** @throws VALIDATION at `field` when the password is among the first that a stranger would try. */
export function refuseWeakPassword(password: string, owner: PasswordOwner, field = 'password'): void {
  const reason = passwordWeakness(password, owner)
  if (reason) throw invalid(field, reason)
}

/** Why this password is too easy to guess, or null. */
export function passwordWeakness(password: string, owner: PasswordOwner): string | null {
  if (password.length < PASSWORD_MIN) return 'auth.password_too_short'
  const folded = fold(password)
  const names = [owner.email, owner.email.split('@')[0] ?? '', owner.company, owner.name].map(fold)
  if (names.includes(folded)) return 'auth.password_is_name'
  return isTrivial(folded) || commonWords.has(wordWithin(folded)) ? 'auth.password_common' : null
}

/** A number such as a phone or a date, one thing repeated, or a run along the alphabet or the keyboard. */
function isTrivial(text: string): boolean {
  return /^\d{1,15}$/.test(text) || /^(.{1,4})\1+.{0,2}$/.test(text) || runs.some((run) => run.includes(text))
}

/** `p@ssw0rd2026!` is `password` to whoever guesses. */
const wordWithin = (text: string) =>
  text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').replace(/[@013457$]/g, (sign) => lookalikes.get(sign) ?? sign)

const lookalikes = new Map(
  [...'@a0o1i3e4a5s7t$s'.matchAll(/(.)(.)/g)].map(([, sign = '', letter = '']) => [sign, letter]),
)

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\p{M}\s]/gu, '')
    .toLowerCase()
