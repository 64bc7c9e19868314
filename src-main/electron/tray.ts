import { Menu, Tray as ElectronTray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { Tray } from '../ports.ts'
import { trayPicture, type TrayEntry, type TrayModel } from '../tray/model.ts'
import type { Icons } from './icons.ts'

export function createTray(platform: DesktopPlatform, icons: Icons): Tray {
  let tray: ElectronTray | null = null
  let onClicked: () => void = () => undefined
  let onChoose: (id: string) => void = () => undefined

  const picture = (model: TrayModel): NativeImage => {
    const image = icons(trayPicture(model, platform))
    // A template image is black on clear, and the system paints it as its menu bar needs.
    if (platform === 'macos') image.setTemplateImage(true)
    return image
  }

  const open = (model: TrayModel): ElectronTray => {
    const opened = new ElectronTray(picture(model))
    if (platform === 'macos') opened.setIgnoreDoubleClickEvents(true)
    // On a Mac a click opens the menu.
    else opened.on('click', () => onClicked())
    return opened
  }

  const toItem = (entry: TrayEntry): MenuItemConstructorOptions => {
    if (entry === 'separator') return { type: 'separator' }
    const { id, label, isChecked, isDisabled, entries } = entry
    return {
      id,
      label,
      enabled: !isDisabled,
      ...(isChecked !== undefined && { type: 'checkbox' as const, checked: isChecked }),
      ...(entries ? { submenu: entries.map(toItem) } : { click: () => onChoose(id) }),
    }
  }

  return {
    show(model) {
      if (!model) {
        tray?.destroy()
        tray = null
        return
      }
      if (tray) tray.setImage(picture(model))
      else tray = open(model)
      tray.setToolTip(model.tooltip)
      if (platform === 'macos') tray.setTitle(model.count > 0 ? String(model.count) : '')
      // Set anew each time: Linux takes no notice of a menu that changes.
      tray.setContextMenu(Menu.buildFromTemplate(model.entries.map(toItem)))
    },
    onClicked(listener) {
      onClicked = listener
    },
    onChoose(listener) {
      onChoose = listener
    },
  }
}
