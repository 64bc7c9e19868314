import type { Locale } from '../settings/contract.ts'
import { dateStyles, type DateStyle } from './contract.ts'

const formats: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { dateStyle: 'short', timeStyle: 'short' },
  day: { dateStyle: 'short' },
  long: { dateStyle: 'long' },
  weekday: { weekday: 'long' },
  time: { timeStyle: 'short' },
}

/** Making a formatter costs far more than its use. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, timeZone: string, style: DateStyle): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${style}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { ...formats[style], timeZone })
  formatters.set(key, made)
  return made
}

export interface Place {
  locale: Locale
  timezone: string
}

/** An instant (UTC milliseconds) as a template holds it: written in the office's zone and language. */
export class Moment {
  readonly #at: number
  readonly #place: Place

  constructor(at: number, place: Place) {
    this.#at = at
    this.#place = place
  }

  in(style: DateStyle): string {
    return formatter(this.#place.locale, this.#place.timezone, style).format(this.#at).replace(', ', ' ')
  }

  toString(): string {
    return this.in('short')
  }
}

export const isDateStyle = (style: unknown): style is DateStyle => dateStyles.some((known) => known === style)

const greetings: Record<Locale, readonly [morning: string, afternoon: string, night: string]> = {
  'pt-BR': ['Bom dia', 'Boa tarde', 'Boa noite'],
  en: ['Good morning', 'Good afternoon', 'Good evening'],
  es: ['Buenos días', 'Buenas tardes', 'Buenas noches'],
}

/** What people say to each other at this time of day at that place. */
export function greetingAt(at: number, { locale, timezone }: Place): string {
  const hour = Number(
    new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: timezone }).format(at),
  )
  const [morning, afternoon, night] = greetings[locale]
  if (hour >= 5 && hour < 12) return morning
  return hour >= 12 && hour < 18 ? afternoon : night
}
