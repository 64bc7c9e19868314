/** The program's button in taskbar or dock: it counts the alerts, and calls whoever has us behind other windows. */
import type { AlertView } from '../../server/alerts/contract.ts'
import { worstSeverity } from '../../server/alerts/standing.contract.ts'
import type { Language } from '../ipc/contract.ts'
import type { DesktopPorts, DesktopWindow } from '../ports.ts'
import { badgeModel } from './badge.ts'
import { textsIn } from './texts.ts'

export interface Button {
  show(calling: readonly AlertView[], isOffline: boolean): void
  /** These call just now. */
  call(alerts: readonly AlertView[]): void
}

export interface ButtonDeps {
  readonly ports: Pick<DesktopPorts, 'env' | 'badge'>
  language(): Language
  /** The one that the button stands for. */
  window(): Pick<DesktopWindow, 'isFocused' | 'flash'> | null
  mayFlash(): boolean
}

export function createButton({ ports: { env, badge }, language, window, mayFlash }: ButtonDeps): Button {
  return {
    show(calling, isOffline) {
      const worst = worstSeverity(calling)
      const count = calling.length
      const description = worst === null ? '' : textsIn(language()).t(`alerts.badge.${worst}`, { count })
      badge.show(badgeModel({ worst, count, isOffline }, env.platform, description))
      if (worst === 'urgent') return
      window()?.flash(false)
      badge.calm()
    },
    call(alerts) {
      if (!mayFlash() || !alerts.some(({ severity }) => severity === 'urgent')) return
      const shown = window()
      if (shown && !shown.isFocused()) shown.flash(true)
      badge.bounce('critical')
    },
  }
}
