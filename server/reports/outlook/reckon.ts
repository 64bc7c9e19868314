import { alwaysOpen, compileCalendar } from '../../sla/calendar.ts'
import type { CalendarDefinition } from '../../sla/calendar.contract.ts'
import type { Reader } from '../../store/reader.ts'
import { accuracyOf, bandOf, rollingTrials } from './back-test.ts'
import { backlogDays, fateOf } from './backlog.ts'
import {
  BAND,
  NEEDED_DAYS,
  NEEDED_TICKETS,
  type Backlog,
  type History,
  type Outlook,
  type OutlookCalendar,
  type StaffingPlan,
} from './contract.ts'
import { countDays, holidaysOf, type HolidayOf } from './day-counts.ts'
import { foretell, learn, type DayCount } from './forecast.ts'
import { historyReader, type HistoryReader } from './history-rows.ts'
import { hourShares } from './hours.ts'
import { dayName, localTime, type LocalTime } from './local-time.ts'
import { usualPresence } from './presence-hours.ts'
import { staffHours, type StaffingTerms } from './staffing.ts'

interface Scope {
  file: string
  now: number
  timezone: string
  calendar: (OutlookCalendar & { definition: CalendarDefinition }) | null
  teamIds: string[] | null
}

export type OutlookJob =
  | (Scope & { what: 'forecast'; days: number; capacity: number | null })
  | (Scope & {
      what: 'staffing'
      terms: Omit<StaffingTerms, 'handlingSeconds'> & { handlingSeconds: number | null }
      /** Those of the teams; null is everybody. */
      agentIds: string[] | null
    })

/** Half a year to learn from; more is another office. */
const LEARNT_DAYS = 26 * 7
const SHOWN_DAYS = 13 * 7
const HANDLING_DAYS = 90
/** An average of fewer calls is an anecdote. */
const NEEDED_CALLS = 20
const PRESENCE_DAYS = 28
/** Whoever was at hand when the presence that counts began said so before. */
const PRESENCE_BEFORE_DAYS = 7
const WEEK = 7
const DAY_MS = 86_400_000

/** All that a question needs to be reckoned with. */
interface Known {
  rows: HistoryReader
  teams: string | null
  local: LocalTime
  holidayOf: HolidayOf
  today: number
  from: number
  arrivals: number[]
  past: DayCount[]
  history: History
}

export function reckonOutlook(reader: Reader, job: OutlookJob): Outlook | StaffingPlan {
  const time = job.calendar ? compileCalendar(job.calendar.definition) : alwaysOpen
  const local = localTime(job.timezone)
  const holidayOf = holidaysOf(time, local)
  const rows = historyReader(reader)
  const teams = job.teamIds && JSON.stringify(job.teamIds)
  const today = local.dayOf(job.now)
  const first = rows.firstArrival(teams)
  // The day of the very first ticket is seldom a whole one.
  const from = Math.max(today - LEARNT_DAYS, first === null ? today : local.dayOf(first) + 1)
  const arrivals = rows.arrivals(teams, local.startOf(from))
  const past = countDays(arrivals, local, holidayOf, from, today)
  const tickets = past.reduce((sum, { count }) => sum + count, 0)
  const isEnough = past.length >= NEEDED_DAYS && tickets >= NEEDED_TICKETS
  const history = { days: past.length, tickets, isEnough }
  const known: Known = { rows, teams, local, holidayOf, today, from, arrivals, past, history }
  const answered = {
    at: new Date(job.now).toISOString(),
    timezone: job.timezone,
    calendar: job.calendar && { id: job.calendar.id, name: job.calendar.name },
    history,
  }
  if (job.what === 'forecast') return { ...answered, ...forecast(known, job) }
  return { ...answered, ...staffing(known, job, time) }
}

function forecast(
  known: Known,
  { days, capacity }: Extract<OutlookJob, { what: 'forecast' }>,
): Pick<Outlook, 'past' | 'forecast' | 'backlog'> {
  const { past, history, today, holidayOf } = known
  const shown = past
    .slice(-SHOWN_DAYS)
    .map(({ day, count, isHoliday }) => ({ day: dayName(day), count, isHoliday }))
  if (!history.isEnough) return { past: shown, forecast: null, backlog: null }
  const coming = foretold(past, today, days, holidayOf)
  return {
    past: shown,
    forecast: {
      days: coming.days.map((each, index) => ({
        day: dayName(today + index),
        ...each,
        holiday: holidayOf(today + index),
      })),
      accuracy: coming.accuracy,
    },
    backlog: backlog(known, coming, days, capacity),
  }
}

function foretold(past: readonly DayCount[], today: number, days: number, holidayOf: HolidayOf) {
  const model = learn(past)
  const trials = rollingTrials(past, days)
  const band = bandOf(trials, BAND)
  return {
    trials,
    days: Array.from({ length: days }, (_, index) => {
      const day = today + index
      return band(foretell(model, day, holidayOf(day) !== null, index + 1), index + 1)
    }),
    accuracy: accuracyOf(past, trials, BAND, days),
  }
}

function backlog(
  { rows, teams, local, holidayOf, from, today, arrivals }: Known,
  coming: ReturnType<typeof foretold>,
  days: number,
  capacity: number | null,
): Backlog {
  const resolved = rows.resolutions(teams, local.startOf(from))
  const going = foretold(countDays(resolved, local, holidayOf, from, today), today, days, holidayOf)
  const done = (instants: readonly number[]) => instants.filter((at) => local.dayOf(at) >= today).length
  const remaining = (expected: readonly { expected: number }[], soFar: number) =>
    expected.map((day, index) => (index === 0 ? Math.max(0, day.expected - soFar) : day.expected))
  const flow = {
    arrivals: remaining(coming.days, done(arrivals)),
    resolutions: remaining(going.days, done(resolved)),
  }
  const standing = { ...rows.backlog(teams), capacity }
  const expected = backlogDays(
    standing.now,
    flow,
    { arrivals: coming.trials, resolutions: going.trials },
    BAND,
  )
  const mean = (each: readonly { expected: number }[]) =>
    each.reduce((sum, day) => sum + day.expected, 0) / each.length
  const pace = { arrivalsPerDay: mean(coming.days), resolutionsPerDay: mean(going.days) }
  const { clearsInDays, fullIn, fullEarliestIn } = fateOf(standing, expected, pace)
  return {
    ...standing,
    days: expected.map((each, index) => ({ day: dayName(today + index), ...each })),
    ...pace,
    clearsInDays,
    fullOn: fullIn === null ? null : dayName(today + fullIn),
    fullEarliestOn: fullEarliestIn === null ? null : dayName(today + fullEarliestIn),
    resolutions: going.accuracy,
  }
}

function staffing(
  { rows, local, holidayOf, today, past, arrivals, history }: Known,
  { now, terms, agentIds }: Extract<OutlookJob, { what: 'staffing' }>,
  time: ReturnType<typeof compileCalendar>,
): Pick<StaffingPlan, 'handling' | 'hours' | 'outside' | 'presenceWeeks'> {
  const measured = rows.handling(now - HANDLING_DAYS * DAY_MS)
  const handling: StaffingPlan['handling'] =
    terms.handlingSeconds !== null
      ? { seconds: terms.handlingSeconds, source: 'given', calls: measured.calls }
      : measured.calls >= NEEDED_CALLS && measured.seconds > 0
        ? { ...measured, source: 'measured' }
        : null
  const since = today - PRESENCE_DAYS
  const usual = usualPresence(rows.presence(local.startOf(since - PRESENCE_BEFORE_DAYS)), local, holidayOf, {
    from: since,
    until: today,
    agentIds: agentIds && new Set(agentIds),
  })
  if (!handling || !history.isEnough) return { handling, hours: null, outside: 0, presenceWeeks: usual.weeks }
  const model = learn(past)
  const ordinary = arrivals.filter((at) => holidayOf(local.dayOf(at)) === null)
  const demand = {
    perDay: Array.from({ length: WEEK }, (_, index) =>
      foretell(model, today + index, holidayOf(today + index) !== null, index + 1),
    ),
    firstDay: today,
    shares: hourShares(ordinary, local),
    usual: usual.at,
  }
  const planned = staffHours(demand, { ...terms, handlingSeconds: handling.seconds }, local, time, now)
  return { handling, ...planned, presenceWeeks: usual.weeks }
}
