import type { People } from '../../access/people.ts'
import type { Viewer } from '../../access/viewer.ts'
import type { Clock } from '../../clock.ts'
import { AppError, invalid, notFound } from '../../errors.ts'
import type { EventLog } from '../../events/event-log.ts'
import type { Jobs } from '../../jobs/jobs.service.ts'
import type { Settings } from '../../settings/settings.service.ts'
import type { Store, Tx } from '../../store/store.ts'
import { definitions } from '../definitions.ts'
import type {
  NewSavedReport,
  SavedQuestion,
  SavedReportView,
  Schedule,
  UpdateSavedReport,
} from '../saved.contract.ts'
import { nextDue } from './due-moments.ts'
import type { SavedReportRow } from './entities.ts'
import { findSaved, getSaved, insertSaved, savedReports, updateSaved } from './saved-rows.ts'
import { mayEdit, toSavedView } from './saved-view.ts'
import { startSending } from './sending.ts'

export interface SavedReportsDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: Pick<People, 'current'>
  office: Pick<Settings, 'get'>
  jobs: Jobs
  /** Told after the commit that set a time. */
  noticed(at: number): void
}

/** Questions that are asked again and again, by hand or by the clock. One that isn't shared is as if it were not there for others. */
export class SavedReports {
  readonly #deps: SavedReportsDeps

  constructor(deps: SavedReportsDeps) {
    this.#deps = deps
  }

  /** One's own and those that are shared, by name. */
  async list(viewer: Viewer): Promise<SavedReportView[]> {
    const { read } = this.#deps.store
    const views: SavedReportView[] = []
    for (const row of await savedReports(read))
      if (isVisible(viewer, row)) views.push(await this.#view(viewer, row))
    return views
  }

  /** The same `id` again answers what is there. @throws CONFLICT `reports.id_taken`, VALIDATION `report.not_grouped_so` at `groupBy` */
  async create(viewer: Viewer, { id, name, shared, ...rest }: NewSavedReport): Promise<SavedReportView> {
    refuseOddGrouping(rest.question)
    return this.#deps.store.write(async (tx) => {
      const known = await findSaved(tx.db, id)
      if (known && known.ownerId !== viewer.agentId) throw new AppError('CONFLICT', 'reports.id_taken')
      if (known) return this.#view(viewer, known, tx)
      const row: SavedReportRow = {
        ...{ id, name, ownerId: viewer.agentId, shared: shared ? 1 : 0, ...toColumns(rest) },
        ...{ version: 1, createdAt: this.#deps.clock.now(), archivedAt: null },
        nextAt: await this.#nextAt(rest.schedule),
      }
      await insertSaved(tx, row)
      await this.#tell(tx, viewer, 'savedReport.created', row)
      return this.#view(viewer, row, tx)
    })
  }

  /**
   * @throws NOT_FOUND `reports.not_found`, FORBIDDEN `reports.not_yours`, CONFLICT `reports.changed_meanwhile` with `current`,
   * VALIDATION `reports.nobody_to_send_to` at `recipients`, `report.not_grouped_so` at `groupBy`
   */
  async update(viewer: Viewer, { id, version, changes }: UpdateSavedReport): Promise<SavedReportView> {
    if (changes.question) refuseOddGrouping(changes.question)
    return this.#deps.store.write(async (tx) => {
      const before = await editable(tx, viewer, id)
      const current = await this.#view(viewer, before, tx)
      if (version !== undefined && version !== before.version)
        throw new AppError('CONFLICT', 'reports.changed_meanwhile', { details: { current } })
      const { name, shared, question, schedule, recipients, formats } = { ...current, ...changes }
      if (schedule !== null && recipients.length === 0)
        throw invalid('recipients', 'reports.nobody_to_send_to')
      const row = await updateSaved(tx, before, {
        ...{ name, shared: shared ? 1 : 0, ...toColumns({ question, schedule, recipients, formats }) },
        version: before.version + 1,
        ...('schedule' in changes && before.archivedAt === null
          ? { nextAt: await this.#nextAt(schedule) }
          : {}),
      })
      await this.#tell(tx, viewer, 'savedReport.updated', row, before)
      return this.#view(viewer, row, tx)
    })
  }

  /** It is sent no more; what was sent stays on record. @throws as {@link update} */
  remove(viewer: Viewer, { id }: { id: string }): Promise<SavedReportView> {
    return this.#deps.store.write(async (tx) => {
      const before = await editable(tx, viewer, id)
      const archivedAt = before.archivedAt ?? this.#deps.clock.now()
      const row = await updateSaved(tx, before, { archivedAt, nextAt: null })
      await this.#tell(tx, viewer, 'savedReport.removed', row)
      return this.#view(viewer, row, tx)
    })
  }

  /** Takes that back. @throws as {@link update} */
  restore(viewer: Viewer, { id }: { id: string }): Promise<SavedReportView> {
    return this.#deps.store.write(async (tx) => {
      const before = await editable(tx, viewer, id)
      const { schedule } = await this.#view(viewer, before, tx)
      const row = await updateSaved(tx, before, { archivedAt: null, nextAt: await this.#nextAt(schedule) })
      await this.#tell(tx, viewer, 'savedReport.updated', row)
      return this.#view(viewer, row, tx)
    })
  }

  /** Now, once under the same `sendingId`. @throws NOT_FOUND `reports.not_found`, VALIDATION `reports.nobody_to_send_to` at `recipients` */
  send(viewer: Viewer, { id, sendingId }: { id: string; sendingId: string }): Promise<SavedReportView> {
    return this.#deps.store.write(async (tx) => {
      const row = await getSaved(tx.db, id)
      if (!isVisible(viewer, row) || row.archivedAt !== null) throw notFound('reports')
      if (row.recipients === '[]') throw invalid('recipients', 'reports.nobody_to_send_to')
      const now = this.#deps.clock.now()
      await startSending(this.#deps.jobs, tx, {
        ...{ saved: row, sendingId, key: `report:${id}:hand:${sendingId}`, dueAt: now, now },
        byAgentId: viewer.agentId,
      })
      return this.#view(viewer, row, tx)
    })
  }

  async #nextAt(schedule: Schedule | null): Promise<number | null> {
    if (schedule === null) return null
    const { timezone } = await this.#deps.office.get()
    const at = nextDue(schedule, this.#deps.clock.now(), timezone)
    return at
  }

  async #tell(tx: Tx, viewer: Viewer, type: string, row: SavedReportRow, before = row): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    // Where it was others' too, they hear that it no longer is.
    const audience = audienceOf(before.shared === 1 ? before : row)
    await this.#deps.events.record(tx, { type, actor, audience, data: { savedId: row.id } })
    if (row.nextAt !== null) {
      const at = row.nextAt
      tx.afterCommit(() => this.#deps.noticed(at))
    }
  }

  async #view(viewer: Viewer, row: SavedReportRow, tx?: Tx): Promise<SavedReportView> {
    const { agents } = await this.#deps.people.current()
    return toSavedView(tx?.db ?? this.#deps.store.read, viewer, row, (id) => agents.get(id)?.name ?? '')
  }
}

/** What somebody keeps for themselves is nobody else's. */
export const audienceOf = ({ shared, ownerId }: Pick<SavedReportRow, 'shared' | 'ownerId'>) => ({
  ...{ teams: [], agents: [ownerId] },
  ...(shared === 0 && { only: true as const }),
})

const isVisible = (viewer: Viewer, row: SavedReportRow) => row.shared === 1 || row.ownerId === viewer.agentId

async function editable(tx: Tx, viewer: Viewer, id: string): Promise<SavedReportRow> {
  const row = await getSaved(tx.db, id)
  if (!isVisible(viewer, row)) throw notFound('reports')
  if (!mayEdit(viewer, row)) throw new AppError('FORBIDDEN', 'reports.not_yours')
  return row
}

/** What could never be answered would fail at its time, when nobody looks. */
function refuseOddGrouping({ report, groupBy }: SavedQuestion): void {
  if (groupBy && !definitions[report].groupings.includes(groupBy))
    throw invalid('groupBy', 'report.not_grouped_so')
}

const toColumns = ({
  question,
  schedule,
  recipients,
  formats,
}: Pick<NewSavedReport, 'question' | 'schedule' | 'recipients' | 'formats'>) => ({
  question: JSON.stringify(question),
  schedule: schedule === null ? null : JSON.stringify(schedule),
  recipients: JSON.stringify(recipients),
  formats: JSON.stringify(formats),
})
