import { setImmediate } from 'node:timers/promises'
import type Holidays from 'date-holidays'
import type { HolidaysTypes } from 'date-holidays'
import { invalid } from '../errors.ts'
import type { Locale } from '../settings/contract.ts'
import { brazilianName } from './brazilian-names.ts'
import type { HolidayOffer, HolidayPlace, HolidaysOf } from './calendar.contract.ts'

type Found = HolidaysTypes.Holiday

const DAY_MS = 24 * 60 * 60 * 1_000

/** Most offices never ask, so what knows the holidays of the world is loaded by the first that does. */
let library: Promise<typeof Holidays> | undefined
const load = () => (library ??= import('date-holidays').then((module) => module.default))

/** Where holidays are known, named in `locale`; Brazil first. */
export async function places(locale: Locale): Promise<HolidayPlace[]> {
  const Library = await load()
  const known = new Library()
  const language = languageOf(locale)
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const byName = new Intl.Collator(locale)
  const listed = (found: Record<string, string> | undefined, placesOf: (code: string) => HolidayPlace[]) =>
    Object.entries(found ?? {})
      .map(([code, name]): HolidayPlace => ({ code, name, places: placesOf(code) }))
      .sort((a, b) => byName.compare(a.name, b.name))
  return listed(known.getCountries(language), (country) =>
    listed(known.getStates(country, language), (state) =>
      listed(known.getRegions(country, state, language), () => []),
    ),
  )
    .map((country) => ({ ...country, name: names.of(country.code) ?? country.name }))
    .sort((a, b) => Number(b.code === 'BR') - Number(a.code === 'BR') || byName.compare(a.name, b.name))
}

/**
 * The holidays to choose from, at most one a day, as they come: those that never move once and for every year, the others in each
 * year that was asked for.
 * @throws VALIDATION `calendar.place_unknown` at `country`, `state` or `region`.
 */
export async function holidaysOf(input: HolidaysOf): Promise<HolidayOffer[]> {
  const { country, locale, fromYear, toYear } = input
  const sources = sourcesFor(await load(), input)
  const days: (HolidayOffer & { fixed: boolean })[] = []
  for (let year = fromYear; year <= toYear; year++) {
    const ofYear = new Map<string, HolidayOffer & { fixed: boolean }>()
    for (const found of sources.flatMap((source) => source.getHolidays(year, languageOf(locale)))) {
      const kind = kindOf(found)
      if (!kind) continue
      const name = (country === 'BR' ? brazilianName(found.rule, locale) : undefined) ?? found.name
      for (const date of datesOf(found)) {
        const known = ofYear.get(date)
        if (!known || (known.kind === 'optional' && kind === 'public'))
          ofYear.set(date, { date, name, kind, fixed: isFixed(found) })
      }
    }
    days.push(...ofYear.values())
    await setImmediate()
  }
  return inOrder(withYearly(days, toYear - fromYear + 1), fromYear)
}

/** @throws VALIDATION for a place without known holidays. */
function sourcesFor(Library: typeof Holidays, { country, state, region, locale }: HolidaysOf): Holidays[] {
  const known = new Library()
  const requireKnown = (field: string, code: string | undefined, codes: object | undefined) => {
    if (code !== undefined && !Object.hasOwn(codes ?? {}, code))
      throw invalid(field, 'calendar.place_unknown')
  }
  requireKnown('country', country, known.getCountries())
  requireKnown('state', state, known.getStates(country))
  requireKnown('region', region, known.getRegions(country, state ?? ''))
  const options = { languages: [languageOf(locale), 'en'] }
  const own = new Library(
    { country, ...(state !== undefined && { state }), ...(region !== undefined && { region }) },
    options,
  )
  // Where a state of Brazil had the day of a later national holiday before, the library forgets the nation's.
  return country === 'BR' && state !== undefined ? [new Library({ country }, options), own] : [own]
}

/** By law, or for the office to decide; null for days on which everybody works. */
function kindOf({ type }: Found): HolidayOffer['kind'] | null {
  if (type === 'public') return 'public'
  return type === 'bank' || type === 'optional' ? 'optional' : null
}

/** Every date it lasts over; an evening before does not count as a day. */
function datesOf({ date, start, end }: Found): string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
  const days = Math.max(1, Math.floor((end.getTime() - start.getTime()) / DAY_MS))
  return Array.from({ length: days }, (_, index) =>
    new Date(first + index * DAY_MS).toISOString().slice(0, 10),
  )
}

/** Bound to a day of a month; a day off in its place, when it falls on a weekend, moves. */
function isFixed({ rule, date }: Found): boolean {
  const [, day] = /^(\d\d-\d\d)(?: \d\d:\d\d)?(?: and .*| #\d+)?$/.exec(rule) ?? []
  return day === date.slice(5, 10)
}

/** Days that come in each of the years become yearly; laws that begin or end within them leave dates. */
function withYearly(days: readonly (HolidayOffer & { fixed: boolean })[], years: number): HolidayOffer[] {
  const key = ({ date, name, kind }: HolidayOffer) => JSON.stringify([date.slice(5), name, kind])
  const counts = new Map<string, number>()
  for (const day of days) if (day.fixed) counts.set(key(day), (counts.get(key(day)) ?? 0) + 1)
  const offers = new Map<string, HolidayOffer>()
  for (const day of days) {
    const date = day.fixed && counts.get(key(day)) === years ? day.date.slice(5) : day.date
    if (!offers.has(date)) offers.set(date, { date, name: day.name, kind: day.kind })
  }
  return [...offers.values()]
}

const inOrder = (offers: readonly HolidayOffer[], firstYear: number) => {
  const first = ({ date }: HolidayOffer) => (date.length === 5 ? `${firstYear}-${date}` : date)
  return offers.toSorted((a, b) => (first(a) < first(b) ? -1 : 1))
}

const languageOf = (locale: Locale) => locale.slice(0, 2)
