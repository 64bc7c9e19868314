import type { People, PeopleSnapshot } from '../../access/people.ts'
import type { Clock } from '../../clock.ts'
import { KeptAnswers } from '../../kept-answers.ts'
import { outlookWorker } from '../../places.ts'
import { readOptions } from '../../routing/options.ts'
import { defaultProfile, profilesByAgent } from '../../routing/profile-rows.ts'
import type { Settings } from '../../settings/settings.service.ts'
import type { SlaBook } from '../../sla/sla-book.ts'
import type { Store } from '../../store/store.ts'
import { inThread } from '../../threads.ts'
import { dayAt } from '../saved/office-days.ts'
import type { AskForecast, AskStaffing, Outlook, StaffingPlan } from './contract.ts'
import { officeCalendar } from './office-calendar.ts'
import type { OutlookJob } from './reckon.ts'

export interface OutlookDeps {
  store: Store
  /** The database file. */
  file: string
  clock: Clock
  people: Pick<People, 'current'>
  settings: Pick<Settings, 'get'>
  book: Pick<SlaBook, 'current'>
  /** Aborted when the server stops. */
  shutdown: AbortSignal
}

const HOUR_MS = 3_600_000
const KEPT = 40

/** Says what the days to come will bring, from what the past brought, and how sure that is. */
export class OutlookService {
  readonly #deps: OutlookDeps
  readonly #kept = new KeptAnswers<Outlook | StaffingPlan>(KEPT)

  constructor(deps: OutlookDeps) {
    this.#deps = deps
  }

  async forecast({ teamIds, days = 14 }: AskForecast): Promise<Outlook> {
    const people = await this.#deps.people.current()
    const capacity = await this.#capacity(people, teamIds)
    return (await this.#reckon(teamIds, { what: 'forecast', days, capacity })) as Outlook
  }

  async staffing({ teamIds, handlingSeconds, ...asked }: AskStaffing): Promise<StaffingPlan> {
    const { agents } = await this.#deps.people.current()
    const agentIds = teamIds
      ? [...agents.values()].filter((agent) => isOf(agent, teamIds)).map(({ id }) => id)
      : null
    const { targetSeconds, serviceLevel = 0.8, shrinkage = 0.3 } = asked
    const terms = { targetSeconds, serviceLevel, shrinkage, handlingSeconds: handlingSeconds ?? null }
    return (await this.#reckon(teamIds, { what: 'staffing', terms, agentIds })) as StaffingPlan
  }

  /** Once an hour, on each of the office's days, and anew when anything that it is reckoned by is set otherwise. */
  async #reckon(
    teamIds: string[] | undefined,
    asked: DistributedOmit<OutlookJob, 'file' | 'now' | 'timezone' | 'calendar' | 'teamIds'>,
  ): Promise<Outlook | StaffingPlan> {
    const { people, settings, book, clock, file, shutdown } = this.#deps
    const now = clock.now()
    const { timezone } = await settings.get()
    const booked = officeCalendar(await book.current(), await people.current(), teamIds)
    const calendar = booked && { id: booked.id, name: booked.name, definition: booked.definition }
    const teams = teamIds ? [...new Set(teamIds)].sort() : null
    const job = { ...asked, file, now, timezone, calendar, teamIds: teams }
    const key = JSON.stringify([
      ...[Math.floor(now / HOUR_MS), dayAt(now, timezone), timezone, booked?.revisionId, booked?.name, teams],
      asked,
    ])
    return this.#kept.get(key, () => inThread(outlookWorker, 'outlook', job, shutdown))
  }

  /** How many tickets the people who are given any work on at once. */
  async #capacity({ agents }: PeopleSnapshot, teamIds: string[] | undefined): Promise<number | null> {
    const { read } = this.#deps.store
    const profiles = await profilesByAgent(read)
    const { defaultCapacity } = await readOptions(read)
    const takers = [...agents.values()]
      .filter((agent) => agent.active && (!teamIds || isOf(agent, teamIds)))
      .map((agent) => profiles.get(agent.id) ?? defaultProfile(agent))
      .filter(({ receives }) => receives)
    if (takers.length === 0) return null
    return takers.reduce((sum, { capacity }) => sum + (capacity ?? defaultCapacity), 0)
  }
}

const isOf = (agent: { teamIds: readonly string[] }, teamIds: readonly string[]) =>
  agent.teamIds.some((id) => teamIds.includes(id))

type DistributedOmit<Type, Key extends PropertyKey> = Type extends unknown ? Omit<Type, Key> : never
