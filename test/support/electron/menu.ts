import type { MenuItemConstructorOptions } from 'electron'

export interface MenuStandIn {
  readonly template: MenuItemConstructorOptions[]
  popup(): void
}

/** `onPopup` is told of a menu that opens under the pointer. */
export function createMenu(
  onApplicationMenu: (template: MenuItemConstructorOptions[]) => void,
  onPopup: (template: MenuItemConstructorOptions[]) => void,
): object {
  return {
    buildFromTemplate: (template: MenuItemConstructorOptions[]): MenuStandIn => ({
      template,
      popup: () => onPopup(template),
    }),
    setApplicationMenu: (menu: MenuStandIn) => onApplicationMenu(menu.template),
  }
}

/** Chooses an entry, wherever it stands, by its id or its label. @throws when it is not there, or can't be chosen. */
export function chooseEntry(
  template: readonly MenuItemConstructorOptions[] | null,
  name: string,
  window?: object,
): void {
  const entry = findEntry(template ?? [], name)
  if (!entry) throw new Error(`The menu has no entry "${name}"`)
  if (entry.enabled === false) throw new Error(`The entry "${name}" is greyed out`)
  const click = entry.click as ((item: object, window?: object, event?: object) => void) | undefined
  if (!click) throw new Error(`Nothing happens at the entry "${name}"`)
  click({ ...entry, checked: entry.type === 'checkbox' ? !entry.checked : entry.checked }, window, {})
}

function findEntry(
  template: readonly MenuItemConstructorOptions[],
  name: string,
): MenuItemConstructorOptions | undefined {
  for (const entry of template) {
    if (entry.id === name || entry.label === name) return entry
    const within = Array.isArray(entry.submenu) ? findEntry(entry.submenu, name) : undefined
    if (within) return within
  }
  return undefined
}
