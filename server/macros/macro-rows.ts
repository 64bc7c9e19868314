import type { Viewer } from '../access/viewer.ts'
import { AppError, notFound } from '../errors.ts'
import type { Db } from '../store/store.ts'
import type { MacroView } from './contract.ts'
import { MacroEntity, type MacroRow } from './entities.ts'

/** In the library's order. */
export const findMacros = (db: Db): Promise<MacroRow[]> =>
  db.find(MacroEntity, { order: { position: 'ASC', id: 'ASC' } })

/** @throws NOT_FOUND `macro.not_found` */
export async function findMacro(db: Db, id: string): Promise<MacroRow> {
  const row = await db.findOneBy(MacroEntity, { id })
  if (!row) throw notFound('macro')
  return row
}

/**
 * A ready answer that this viewer may use.
 * @throws NOT_FOUND `macro.not_found` for another team's too, CONFLICT `macro.archived`
 */
export async function usableMacro(db: Db, viewer: Viewer, id: string): Promise<MacroRow> {
  const row = await findMacro(db, id)
  if (!isOffered(viewer, row)) throw notFound('macro')
  if (row.archivedAt !== null) throw new AppError('CONFLICT', 'macro.archived')
  return row
}

/** Agents have those of their teams and everybody's; who keeps the library has them all. */
export const isOffered = (viewer: Viewer, { teamIds }: Pick<MacroRow, 'teamIds'>): boolean =>
  viewer.permissions.has('desk.configure') ||
  teamIds.length === 0 ||
  teamIds.some((id) => viewer.teamIds.includes(id))

export function toMacroView({ archivedAt, ...row }: MacroRow): MacroView {
  const { id, name, folder, body, actions, shortcut, teamIds, position, version } = row
  return {
    ...{ id, name, folder, body, actions, shortcut, teamIds, position, version },
    archived: archivedAt !== null,
  }
}
