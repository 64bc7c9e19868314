/** What the tray shows of the alerts. Pure. */
import type { AlertView } from '../../server/alerts/contract.ts'
import type { AlertState } from '../alerts/state.ts'
import type { TrayState } from './tray-model.ts'

/** `titleOf` honours this computer's privacy level: strangers may look at a menu as well as at a notification. */
export function trayStateOf(
  { link, offlineSince, presence, calling }: AlertState,
  titleOf: (alert: AlertView) => string,
): Omit<TrayState, 'startsAtLogin'> {
  const alerts = calling.map((alert) => ({
    id: alert.id,
    ticketId: alert.ticketId,
    severity: alert.severity,
    title: titleOf(alert),
    raisedAt: Date.parse(alert.raisedAt),
  }))
  return { link, offlineSince, presence, alerts }
}
