import type { Viewer } from '../../access/viewer.ts'
import type { Db } from '../../store/store.ts'
import { savedQuestionSchema, type SavedReportView, type SendingView } from '../saved.contract.ts'
import type { SavedReportRow, SendingRow } from './entities.ts'
import { lastSending, scheduleOf } from './saved-rows.ts'

/** Later than this and people ought to know that the server was off, or asleep. Milliseconds. */
export const LATE_MS = 5 * 60_000

export const mayEdit = (viewer: Viewer, { ownerId }: Pick<SavedReportRow, 'ownerId'>) =>
  ownerId === viewer.agentId || viewer.permissions.has('office.manage')

export async function toSavedView(
  db: Db,
  viewer: Viewer,
  row: SavedReportRow,
  nameOf: (agentId: string) => string,
): Promise<SavedReportView> {
  const last = await lastSending(db, row.id)
  return {
    ...{ id: row.id, name: row.name, shared: row.shared === 1, version: row.version },
    question: savedQuestionSchema.parse(JSON.parse(row.question)),
    schedule: scheduleOf(row),
    recipients: JSON.parse(row.recipients) as SavedReportView['recipients'],
    formats: JSON.parse(row.formats) as SavedReportView['formats'],
    owner: { id: row.ownerId, name: nameOf(row.ownerId) },
    archived: row.archivedAt !== null,
    editable: mayEdit(viewer, row),
    nextAt: row.nextAt === null ? null : new Date(row.nextAt).toISOString(),
    last: last ? toSendingView(last) : null,
  }
}

function toSendingView({
  dueAt,
  at,
  byAgentId,
  state,
  problem,
  mails,
  sent,
  failed,
}: SendingRow): SendingView {
  return {
    dueAt: new Date(dueAt).toISOString(),
    at: new Date(at).toISOString(),
    ...{ isLate: at - dueAt >= LATE_MS, byHand: byAgentId !== null, state, problem },
    letters: { total: mails, sent, failed },
  }
}
