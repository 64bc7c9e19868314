import type { Clock } from '../clock.ts'
import { invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import { CalendarEntity } from '../sla/entities.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { CreateTeam, TeamView, UpdateTeam } from './contract.ts'
import { TeamEntity, type TeamRow } from './entities.ts'
import type { People } from './people.ts'
import type { Viewer } from './viewer.ts'

export interface TeamsDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: People
  /** What is reckoned by a team's hours is reckoned anew. */
  onHoursChanged(tx: Tx): Promise<void>
}

/** The queues' owners: who belongs to which team is said in the agent's `teamIds`. */
export class Teams {
  readonly #deps: TeamsDeps

  constructor(deps: TeamsDeps) {
    this.#deps = deps
  }

  /** In the office's order, archived ones included. */
  async list(): Promise<TeamView[]> {
    const rows = await this.#deps.store.read.find(TeamEntity, { order: { position: 'ASC', id: 'ASC' } })
    return rows.map(toTeamView)
  }

  /** The same `id` twice is the same team. */
  create(viewer: Viewer, { id = newId(), name, calendarId = null }: CreateTeam): Promise<TeamView> {
    return this.#deps.store.write(async (tx) => {
      const known = await tx.db.findOneBy(TeamEntity, { id })
      if (known) return toTeamView(known)
      await requireFreeName(tx.db, name, id)
      await requireCalendar(tx.db, calendarId)
      const position = (await tx.db.maximum(TeamEntity, 'position')) ?? -1
      await tx.db.insert(TeamEntity, { id, name, calendarId, position: position + 1, archivedAt: null })
      return this.#changed(tx, viewer, 'team.created', id, { name, ...(calendarId && { calendarId }) })
    })
  }

  update(viewer: Viewer, { id, changes }: UpdateTeam): Promise<TeamView> {
    return this.#deps.store.write(async (tx) => {
      const { calendarId } = await requireTeam(tx.db, id)
      if (changes.name !== undefined) await requireFreeName(tx.db, changes.name, id)
      if (changes.calendarId !== undefined && changes.calendarId !== calendarId)
        await requireCalendar(tx.db, changes.calendarId)
      if (Object.keys(changes).length > 0) await tx.db.update(TeamEntity, { id }, changes)
      if (changes.calendarId !== undefined && changes.calendarId !== calendarId)
        await this.#deps.onHoursChanged(tx)
      return this.#changed(tx, viewer, 'team.updated', id, changes)
    })
  }

  /** Takes it out of the choices; its tickets and its members stay where they are. */
  archive(viewer: Viewer, id: string): Promise<TeamView> {
    const archivedAt = this.#deps.clock.now()
    return this.#deps.store.write(async (tx) => {
      const team = await requireTeam(tx.db, id)
      if (team.archivedAt !== null) return toTeamView(team)
      await tx.db.update(TeamEntity, { id }, { archivedAt })
      return this.#changed(tx, viewer, 'team.archived', id, {
        archivedAt: new Date(archivedAt).toISOString(),
      })
    })
  }

  restore(viewer: Viewer, id: string): Promise<TeamView> {
    return this.#deps.store.write(async (tx) => {
      const team = await requireTeam(tx.db, id)
      if (team.archivedAt === null) return toTeamView(team)
      await requireFreeName(tx.db, team.name, id)
      await tx.db.update(TeamEntity, { id }, { archivedAt: null })
      return this.#changed(tx, viewer, 'team.restored', id, { archivedAt: null })
    })
  }

  async #changed(tx: Tx, viewer: Viewer, type: string, id: string, changes: Record<string, unknown>) {
    this.#deps.people.changedIn(tx)
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data: { id, changes } })
    return toTeamView(await requireTeam(tx.db, id))
  }
}

async function requireTeam(db: Db, id: string): Promise<TeamRow> {
  const team = await db.findOneBy(TeamEntity, { id })
  if (!team) throw notFound('team')
  return team
}

/** Two teams of one name in a list of choices can't be told apart. */
async function requireFreeName(db: Db, name: string, id: string): Promise<void> {
  const others = await db.find(TeamEntity)
  const taken = others.some(
    (team) =>
      team.id !== id &&
      team.archivedAt === null &&
      team.name.localeCompare(name, 'pt-BR', { sensitivity: 'base' }) === 0,
  )
  if (taken) throw invalid('name', 'teams.name_taken')
}

/** A team may keep the calendar that it has when that is retired, but not take up a retired one. */
async function requireCalendar(db: Db, id: string | null): Promise<void> {
  if (id === null) return
  const calendar = await db.findOneBy(CalendarEntity, { id })
  if (!calendar) throw invalid('calendarId', 'calendar.not_found')
  if (calendar.archivedAt !== null) throw invalid('calendarId', 'calendar.retired')
}

const toTeamView = ({ id, name, position, calendarId, archivedAt }: TeamRow): TeamView => ({
  id,
  name,
  position,
  calendarId,
  archivedAt: archivedAt === null ? null : new Date(archivedAt).toISOString(),
})
