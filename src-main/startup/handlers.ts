import type { DesktopPlatform } from '../ipc/contract.ts'
import type { IpcHandlers } from '../ipc/inlet.ts'
import type { PhoneLinks } from '../links/phone-links.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { Zoom } from '../windows/zoom.ts'
import type { ComputerAnswers, ComputerState } from './ipc.ts'
import type { LoginStart } from './login-item.ts'
import type { CallShortcut } from './shortcut.ts'

export interface ComputerDeps {
  readonly platform: DesktopPlatform
  readonly settings: SettingsFile
  readonly loginStart: LoginStart
  readonly shortcut: CallShortcut
  readonly phoneLinks: PhoneLinks
  readonly zoom: Zoom
}

export function createComputerHandlers(deps: ComputerDeps): Pick<IpcHandlers, keyof ComputerAnswers> {
  const { platform, settings, loginStart, shortcut, phoneLinks, zoom } = deps
  const state = (): ComputerState => ({
    startsAtLogin: loginStart.isEnabled(),
    closeToTray: platform === 'macos' ? null : settings.read().closeToTray,
    callShortcut: settings.read().callShortcut,
    shortcutHold: shortcut.hold(),
    opensPhoneLinks: phoneLinks.areOurs(),
    zoom: zoom.factor(),
  })
  return {
    'computer.get': state,
    'computer.set'({ startsAtLogin, closeToTray, callShortcut, opensPhoneLinks, zoom: factor }) {
      if (startsAtLogin !== undefined) loginStart.enable(startsAtLogin)
      if (closeToTray !== undefined) settings.update({ closeToTray })
      if (callShortcut !== undefined) shortcut.change(callShortcut)
      if (opensPhoneLinks !== undefined) phoneLinks.take(opensPhoneLinks)
      if (factor !== undefined) zoom.set(factor)
      return state()
    },
  }
}
