import type { MenuItemConstructorOptions, Tray } from 'electron'
import { chooseEntry, type MenuStandIn } from './menu.ts'
import type { PictureStandIn } from './native-image.ts'
import { StrictEmitter } from './strict.ts'

type Methods = 'destroy' | 'setTitle' | 'setToolTip' | 'setIgnoreDoubleClickEvents'

export class TrayStandIn extends StrictEmitter implements Pick<Tray, Methods> {
  picture: PictureStandIn
  tooltip = ''
  title = ''
  menu: readonly MenuItemConstructorOptions[] = []
  isDestroyed = false
  #ignoresDoubleClicks = false

  constructor(picture: PictureStandIn) {
    super('Tray', ['click', 'right-click', 'double-click'])
    this.picture = picture
  }

  setImage(picture: PictureStandIn): void {
    this.picture = picture
  }

  setToolTip(tooltip: string): void {
    this.tooltip = tooltip
  }

  setTitle(title: string): void {
    this.title = title
  }

  setContextMenu(menu: MenuStandIn): void {
    this.menu = menu.template
  }

  setIgnoreDoubleClickEvents(ignore: boolean): void {
    this.#ignoresDoubleClicks = ignore
  }

  destroy(): void {
    this.isDestroyed = true
  }

  click(): void {
    this.emit('click', {})
  }

  doubleClick(): void {
    this.click()
    if (!this.#ignoresDoubleClicks) this.emit('double-click', {})
  }

  /** Chooses an entry of its menu by id or label. */
  choose(name: string): void {
    chooseEntry(this.menu, name)
  }
}
