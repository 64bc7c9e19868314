/** What the desk writes into tickets about calls, in the office's language. Pure. */
import type { OfficeSettings } from '../settings/contract.ts'

export interface MissedCall {
  number: string
  /** Milliseconds UTC. */
  at: number
  /** Phones that it rang at. */
  extensions: readonly string[]
  /** Which time in a row it is, from 1. */
  times: number
  /** Others with the same number. */
  alsoOf: readonly string[]
}

export const missedSubject = (
  { locale }: Pick<OfficeSettings, 'locale'>,
  { number }: Pick<MissedCall, 'number'>,
): string => words[locale].subject.replace('{number}', () => number)

/** The first message of a ticket for a missed call. */
export function missedBody(office: Pick<OfficeSettings, 'locale' | 'timezone'>, call: MissedCall): string {
  const said = words[office.locale]
  const lines = [fill(said.first, office, call)]
  if (call.extensions.length > 0)
    lines.push(said.rang.replace('{extensions}', () => call.extensions.join(', ')))
  if (call.alsoOf.length > 0) lines.push(said.alsoOf.replace('{names}', () => call.alsoOf.join(', ')))
  return lines.join('\n')
}

/** What another missed call adds. */
export const missedAgain = (office: Pick<OfficeSettings, 'locale' | 'timezone'>, call: MissedCall): string =>
  fill(words[office.locale].again, office, call)

function fill(
  text: string,
  { locale, timezone }: Pick<OfficeSettings, 'locale' | 'timezone'>,
  call: MissedCall,
): string {
  const time = new Intl.DateTimeFormat(locale, {
    timeStyle: 'short',
    timeZone: timezone,
    hour12: false,
  }).format(call.at)
  return text
    .replace('{number}', () => call.number)
    .replace('{time}', () => time)
    .replace('{nth}', () => ordinal[locale](call.times))
}

const ordinal: Record<OfficeSettings['locale'], (n: number) => string> = {
  'pt-BR': (n) => `${n}ª`,
  en: (n) => {
    const last = n % 100 >= 11 && n % 100 <= 13 ? 0 : n % 10
    return `${n}${['th', 'st', 'nd', 'rd'][last] ?? 'th'}`
  },
  es: (n) => `${n}.ª`,
}

const words: Record<
  OfficeSettings['locale'],
  Record<'subject' | 'first' | 'again' | 'rang' | 'alsoOf', string>
> = {
  'pt-BR': {
    subject: 'Ligação perdida de {number}',
    first: '{number} ligou às {time} e ninguém atendeu.',
    again: '{number} ligou de novo às {time}, {nth} vez, e ninguém atendeu.',
    rang: 'Tocou no ramal: {extensions}.',
    alsoOf: 'Este número também é de: {names}.',
  },
  en: {
    subject: 'Missed call from {number}',
    first: '{number} called at {time} and nobody answered.',
    again: '{number} called again at {time}, the {nth} time, and nobody answered.',
    rang: 'It rang at extension: {extensions}.',
    alsoOf: 'This number also belongs to: {names}.',
  },
  es: {
    subject: 'Llamada perdida de {number}',
    first: '{number} llamó a las {time} y nadie atendió.',
    again: '{number} volvió a llamar a las {time}, {nth} vez, y nadie atendió.',
    rang: 'Sonó en el anexo: {extensions}.',
    alsoOf: 'Este número también es de: {names}.',
  },
}
