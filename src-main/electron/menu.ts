import { Menu as ElectronMenu, type MenuItemConstructorOptions } from 'electron'
import type { MenuEntry } from '../menu/model.ts'
import type { Menu } from '../ports.ts'

export const menu: Menu = {
  show(model) {
    const template = model.map(({ label, entries }) => ({ label, submenu: entries.map(toMenuItem) }))
    ElectronMenu.setApplicationMenu(ElectronMenu.buildFromTemplate(template))
  },
}

export function toMenuItem(entry: MenuEntry): MenuItemConstructorOptions {
  return entry === 'separator' ? { type: 'separator' } : entry
}
