import type { Logger } from 'pino'
import type { People } from '../access/people.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { headSeq } from '../events/feed.ts'
import type { Hub } from '../events/hub.ts'
import type { Alarm } from '../schedule/alarm.ts'
import { alwaysOpen } from '../sla/calendar.ts'
import type { Phase } from '../sla/facts.ts'
import type { Reading } from '../sla/past-facts.ts'
import { isAnsweredAtCreation, phaseOfStatus } from '../sla/promises.ts'
import { timeOf, type Book, type SlaBook } from '../sla/sla-book.ts'
import type { SlaOptions } from '../sla/sla-options.ts'
import type { Store } from '../store/store.ts'
import { eventsOf, moveCursor, nextTold, readCursor, saveFacts, type ToldTicket } from './fact-rows.ts'
import { ticketFacts, type Hours, type TicketFacts } from './ticket-facts.ts'

export interface ProjectorDeps {
  store: Store
  hub: Hub
  clock: Clock
  alarm: Alarm
  book: SlaBook
  options: SlaOptions
  catalog: Catalog
  people: People
}

/** Tickets that one step folds: as many as its processor time allows, for requests wait for it. Fewer would spend it all on commits. */
const STEP = { least: 25, most: 100, ms: 10 }
/** When the loop had more to do than that, somebody is at work. */
const BUSY_MS = 0.2
/** Events that one step looks at, most of which may tell nothing new. */
const WINDOW = 2_000
/** What happens in the same second is folded together: a commit of its own for each would slow those who work. */
const REST_MS = 1_000
/** A report rather says how far it reaches than keep its reader waiting for an upgrade to be done. */
const PATIENCE_MS = 10_000

/**
 * Keeps what reports add up beside the log: the facts of every ticket, folded anew after something happened to it. How far it is
 * stands in the store and moves in the same transaction as the facts, so that a crash loses nothing and counts nothing twice; at
 * the first start after an upgrade it goes through everything that ever happened, in steps that leave room for everybody.
 *
 * A loop of its own rather than due work: years of history must not keep an escalation waiting.
 */
export class Projector {
  readonly #deps: ProjectorDeps
  #logger: Pick<Logger, 'error'> | undefined
  #running: Promise<void> | undefined
  #cancelAlarm: (() => void) | undefined
  /** Something happened while a run was in hand, perhaps after its last look. */
  #isAskedAgain = false
  #isStopped = false
  /** How many the next step takes. */
  #limit = STEP.least

  constructor(deps: ProjectorDeps) {
    this.#deps = deps
    deps.hub.attach(({ ticketId }) => {
      if (ticketId !== null) this.#wakeSoon()
    })
  }

  /** Catches up with what happened before, and from then on follows by itself. */
  start(logger: Pick<Logger, 'error'>): void {
    this.#logger = logger
    void this.#wake()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelAlarm?.()
    await this.#running
  }

  /** Resolves once everything that had happened when it was asked is in the facts, or patience has run out. */
  async caughtUp(): Promise<void> {
    const { read } = this.#deps.store
    const wanted = await headSeq(read)
    const begun = performance.now()
    for (let known = await readCursor(read); known < wanted && !this.#isStopped;) {
      const left = PATIENCE_MS - (performance.now() - begun)
      if (left <= 0) return
      await Promise.race([this.#wake(), timeout(left)])
      const reached = await readCursor(read)
      // A run that got nowhere has said why; asking again at once would only say it again.
      if (reached === known && !this.#running) return
      known = reached
    }
  }

  #wakeSoon(): void {
    if (this.#running) this.#isAskedAgain = true
    if (!this.#logger || this.#isStopped || this.#cancelAlarm || this.#running) return
    const { alarm, clock } = this.#deps
    this.#cancelAlarm = alarm.ring(clock.now() + REST_MS, () => {
      this.#cancelAlarm = undefined
      void this.#wake()
    })
  }

  #wake(): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#isAskedAgain) this.#wakeSoon()
    })
    return this.#running
  }

  async #run(): Promise<void> {
    this.#isAskedAgain = false
    try {
      for (let begun = usedMs(); !this.#isStopped && (await this.#step()); begun = usedMs())
        await this.#makeRoom(usedMs() - begun)
    } catch (fault) {
      // The cursor stands where it stood: the next event, report or start goes on from there.
      this.#logger?.error({ err: fault }, 'what reports go by could not be brought up to date')
    }
  }

  /** Lets others in. Where there are any, more is on its way: they get as long as the step took. */
  async #makeRoom(tookMs: number): Promise<void> {
    this.#limit =
      tookMs > STEP.ms
        ? Math.max(STEP.least, this.#limit >> 1)
        : Math.min(STEP.most, this.#limit + STEP.least)
    const begun = usedMs()
    await new Promise(setImmediate)
    if (usedMs() - begun > BUSY_MS) await timeout(tookMs)
  }

  /** False: nothing is left to look at. Reads and reckons beside the writer, which only has to put rows in their places. */
  async #step(): Promise<boolean> {
    const { store } = this.#deps
    const [after, head] = [await readCursor(store.read), await headSeq(store.read)]
    if (after >= head) return false
    const until = Math.min(head, after + WINDOW)
    const { tickets, seq } = await nextTold(store.read, { after, until, limit: this.#limit })
    const folded = await this.#fold(tickets, head)
    await store.write(async (tx) => {
      if (folded.length > 0) await saveFacts(tx, folded)
      await moveCursor(tx, seq)
    })
    return true
  }

  /** No further than `head`: what is committed meanwhile may change the hours that were read before it, and is folded with its own. */
  async #fold(tickets: readonly ToldTicket[], head: number): Promise<[number, TicketFacts][]> {
    if (tickets.length === 0) return []
    const ids = tickets.map(({ id }) => id)
    const events = await eventsOf(this.#deps.store.read, ids, head)
    const reading = await this.#reading()
    const book = await this.#deps.book.current()
    const { teams } = await this.#deps.people.current()
    return tickets.flatMap((ticket): [number, TicketFacts][] => {
      try {
        const hours = hoursOf(book, ticket, teams)
        const facts = ticketFacts(ticket.id, events.get(ticket.id) ?? [], reading, hours)
        return facts ? [[ticket.seq, facts]] : []
      } catch (fault) {
        this.#logger?.error(
          { err: fault, ticketId: ticket.id },
          'a ticket’s story can’t be folded for reports',
        )
        return []
      }
    })
  }

  async #reading(): Promise<Reading> {
    const { statuses } = await this.#deps.catalog.current()
    const { phoneFirstResponse } = await this.#deps.options.get()
    return {
      phaseOf: (statusId, statusClass) =>
        phaseOfStatus(statuses.get(statusId)?.key ?? null, statusClass as Phase),
      answeredAtCreation: (channel) => isAnsweredAtCreation(channel, phoneFirstResponse),
    }
  }
}

/** The hours of what it was promised, else of the team that has it, else round the clock. */
function hoursOf(
  book: Book,
  { policyId, teamId }: ToldTicket,
  teams: ReadonlyMap<string, { calendarId: string | null }>,
): Hours {
  const policy = policyId === null ? undefined : book.policyById.get(policyId)
  if (policy) {
    const { pauseOn, pauseNextResponseOn } = policy
    return { time: timeOf(book, policy), pauseOn, pauseNextResponseOn }
  }
  const calendarId = (teamId === null ? undefined : teams.get(teamId)?.calendarId) ?? null
  const time = calendarId === null ? alwaysOpen : timeOf(book, { calendarId })
  return { time, pauseOn: [], pauseNextResponseOn: [] }
}

/** This thread's processor time: on a crowded machine a clock would tell how long others took. */
function usedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

const timeout = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref()
  })
