import type { Outlook, StaffedHour } from '../../../server/reports/outlook/contract.ts'
import type { ChartData } from '../../ui/charts/chart-data.ts'

/** The latest days shown beside those to come: more make both too narrow. */
const PAST_DAYS = 42

interface Words {
  day: (day: string) => string
  number: (value: number) => string
  name: (key: 'arrived' | 'expected' | 'band' | 'backlog' | 'needed' | 'usual') => string
}

const tenth = (value: number) => Math.round(value * 10) / 10

/** What came, and after it what is expected, with its band. */
export function arrivalsChart({ past, forecast }: Outlook, words: Words): ChartData {
  const shown = past.slice(-PAST_DAYS)
  const coming = forecast?.days ?? []
  const [before, after] = [shown.map(() => null), coming.map(() => null)]
  return {
    kind: 'line',
    unit: 'count',
    categories: [...shown, ...coming].map(({ day }) => words.day(day)),
    series: [
      { name: words.name('arrived'), values: [...shown.map(({ count }) => count), ...after] },
      ...(coming.length > 0
        ? [
            {
              name: words.name('expected'),
              values: [...before, ...coming.map((each) => tenth(each.expected))],
            },
          ]
        : []),
    ],
    ...(coming.length > 0 && {
      band: {
        name: words.name('band'),
        low: [...before, ...coming.map(({ low }) => low)],
        high: [...before, ...coming.map(({ high }) => high)],
      },
    }),
  }
}

export function backlogChart({ days }: NonNullable<Outlook['backlog']>, words: Words): ChartData {
  return {
    kind: 'line',
    unit: 'count',
    categories: days.map(({ day }) => words.day(day)),
    series: [{ name: words.name('backlog'), values: days.map((each) => tenth(each.expected)) }],
    band: {
      name: words.name('band'),
      low: days.map(({ low }) => low),
      high: days.map(({ high }) => high),
    },
  }
}

/** The open hours of one day: who is needed, and who is usually there. */
export function staffingChart(
  hours: readonly StaffedHour[],
  words: Words,
  hourName: (hour: number) => string,
): ChartData {
  const usual = hours.map((hour) => (hour.usual === null ? null : tenth(hour.usual)))
  return {
    kind: 'bars',
    unit: 'count',
    categories: hours.map(({ hour }) => hourName(hour)),
    series: [
      { name: words.name('needed'), values: hours.map(({ agents }) => agents) },
      ...(usual.some((value) => value !== null)
        ? [{ name: words.name('usual'), values: usual, isLine: true }]
        : []),
    ],
  }
}

/** Hours in which fewer people are usually there than needed, the worst first. */
export function shortHours(hours: readonly StaffedHour[]): (StaffedHour & { missing: number })[] {
  return hours
    .flatMap((hour) => {
      const missing = hour.usual === null ? 0 : Math.ceil(hour.agents - hour.usual - 0.5)
      return missing > 0 ? [{ ...hour, missing }] : []
    })
    .sort((a, b) => b.missing - a.missing || (a.at < b.at ? -1 : 1))
}
