import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HolidayOffer } from '../../server/sla/calendar.contract.ts'
import { newCalendarInput } from '../../server/sla/calendar.contract.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let agent: Client
beforeAll(async () => {
  server = await startTestServer()
  const admin = await server.setup()
  agent = server.client((await server.join(admin, { name: 'Bruno', email: 'bruno@ipe.example' })).token)
})
afterAll(() => server[Symbol.asyncDispose]())

const years = { fromYear: 2026, toYear: 2028, locale: 'pt-BR' } as const
const inBrazil = (place: { state?: string; region?: string } = {}) =>
  agent.calendars.holidays.query({ country: 'BR', ...place, ...years })
const datesOf = (offers: HolidayOffer[], name: string) =>
  offers.filter((offer) => offer.name === name).map(({ date }) => date)

describe('the holidays of Brazil', () => {
  it('that the law gives to the whole country never move, but for Good Friday and elections', async () => {
    const offers = await inBrazil()
    const isPublic = ({ kind }: HolidayOffer) => kind === 'public'
    expect(offers.filter(isPublic).filter(({ date }) => date.length === 5)).toEqual(
      [
        ['01-01', 'Confraternização Universal'],
        ['04-21', 'Tiradentes'],
        ['05-01', 'Dia do Trabalhador'],
        ['09-07', 'Independência do Brasil'],
        ['10-12', 'Nossa Senhora Aparecida'],
        ['11-02', 'Finados'],
        ['11-15', 'Proclamação da República'],
        ['11-20', 'Dia da Consciência Negra'],
        ['12-25', 'Natal'],
      ].map(([date, name]) => ({ date, name, kind: 'public' })),
    )
    // Easter is on 5 April 2026, 28 March 2027 and 16 April 2028.
    expect(datesOf(offers, 'Sexta-feira Santa')).toEqual(['2026-04-03', '2027-03-26', '2028-04-14'])
    // First and last Sunday of October in even years.
    expect(datesOf(offers, 'Dia de Eleição')).toEqual([
      '2026-10-04',
      '2026-10-25',
      '2028-10-01',
      '2028-10-29',
    ])
  })

  it('that custom gives are for the office to choose', async () => {
    const offers = await inBrazil()
    const optional = offers.filter(({ kind }) => kind === 'optional')
    expect(datesOf(optional, 'Corpus Christi')).toEqual(['2026-06-04', '2027-05-27', '2028-06-15'])
    expect(datesOf(optional, 'Quarta-feira de Cinzas')).toEqual(['2026-02-18', '2027-02-10', '2028-03-01'])
    // Saturday to Tuesday.
    expect(datesOf(optional, 'Carnaval').slice(0, 4)).toEqual([
      '2026-02-14',
      '2026-02-15',
      '2026-02-16',
      '2026-02-17',
    ])
    expect(datesOf(optional, 'Véspera de Natal')).toEqual(['12-24'])
    expect(offers.map(({ name }) => name)).not.toContain('Dia das Mães')
  })

  it('of São Paulo: 9 July in the state, the city’s birthday in the city, and the nation’s in both', async () => {
    const state = await inBrazil({ state: 'SP' })
    expect(state).toContainEqual({ date: '07-09', name: 'Revolução Constitucionalista', kind: 'public' })
    const city = await inBrazil({ state: 'SP', region: 'SP' })
    expect(city).toContainEqual({ date: '01-25', name: 'Aniversário da Cidade', kind: 'public' })
    expect(city).toContainEqual({ date: '2026-06-04', name: 'Corpus Christi', kind: 'public' })
  })

  it('that are the nation’s are every state’s', async () => {
    const nation = (await inBrazil()).filter(({ kind }) => kind === 'public').map(({ date }) => date)
    const brazil = (await agent.calendars.places.query({ locale: 'pt-BR' }))[0]
    expect(brazil?.places).toHaveLength(27)
    for (const { code } of brazil?.places ?? []) {
      const own = (await inBrazil({ state: code }))
        .filter(({ kind }) => kind === 'public')
        .map(({ date }) => date)
      expect([code, nation.filter((date) => !own.includes(date))]).toEqual([code, []])
    }
  })

  it('begin to be offered when the law begins', async () => {
    const offers = await agent.calendars.holidays.query({
      country: 'BR',
      ...years,
      fromYear: 2022,
      toYear: 2025,
    })
    expect(datesOf(offers, 'Dia da Consciência Negra')).toEqual(['2024-11-20', '2025-11-20'])
  })

  it('can be saved as they are', async () => {
    const holidays = (await inBrazil({ state: 'RJ', region: 'RJ' })).map(({ date, name }) => ({ date, name }))
    const calendar = {
      name: 'Rio',
      timezone: 'America/Sao_Paulo',
      hours: { mon: [['09:00', '18:00']] },
      holidays,
    }
    expect(newCalendarInput.safeParse(calendar).error).toBeUndefined()
  })
})

describe('holidays elsewhere', () => {
  it('carry names in the language that was asked for', async () => {
    const spanish = await agent.calendars.holidays.query({ country: 'BR', ...years, locale: 'es' })
    expect(spanish).toContainEqual({ date: '12-25', name: 'Navidad', kind: 'public' })
    expect(datesOf(spanish, 'Miércoles de Ceniza')).toHaveLength(3)
    const english = await agent.calendars.holidays.query({ country: 'PT', ...years, locale: 'en' })
    expect(english).toContainEqual({ date: '12-25', name: 'Christmas Day', kind: 'public' })
  })

  it('that stand in for a Saturday or a Sunday come in their year alone', async () => {
    const offers = await agent.calendars.holidays.query({ country: 'US', ...years, locale: 'en' })
    expect(offers).toContainEqual({ date: '07-04', name: 'Independence Day', kind: 'public' })
    // The fourth of July 2026 is a Saturday, that of 2027 a Sunday.
    const dates = offers.map(({ date }) => date)
    expect(dates).toContain('2026-07-03')
    expect(dates).toContain('2027-07-05')
    expect(dates).not.toContain('2028-07-03')
  })

  it('of several days come day by day', async () => {
    const offers = await agent.calendars.holidays.query({
      country: 'TR',
      fromYear: 2026,
      toYear: 2026,
      locale: 'en',
    })
    const feast = offers.filter(({ date }) => date.startsWith('2026-05-'))
    expect(feast.map(({ date }) => date)).toEqual(['2026-05-27', '2026-05-28', '2026-05-29', '2026-05-30'])
  })

  it('are at most one a day', async () => {
    const offers = await agent.calendars.holidays.query({ country: 'AR', ...years })
    expect(new Set(offers.map(({ date }) => date)).size).toBe(offers.length)
  })
})

describe('the places', () => {
  it('are countries by name, Brazil first, with their states and cities', async () => {
    const [first, ...others] = await agent.calendars.places.query({ locale: 'pt-BR' })
    expect(first).toMatchObject({ code: 'BR', name: 'Brasil' })
    expect(first?.places.find(({ code }) => code === 'SP')).toEqual({
      code: 'SP',
      name: 'São Paulo',
      places: [{ code: 'SP', name: 'São Paulo', places: [] }],
    })
    expect(others.find(({ code }) => code === 'US')?.name).toBe('Estados Unidos')
    const names = others.map(({ name }) => name)
    expect(names).toEqual(names.toSorted(new Intl.Collator('pt-BR').compare))
  })

  it.each<[string, object, string, string]>([
    ['no country', { country: 'XX' }, 'country', 'calendar.place_unknown'],
    ['no state of it', { country: 'BR', state: 'XX' }, 'state', 'calendar.place_unknown'],
    ['no city of it', { country: 'BR', state: 'SP', region: 'XX' }, 'region', 'calendar.place_unknown'],
    ['what every object has', { country: 'BR', state: 'constructor' }, 'state', 'calendar.place_unknown'],
    ['a city without a state', { country: 'BR', region: 'SP' }, 'region', 'calendar.place_unknown'],
    ['years backwards', { country: 'BR', fromYear: 2027, toYear: 2026 }, 'toYear', 'calendar.years_unfit'],
    ['too many years', { country: 'BR', fromYear: 2026, toYear: 2036 }, 'toYear', 'calendar.years_unfit'],
  ])('that are %s are refused', async (_, input, field, reason) => {
    const refused = await refusal(agent.calendars.holidays.query({ ...years, ...input } as never))
    expect(refused['fieldErrors']).toEqual({ [field]: [reason] })
  })
})
