/**
 * How long business time takes, printed: `node test/bench/calendar.ts`. Ten years of minutes are asked for as a screen would ask: of
 * an office with a lunch break and a year's holidays.
 */
import type { CalendarDefinition, OpenWindow } from '../../server/sla/calendar.contract.ts'
import { compileCalendar, type BusinessTime } from '../../server/sla/calendar.ts'

const workday: OpenWindow[] = [
  ['08:00', '12:00'],
  ['13:30', '18:00'],
]
const holidays = ['01-01', '04-21', '05-01', '09-07', '10-12', '11-02', '11-15', '11-20', '12-25']
const office = (timezone: string): CalendarDefinition => ({
  timezone,
  hours: { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday },
  holidays: holidays.map((date) => ({ date, name: date })),
})

const [from, to] = [Date.UTC(2026, 2, 9, 12), Date.UTC(2036, 2, 9, 12)]
const tenYears = (time: BusinessTime) => time.between(from, to)

function measure(what: string, times: number, work: () => unknown): void {
  const started = performance.now()
  for (let index = 0; index < times; index++) work()
  const ms = (performance.now() - started) / times
  process.stdout.write(`${ms.toFixed(3).padStart(10)} ms  ${what}\n`)
}

const saoPaulo = office('America/Sao_Paulo')
measure('the first Intl.DateTimeFormat of the process', 1, () => new Intl.DateTimeFormat('en-US'))
measure('the first question ever, two hours ahead', 1, () => compileCalendar(saoPaulo).add(from, 7_200_000))
measure('ten years, of a calendar and a zone never asked', 1, () =>
  tenYears(compileCalendar(office('Europe/Lisbon'))),
)
measure('ten years, of a calendar just edited', 50, () => tenYears(compileCalendar(saoPaulo)))
const time = compileCalendar(saoPaulo)
const ms = tenYears(time)
measure('ten years, of a calendar in use: between', 1_000, () => tenYears(time))
measure('ten years, of a calendar in use: add', 1_000, () => time.add(from, ms))
measure('ten years, of a calendar in use: back', 1_000, () => time.add(to, -ms))
measure('ten years, of a calendar in use: stretches', 20, () => time.stretches(from, to))
measure('all years, of a calendar just edited', 3, () =>
  compileCalendar(saoPaulo).add(from, Number.MAX_SAFE_INTEGER),
)
