import type { People } from '../access/people.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { headSeq } from '../events/feed.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Attendance } from './attendance.ts'
import type { PresenceList, PresenceState, PresenceView, SetPresenceFor } from './contract.ts'
import {
  findPresence,
  hasOtherSession,
  presenceRows,
  savePresence,
  toPresenceView,
  type PresenceRow,
} from './presence-rows.ts'

export interface PresenceDeps {
  store: Store
  events: EventLog
  clock: Clock
  settings: Pick<Settings, 'get'>
  attendance: Attendance
  people: Pick<People, 'current'>
  /** Told of a nearer moment to wake at. */
  noticed: (at: number | null) => void
}

/**
 * Who is there, and who takes tickets: what each agent chose, and `offline` for whoever has no screen open. What others see of it
 * changes only after a grace, and each such change is on record.
 */
export class Presence implements DueWork {
  readonly name = 'presence'
  readonly #deps: PresenceDeps
  #hasBegun = false

  constructor(deps: PresenceDeps) {
    this.#deps = deps
    deps.attendance.listen(() => deps.noticed(deps.attendance.nextAt()))
  }

  async list(): Promise<PresenceList> {
    const { read } = this.#deps.store
    const seq = await headSeq(read)
    return { items: (await presenceRows(read)).map(toPresenceView), seq }
  }

  /** The viewer says how they are; it holds until they say otherwise or come back on another day. */
  set({ agentId }: Viewer, state: PresenceState): Promise<PresenceView> {
    const { store, clock, attendance } = this.#deps
    attendance.vouch(agentId)
    return store.write(async (tx) => {
      const row = await this.#rowOf(tx, agentId)
      return toPresenceView(
        await this.#tell(tx, agentId, { ...row, state, chosenAt: clock.now(), leftAt: null }),
      )
    })
  }

  /** A supervisor says it of somebody, who may say otherwise. Always on record. @throws NOT_FOUND `agent.not_found` */
  setFor(viewer: Viewer, { agentId, state }: SetPresenceFor): Promise<PresenceView> {
    const { store, clock, events, people } = this.#deps
    return store.write(async (tx) => {
      if (!(await people.current()).agents.get(agentId)?.active) throw notFound('agent')
      const before = await this.#rowOf(tx, agentId)
      const row = { ...before, state, chosenAt: clock.now() }
      // Whoever is not there stays offline, and is this when they come today.
      const effective = before.effective === 'offline' ? 'offline' : state
      const after = effective === before.effective ? row : { ...row, effective, since: clock.now() }
      await savePresence(tx, after)
      const view = toPresenceView(after)
      await events.record(tx, {
        type: 'presence.changed',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { ...view },
      })
      return view
    })
  }

  /** Whoever logs in takes tickets, unless they chose otherwise today. */
  async loggedIn(tx: Tx, agentId: string): Promise<void> {
    this.#deps.attendance.vouch(agentId)
    const row = await this.#today(await this.#rowOf(tx, agentId))
    await this.#tell(tx, agentId, { ...row, leftAt: null })
  }

  /** Logging out needs no grace; whoever is logged in elsewhere still stays. */
  async loggedOut(tx: Tx, agentId: string): Promise<void> {
    const now = this.#deps.clock.now()
    if (await hasOtherSession(tx, agentId, now)) return
    await this.#tell(tx, agentId, { ...(await this.#rowOf(tx, agentId)), leftAt: now })
  }

  async nextAt(): Promise<number | null> {
    if (!this.#hasBegun) await this.#begin()
    return this.#deps.attendance.nextAt()
  }

  async runDue(): Promise<void> {
    const { attendance, store } = this.#deps
    const news = attendance.takeNews()
    for (const [index, agentId] of news.entries())
      await store
        .write((tx) => this.#look(tx, agentId))
        .catch((fault: unknown) => {
          attendance.putBack(news.slice(index))
          throw fault
        })
  }

  /** Whoever was there when the server stopped gets the same grace as after any cut. */
  async #begin(): Promise<void> {
    const rows = await presenceRows(this.#deps.store.read)
    for (const { agentId, effective } of rows)
      if (effective !== 'offline') this.#deps.attendance.expect(agentId)
    this.#hasBegun = true
  }

  async #look(tx: Tx, agentId: string): Promise<void> {
    const row = await this.#rowOf(tx, agentId)
    // Opening the desk in the morning is as good as logging in.
    const comes = row.effective === 'offline' && this.#deps.attendance.isPresent(agentId)
    await this.#tell(tx, agentId, comes ? await this.#today(row) : row)
  }

  async #tell(tx: Tx, agentId: string, row: PresenceRow): Promise<PresenceRow> {
    const { attendance, clock, events } = this.#deps
    const isThere = row.leftAt === null && attendance.isPresent(agentId)
    const effective = isThere ? row.state : 'offline'
    if (effective === row.effective) {
      await savePresence(tx, row)
      return row
    }
    const after = { ...row, effective, since: clock.now() }
    await savePresence(tx, after)
    const { state, chosen, since } = toPresenceView(after)
    await events.record(tx, {
      type: 'presence.changed',
      actor: { type: 'agent', id: agentId },
      audience: null,
      data: { agentId, state, chosen, since },
    })
    return after
  }

  /** A choice of another day has had its day. */
  async #today(row: PresenceRow): Promise<PresenceRow> {
    const { clock, settings } = this.#deps
    const { timezone } = await settings.get()
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' })
    const isOfToday = row.chosenAt !== null && day.format(row.chosenAt) === day.format(clock.now())
    return isOfToday ? row : { ...row, state: 'available', chosenAt: null }
  }

  async #rowOf(tx: Tx, agentId: string): Promise<PresenceRow> {
    const known = await findPresence(tx.db, agentId)
    return (
      known ?? {
        ...{ agentId, state: 'available', chosenAt: null, leftAt: null },
        ...{ effective: 'offline', since: this.#deps.clock.now() },
      }
    )
  }
}
