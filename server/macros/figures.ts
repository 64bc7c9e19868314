import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { Db } from '../store/store.ts'
import { isActive } from '../tickets/lifecycle.ts'
import { REOPENED_WITHIN_DAYS, type MacroFigures } from './contract.ts'

const DAY_MS = 86_400_000

interface Figures extends Omit<MacroFigures, 'lastUsedAt'> {
  lastUsedAt: number
}

/** What was used in the last `days` before `now` (UTC milliseconds), most used first, and what became of those tickets. */
export async function macroFigures(
  db: Db,
  { statuses }: CatalogSnapshot,
  now: number,
  days: number,
): Promise<MacroFigures[]> {
  const ended = [...statuses.values()].filter((status) => !isActive(status.class)).map(({ id }) => id)
  const ids = JSON.stringify(ended)
  const within = REOPENED_WITHIN_DAYS * DAY_MS
  const rows = await db.sql<Figures[]>`
    WITH used AS (
      SELECT macroId, ticketId, agentId, at, characters, EXISTS (
        SELECT 1 FROM event WHERE event.ticketId = macro_use.ticketId AND event.type = 'ticket.updated'
          AND event.at > macro_use.at AND event.at < macro_use.at + ${within}
          AND json_extract(data, '$.changes.statusId.from') IN (SELECT value FROM json_each(${ids}))
          AND json_extract(data, '$.changes.statusId.to') NOT IN (SELECT value FROM json_each(${ids}))
      ) AS reopened
      FROM macro_use WHERE at >= ${now - days * DAY_MS}
    )
    SELECT macroId, COUNT(*) AS uses, COUNT(DISTINCT agentId) AS agents, SUM(characters) AS characters,
      COUNT(DISTINCT ticketId) AS tickets, COUNT(DISTINCT CASE WHEN reopened THEN ticketId END) AS reopened,
      MAX(at) AS lastUsedAt
    FROM used GROUP BY macroId ORDER BY uses DESC, macroId`
  return rows.map(({ lastUsedAt, ...row }) => ({ ...row, lastUsedAt: new Date(lastUsedAt).toISOString() }))
}
