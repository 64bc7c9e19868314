/** Keeps the tray true to what is known, and does what is chosen in it. */
import type { AlertAct } from '../alerts/ipc.ts'
import type { Language } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'
import type { LoginStart } from '../startup/login-item.ts'
import type { AppWindows } from '../windows/windows.ts'
import { SNOOZE_MINUTES, trayChoice, trayModel, type TrayChoice, type TrayState } from './tray-model.ts'

export interface TrayDeps {
  readonly ports: Pick<DesktopPorts, 'tray' | 'clock' | 'power' | 'lifecycle'>
  readonly windows: Pick<AppWindows, 'openMain' | 'openCapture'>
  readonly loginStart: LoginStart
  language(): Language
  /** UTC milliseconds by the server's clock, as alerts have it. */
  now(): number
  /** What is known at this moment. */
  state(): Omit<TrayState, 'startsAtLogin'>
  act(act: AlertAct): void
  setPresence(state: Extract<TrayChoice, { act: 'presence' }>['state']): void
}

export interface AppTray {
  /** Something changed that it may show. */
  refresh(): void
}

const MINUTE_MS = 60_000

export function createTray(deps: TrayDeps): AppTray {
  const { ports, windows, loginStart } = deps
  let shown = ''
  let isLocked = false
  let cancelTimer: () => void = () => undefined

  function refresh(): void {
    const state: TrayState = { ...deps.state(), startsAtLogin: loginStart.isEnabled() }
    const model = trayModel(state, deps.language(), deps.now())
    const text = JSON.stringify(model)
    // A menu that is set anew closes under the hand of whoever reads it.
    if (text !== shown) ports.tray.show(model)
    shown = text
    cancelTimer()
    // "4 min ago" grows older only where there is something to be old, and somebody who may look.
    const grows = state.alerts.length > 0 || state.link === 'offline'
    if (grows && !isLocked) cancelTimer = ports.clock.after(MINUTE_MS, refresh)
  }

  function choose(choice: TrayChoice): void {
    switch (choice.act) {
      case 'open':
        return void windows.openMain()
      case 'allAlerts':
        return void windows.openMain('/alerts')
      case 'newCall':
        return windows.openCapture({})
      case 'openAlert':
        return deps.act({ act: 'open', alertId: choice.alertId })
      case 'acknowledge':
        return deps.act({ act: 'acknowledge', alertId: choice.alertId })
      case 'snooze':
        return deps.act({ act: 'snooze', alertId: choice.alertId, minutes: SNOOZE_MINUTES })
      case 'presence':
        return deps.setPresence(choice.state)
      case 'toggleLogin':
        return loginStart.enable(loginStart.isEnabled() === false)
      case 'quit':
        return ports.lifecycle.quit()
    }
  }

  ports.tray.onClicked(() => void windows.openMain())
  ports.tray.onChoose((id) => {
    const choice = trayChoice(id)
    if (choice) choose(choice)
  })
  ports.power.onLock(() => {
    isLocked = true
    cancelTimer()
  })
  ports.power.onUnlock(() => {
    isLocked = false
    refresh()
  })
  loginStart.onChanged(refresh)
  ports.lifecycle.onQuitting(() => cancelTimer())
  refresh()
  return { refresh }
}
