import type { IpcHandlers } from '../ipc/inlet.ts'
import type { DesktopPorts } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { Alerts } from './alerts.ts'
import type { AlertsAnswers } from './ipc.ts'
import type { Viewing } from './viewing.ts'

export interface AlertsHandlerDeps {
  readonly alerts: Alerts
  readonly viewing: Viewing
  readonly settings: SettingsFile
  readonly platform: DesktopPorts['env']['platform']
}

export function createAlertsHandlers({
  alerts,
  viewing,
  settings,
  platform,
}: AlertsHandlerDeps): Pick<IpcHandlers, keyof AlertsAnswers> {
  return {
    'alerts.viewing': (ticketId, { windowId }) => viewing.shows(windowId, ticketId),
    'alerts.act': (act) => alerts.act(act),
    'alerts.settings.get': () => settings.read().alerts,
    'alerts.settings.set': (wanted) => {
      settings.update({ alerts: wanted })
      alerts.settingsChanged()
    },
    'alerts.test': (severity) => alerts.test(severity),
    'alerts.status': () => {
      const { blocked, link } = alerts.state()
      // Electron offers buttons on these two; some Linux desktops draw them, some don't, and none says which.
      return { blocked, link, hasActions: platform !== 'linux' }
    },
    'alerts.window.cards': () => alerts.cards(),
    'alerts.window.hide': () => alerts.putWindowAway(),
  }
}
