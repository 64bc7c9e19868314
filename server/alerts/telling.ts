import type { RecipientRow } from './entities.ts'

/** What has to be said now, and to whom. */
export interface TellingPlan {
  /** The alert's recipients as they are afterwards. */
  rows: RecipientRow[]
  /** Never told, and no longer to be. */
  gone: string[]
  /** To be told of the alert at its level. */
  tell: string[]
  /** To be reminded, for they put it off until now. */
  remind: string[]
  wakeAt: number | null
}

export interface Telling {
  alertId: string
  level: number
  now: number
  canBeTold: (agentId: string) => boolean
  /** Who is told when nobody else can be. */
  overseers: readonly string[]
}

/** Decides who of an alert's recipients is told at `now`: whoever's time has come and who still may know. */
export function planTelling(recipients: readonly RecipientRow[], telling: Telling): TellingPlan {
  const { now, canBeTold } = telling
  const isDue = (row: RecipientRow) => isWaiting(row) && row.tellAt <= now
  const hasSlept = (row: RecipientRow) => row.snoozedUntil !== null && row.snoozedUntil <= now
  const speaksNow = recipients.some((row) => isDue(row) || hasSlept(row))

  const stays = recipients.filter((row) => !isDue(row) || row.toldAt !== null || canBeTold(row.agentId))
  const isOrphaned = speaksNow && !stays.some(({ agentId }) => canBeTold(agentId))
  const added = isOrphaned
    ? telling.overseers.filter((id) => !stays.some(({ agentId }) => agentId === id))
    : []

  const tell = [
    ...stays.filter((row) => isDue(row) && canBeTold(row.agentId)).map(({ agentId }) => agentId),
    ...added,
  ]
  const rows = [
    ...stays.map((row) => {
      if (!isDue(row) && !hasSlept(row)) return row
      const awake = hasSlept(row) ? { ...row, snoozedUntil: null } : row
      if (!isDue(row)) return awake
      // Whoever may not know any more has nothing to wait for.
      return canBeTold(row.agentId)
        ? { ...awake, toldAt: now }
        : { ...awake, tellAt: row.toldAt ?? row.tellAt }
    }),
    ...added.map((agentId) => ({ ...newRecipient(telling, agentId, now), toldAt: now })),
  ]
  return {
    rows,
    gone: recipients.filter((row) => !stays.includes(row)).map(({ agentId }) => agentId),
    tell,
    remind: stays
      .filter((row) => hasSlept(row) && canBeTold(row.agentId) && !tell.includes(row.agentId))
      .map(({ agentId }) => agentId),
    wakeAt: wakeAtOf(rows),
  }
}

/**
 * The recipients once another level is reached: `wanted` join, and all are told of it, unless `wakes` is false also those who had put
 * it off.
 */
export function withLevel(
  recipients: readonly RecipientRow[],
  wanted: readonly string[],
  {
    alertId,
    level,
    tellAt,
    wakes = true,
  }: { alertId: string; level: number; tellAt: number; wakes?: boolean },
): RecipientRow[] {
  const joining = wanted.filter((id) => !recipients.some(({ agentId }) => agentId === id))
  return [
    ...recipients.map((row) => {
      if (!wakes && row.snoozedUntil !== null) return row
      const awake = { ...row, snoozedUntil: null }
      if (isWaiting(row)) return { ...awake, tellAt: Math.min(row.tellAt, tellAt) }
      // Two levels may be reached in the same millisecond, and clocks are set back: the last word stays before the next.
      return { ...awake, tellAt, toldAt: Math.min(row.toldAt ?? tellAt, tellAt - 1) }
    }),
    ...joining.map((agentId) => newRecipient({ alertId, level }, agentId, tellAt)),
  ]
}

/** Has something to be told still. */
const isWaiting = ({ tellAt, toldAt }: RecipientRow) => toldAt === null || toldAt < tellAt

export function wakeAtOf(rows: readonly RecipientRow[]): number | null {
  const moments = rows.flatMap((row) => [
    ...(isWaiting(row) ? [row.tellAt] : []),
    ...(row.snoozedUntil === null ? [] : [row.snoozedUntil]),
  ])
  return moments.length > 0 ? Math.min(...moments) : null
}

export const newRecipient = (
  { alertId, level }: { alertId: string; level: number },
  agentId: string,
  tellAt: number,
): RecipientRow => ({
  alertId,
  agentId,
  level,
  tellAt,
  toldAt: null,
  deliveredAt: null,
  seenAt: null,
  snoozedUntil: null,
})
