import type { Clock } from '../clock.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { BusinessTime } from '../sla/calendar.ts'
import { alwaysOpen } from '../sla/calendar.ts'
import type { Book, SlaBook } from '../sla/sla-book.ts'
import type { Ask } from '../store/consistent-reader.ts'
import type { Store } from '../store/store.ts'
import { nearestBreaches } from './breach-rows.ts'
import type { BreachLive, LiveSnapshot } from './contract.ts'
import { readDesk, type DeskFigures } from './desk-rows.ts'
import { intakeLights, readPatience } from './intake.ts'
import { officeTime, type OfficeTime } from './office-day.ts'
import { keep, type Scope } from './scope.ts'
import { snapshotOf } from './snapshot-of.ts'
import { readUsual, type Usual } from './usual.ts'

export interface DeskReaderDeps {
  store: Pick<Store, 'consistent'>
  clock: Clock
  settings: Pick<Settings, 'get'>
  book: Pick<SlaBook, 'current'>
}

/** What was read, for as long as nothing is written and no time passes that matters. */
interface Look {
  version: number
  office: OfficeTime
  desk: DeskFigures
  idOf: ReadonlyMap<number, string>
  breaches: Map<string, BreachLive[]>
  /** The last one told of each scope: screens that look at the same moment get the same. */
  told: Map<string, { now: number; snapshot: LiveSnapshot }>
}

/** What changes by the hour at most. */
interface Habits {
  key: string
  usual: Usual
  patience: ReadonlyMap<string, number>
}

/** Reads the desk once for all who look at it. */
export class DeskReader {
  readonly #deps: DeskReaderDeps
  #look: Look | undefined
  #habits: Habits | undefined
  #office: OfficeTime | undefined
  /** How often the desk's figures were read: for tests of how much is shared. */
  reckonings = 0

  constructor(deps: DeskReaderDeps) {
    this.#deps = deps
  }

  /** From when on what was read is no longer true by time alone; milliseconds UTC. */
  get holdsUntil(): number {
    return this.#look?.desk.until ?? Infinity
  }

  /** What stands now in a scope. The same object for all who ask in the same moment. */
  async snapshot(scope: Scope): Promise<LiveSnapshot> {
    const { settings, book, store, clock } = this.#deps
    const { timezone } = await settings.get()
    const time = officeHours(await book.current())
    // From here on nothing is waited for.
    return store.consistent.read((ask) => {
      const now = clock.now()
      const look = this.#lookAt(ask, timezone, now)
      const told = look.told.get(scope.key)
      if (told?.now === now) return told.snapshot
      const { usual, patience } = this.#habitsAt(ask, look.office, time, now)
      const breaches = look.breaches.get(scope.key) ?? nearestBreaches(ask, look.desk, scope)
      keep(look.breaches, scope.key, breaches)
      const intake = intakeLights(look.desk.phones, { time: time.hours, patience, now })
      const snapshot = snapshotOf(scope, { ...look, breaches, usual, intake }, now)
      keep(look.told, scope.key, { now, snapshot })
      return snapshot
    })
  }

  #lookAt(ask: Ask, timezone: string, now: number): Look {
    const version = this.#deps.store.consistent.version()
    const known = this.#look
    const isFresh =
      known?.version === version &&
      known.office.timezone === timezone &&
      now >= known.desk.at &&
      now < known.desk.until
    if (isFresh) return known
    this.reckonings += 1
    if (this.#office?.timezone !== timezone) this.#office = officeTime(timezone)
    const office = this.#office
    const desk = readDesk(ask, office, now)
    const look = { version, office, desk, idOf: idsOf(ask, desk), breaches: new Map(), told: new Map() }
    return (this.#look = look)
  }

  #habitsAt(ask: Ask, office: OfficeTime, { id, hours }: OfficeHours, now: number): Habits {
    const key = [office.timezone, id, office.dayAt(now).date, Math.floor(office.minuteAt(now) / 60)].join(' ')
    if (this.#habits?.key !== key)
      this.#habits = {
        key,
        usual: readUsual(ask, office, hours, now),
        patience: readPatience(ask, hours, now),
      }
    return this.#habits
  }
}

interface OfficeHours {
  /** What these hours are known by. */
  id: string
  hours: BusinessTime
}

/** The hours that most promises of the office count by: those of its last policy, which takes whatever no other took. */
function officeHours({ policies, calendars }: Book): OfficeHours {
  const named = policies.findLast(({ archived, calendarId }) => !archived && calendarId !== null)?.calendarId
  const calendar = [...calendars.values()].find((each) => (named ? each.id === named : !each.archived))
  return calendar ? { id: calendar.revisionId, hours: calendar.time } : { id: '', hours: alwaysOpen }
}

function idsOf(ask: Ask, { longest }: DeskFigures): Map<number, string> {
  const rows = ask<{ seq: number; id: string }>(
    'SELECT seq, id FROM ticket WHERE seq IN (SELECT value FROM json_each(?))',
    JSON.stringify(longest.map(({ seq }) => seq)),
  )
  return new Map(rows.map(({ seq, id }) => [seq, id]))
}
