import type { Db, Tx } from '../store/store.ts'
import { blockingReasons, type AlertWay, type NotShownReason, type Screen } from './screens.contract.ts'

export interface ScreenRow extends Screen {
  /** Who used it last. */
  agentId: string
  lastSeenAt: number
  blocked: NotShownReason | null
  blockedSince: number | null
}

export interface ShowingRow {
  alertId: string
  agentId: string
  screenId: string
  way: AlertWay
  /** The computer's name. */
  screen: string
  /** Null: it was shown. */
  reason: NotShownReason | null
  at: number
}

export async function findScreen(db: Db, id: string): Promise<ScreenRow | undefined> {
  const [row] = await db.sql<ScreenRow[]>`SELECT * FROM alert_screen WHERE id = ${id}`
  return row
}

export async function saveScreen(tx: Tx, row: ScreenRow): Promise<void> {
  const { id, name, platform, version, agentId, lastSeenAt, blocked, blockedSince } = row
  await tx.db.sql`
    INSERT INTO alert_screen (id, name, platform, version, agentId, lastSeenAt, blocked, blockedSince)
    VALUES (${id}, ${name}, ${platform}, ${version}, ${agentId}, ${lastSeenAt}, ${blocked}, ${blockedSince})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, platform = excluded.platform, version = excluded.version,
      agentId = excluded.agentId, lastSeenAt = excluded.lastSeenAt, blocked = excluded.blocked,
      blockedSince = excluded.blockedSince`
}

/**
 * Keeps what became of an alert on a screen. What was shown stays shown; else the latest word holds. Returns whether it says
 * something new.
 */
export async function saveShowing(tx: Tx, row: ShowingRow): Promise<boolean> {
  const { alertId, agentId, screenId, way, screen, reason, at } = row
  const [before] = await tx.db.sql<Pick<ShowingRow, 'reason' | 'at'>[]>`
    SELECT reason, at FROM alert_showing
    WHERE alertId = ${alertId} AND agentId = ${agentId} AND screenId = ${screenId} AND way = ${way}`
  const isKnown = before && (before.reason === null || (reason !== null && before.at >= at))
  if (isKnown) return false
  await tx.db.sql`
    INSERT INTO alert_showing (alertId, agentId, screenId, way, screen, reason, at)
    VALUES (${alertId}, ${agentId}, ${screenId}, ${way}, ${screen}, ${reason}, ${at})
    ON CONFLICT (alertId, agentId, screenId, way) DO UPDATE SET screen = excluded.screen, reason = excluded.reason,
      at = excluded.at`
  return before?.reason !== reason
}

/** What became of these alerts on all screens, in the order it happened. */
export async function showingsOf(db: Db, alertIds: readonly string[]): Promise<ShowingRow[]> {
  return db.sql<ShowingRow[]>`
    SELECT * FROM alert_showing WHERE alertId IN (${() => [...alertIds]}) ORDER BY at, alertId, agentId, screenId, way`
}

export interface CountedScreen extends ScreenRow {
  agentName: string
  shown: number | null
  notShown: number | null
}

/**
 * Screens of those who work here, the one seen last first, with how many alerts were and could not be shown on each since
 * `instant`. What a person chose not to see, or was looking at already, is neither.
 */
export const countedScreens = (db: Db, instant: number) =>
  db.sql<CountedScreen[]>`
    SELECT s.*, g.name AS agentName, w.shown, w.notShown
    FROM alert_screen s JOIN agent g ON g.id = s.agentId AND g.active
      LEFT JOIN (
        SELECT screenId, sum(isShown) AS shown, sum(isBlocked AND NOT isShown) AS notShown
        FROM (
          SELECT screenId, max(reason IS NULL) AS isShown,
            max(coalesce(reason IN (${() => [...blockingReasons]}), 0)) AS isBlocked
          FROM alert_showing WHERE at >= ${instant} GROUP BY screenId, alertId, agentId
        ) GROUP BY screenId
      ) w ON w.screenId = s.id
    ORDER BY s.lastSeenAt DESC, s.id`

/** Forgets the screens not seen since `instant`; what was shown on them stays with its alerts. */
export async function deleteScreensUnseenSince(tx: Tx, instant: number): Promise<void> {
  await tx.db.sql`DELETE FROM alert_screen WHERE lastSeenAt < ${instant}`
}
