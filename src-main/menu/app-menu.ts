/** Keeps the application menu true to who is signed in and to the language. */
import type { DesktopPorts } from '../ports.ts'
import { menuModel, type MenuState } from './model.ts'

export interface AppMenu {
  /** Something changed that it may show. */
  refresh(): void
}

export function createAppMenu(ports: Pick<DesktopPorts, 'menu'>, state: () => MenuState): AppMenu {
  let shown = ''
  const refresh = (): void => {
    const model = menuModel(state())
    const text = JSON.stringify(model)
    // A menu that is set anew closes under the hand of whoever reads it.
    if (text !== shown) ports.menu.show(model)
    shown = text
  }
  refresh()
  return { refresh }
}
