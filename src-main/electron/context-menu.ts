import { clipboard, Menu, shell, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import type { ContextEntry } from '../menu/context-menu.ts'
import type { DesktopWindow } from '../ports.ts'
import { toMenuItem } from './menu.ts'

/** A right click on the page of `window` shows what `plan` offers for it. */
export function offerContextMenu(
  window: BrowserWindow,
  plan: Parameters<DesktopWindow['onContextMenu']>[0],
): void {
  const { webContents } = window
  const toItem = (entry: ContextEntry): MenuItemConstructorOptions => {
    if (entry === 'separator') return toMenuItem(entry, () => undefined)
    if ('correction' in entry) {
      return { label: entry.correction, click: () => webContents.replaceMisspelling(entry.correction) }
    }
    if ('copies' in entry) return { label: entry.label, click: () => void clipboard.writeText(entry.copies) }
    if ('opens' in entry)
      return { label: entry.label, click: () => void shell.openExternal(entry.opens).catch(() => undefined) }
    return toMenuItem(entry, () => undefined)
  }
  webContents.on('context-menu', (_event, { isEditable, selectionText, dictionarySuggestions, linkURL }) => {
    const entries = plan({
      isEditable,
      hasSelection: selectionText.trim() !== '',
      corrections: dictionarySuggestions,
      linkUrl: linkURL === '' ? null : linkURL,
    })
    if (entries.length > 0) Menu.buildFromTemplate(entries.map(toItem)).popup({ window })
  })
}
