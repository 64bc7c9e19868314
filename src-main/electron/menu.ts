import { Menu as ElectronMenu, type BaseWindow, type MenuItemConstructorOptions } from 'electron'
import type { MenuEntry } from '../menu/model.ts'
import type { Menu } from '../ports.ts'

type Choose = (id: string, window: BaseWindow | undefined) => void

export function createMenu(): Menu {
  let choose: Choose = () => undefined
  return {
    show(model) {
      const toItem = (entry: MenuEntry): MenuItemConstructorOptions =>
        toMenuItem(entry, (id, window) => choose(id, window))
      const template = model.map(({ label, entries }) => ({ label, submenu: entries.map(toItem) }))
      ElectronMenu.setApplicationMenu(ElectronMenu.buildFromTemplate(template))
    },
    onChoose(listener) {
      choose = (id, window) => listener(id, window?.id ?? null)
    },
  }
}

export function toMenuItem(entry: MenuEntry, choose: Choose): MenuItemConstructorOptions {
  if (entry === 'separator') return { type: 'separator' }
  if ('role' in entry) return entry
  const { id, label, accelerator, isDisabled, isHidden } = entry
  return {
    id,
    label,
    enabled: !isDisabled,
    visible: !isHidden,
    ...(accelerator !== undefined && { accelerator }),
    click: (_item, window) => choose(id, window),
  }
}
