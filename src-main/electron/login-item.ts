import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { LoginItem } from '../ports.ts'
import { autostartEntry, isAutostartEnabled } from './autostart-entry.ts'

const args = ['--hidden']

export function createLoginItem(platform: DesktopPlatform): LoginItem {
  if (platform === 'linux') return linuxLoginItem()
  return {
    isEnabled() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args })
      // A person can switch it off in the task manager as well.
      return platform === 'windows' ? openAtLogin && executableWillLaunchAtLogin : openAtLogin
    },
    enable: (on) => app.setLoginItemSettings({ openAtLogin: on, args }),
  }
}

function linuxLoginItem(): LoginItem {
  // Electron's `appData` is `~/.config` there, or what XDG_CONFIG_HOME says.
  const path = join(app.getPath('appData'), 'autostart', 'balcao.desktop')
  return {
    isEnabled() {
      try {
        return isAutostartEnabled(readFileSync(path, 'utf8'))
      } catch {
        return false
      }
    },
    enable(on) {
      if (!on) return rmSync(path, { force: true })
      mkdirSync(dirname(path), { recursive: true })
      // An AppImage runs from a folder that is gone after it ends.
      writeFileSync(path, autostartEntry([process.env.APPIMAGE ?? process.execPath, ...args]))
    },
  }
}
