/** When a tile is amber or red. Pure; screens and the server go by the same. */
import type { LiveSnapshot, Threshold, TileKind } from './contract.ts'

export type ThresholdLevel = 'calm' | 'warn' | 'alarm'

const MINUTE_MS = 60_000

/** A tile's number: minutes for `oldestWaiting`, hundredths for `satisfaction`. Null where there is none, or nothing to tell. */
export function valueOf(kind: TileKind, snapshot: LiveSnapshot): number | null {
  const { total, alerts, today, satisfaction, at } = snapshot
  switch (kind) {
    case 'waiting':
      return total.waiting
    case 'inWork':
      return total.inWork
    case 'breached':
      return total.breached
    case 'oldestWaiting':
      return total.oldestWaitingSince === null
        ? null
        : Math.max(0, Math.floor((Date.parse(at) - Date.parse(total.oldestWaitingSince)) / MINUTE_MS))
    case 'unacknowledged':
      return alerts.unacknowledged
    case 'blockedScreens':
      return alerts.blockedScreens
    case 'arrivedToday':
      return today.arrived
    case 'resolvedToday':
      return today.resolved
    case 'satisfaction':
      return satisfaction.share === null ? null : Math.round(satisfaction.share * 100)
    default:
      return null
  }
}

/** Of `satisfaction` less is worse, of all else more. */
export function levelOf(
  kind: TileKind,
  value: number | null,
  threshold: Pick<Threshold, 'warnAt' | 'alarmAt'> | null,
): ThresholdLevel {
  if (value === null || threshold === null) return 'calm'
  const reaches = (limit: number | null) =>
    limit !== null && (kind === 'satisfaction' ? value < limit : value >= limit)
  if (reaches(threshold.alarmAt)) return 'alarm'
  return reaches(threshold.warnAt) ? 'warn' : 'calm'
}
