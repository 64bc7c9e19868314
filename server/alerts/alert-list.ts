import type { Role } from '../access/contract.ts'
import { permissionsOf, type Viewer } from '../access/viewer.ts'
import type { Db } from '../store/store.ts'
import { WHISPER } from './private-alerts.ts'
import type { ListAlerts } from './contract.ts'

/** Which alerts a list shows, in its order. What severe ones and new ones bury is cut off at the end. */
export async function alertIds(db: Db, viewer: Viewer, wanted: ListAlerts): Promise<string[]> {
  const ids = await listedIds(db, viewer, wanted)
  return wanted.ids ? ids.filter((id) => wanted.ids?.includes(id)) : ids
}

function listedIds(db: Db, viewer: Viewer, { scope, state, limit }: ListAlerts): Promise<string[]> {
  if (state === 'recent') return recentIds(db, viewer, scope, limit)
  return scope === 'all' ? allOpenIds(db, viewer, limit) : ownOpenIds(db, viewer, limit)
}

/** The most severe first, and of those the newest. */
const BY_PRESSURE = `CASE a.severity WHEN 'urgent' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, a.seq DESC`

/** The same rule as `maySeeTicket`, for the database: `agentId` names the one who looks. */
const seesTicket = (agentId: string) => `(a.ticketId IS NULL OR t.teamId IS NULL OR t.agentId = ${agentId}
  OR EXISTS (SELECT 1 FROM agent_team m WHERE m.agentId = ${agentId} AND m.teamId = t.teamId))`

/** Has been told of it, and may still know. */
const IS_OWN = `EXISTS (SELECT 1 FROM alert_recipient r JOIN agent g ON g.id = r.agentId
  WHERE r.alertId = a.id AND r.toldAt IS NOT NULL AND g.id = `
const AND_SEES = ` AND (g.role IN (${overseeingRoles()}) OR ${seesTicket('g.id')}))`

/** Somebody was told of it, and none of them works here any more or may know of it: then it is the overseers'. */
const IS_ORPHANED = `a.reason <> '${WHISPER}' AND EXISTS (SELECT 1 FROM alert_recipient r WHERE r.alertId = a.id AND r.toldAt IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM alert_recipient r JOIN agent g ON g.id = r.agentId
    WHERE r.alertId = a.id AND g.active${AND_SEES}`

async function ownOpenIds(db: Db, viewer: Viewer, limit: number): Promise<string[]> {
  const adopts = viewer.permissions.has('tickets.readAll') ? 1 : 0
  const rows = await db.sql<{ id: string }[]>`
    SELECT a.id FROM alert a LEFT JOIN ticket t ON t.id = a.ticketId
    WHERE a.acknowledgedAt IS NULL
      AND (${() => IS_OWN}${viewer.agentId}${() => AND_SEES} OR (${adopts} = 1 AND ${() => IS_ORPHANED}))
    ORDER BY ${() => BY_PRESSURE} LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

/** Everybody's, but for words in somebody else's ear. */
const IS_EVERYBODYS = `(a.reason <> '${WHISPER}' OR EXISTS (SELECT 1 FROM alert_recipient r WHERE r.alertId = a.id AND r.agentId = `

async function allOpenIds(db: Db, viewer: Viewer, limit: number): Promise<string[]> {
  const rows = await db.sql<{ id: string }[]>`
    SELECT a.id FROM alert a WHERE a.acknowledgedAt IS NULL AND ${() => IS_EVERYBODYS}${viewer.agentId})) ORDER BY ${() => BY_PRESSURE} LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

/** What was acknowledged last comes first. */
async function recentIds(
  db: Db,
  viewer: Viewer,
  scope: ListAlerts['scope'],
  limit: number,
): Promise<string[]> {
  const everything = scope === 'all' ? 1 : 0
  const rows = await db.sql<{ id: string }[]>`
    SELECT a.id FROM alert a LEFT JOIN ticket t ON t.id = a.ticketId
    WHERE a.acknowledgedAt IS NOT NULL
      AND ((${everything} = 1 AND ${() => IS_EVERYBODYS}${viewer.agentId}))) OR ${() => IS_OWN}${viewer.agentId}${() => AND_SEES})
    ORDER BY a.acknowledgedAt DESC, a.seq DESC LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

function overseeingRoles(): string {
  const roles = Object.keys(permissionsOf) as Role[]
  return roles
    .filter((role) => permissionsOf[role].has('tickets.readAll'))
    .map((role) => `'${role}'`)
    .join(', ')
}
