import { BrowserWindow, Menu } from 'electron'
import type { DesktopPorts, DesktopWindow, Windows } from '../ports.ts'
import { toMenuItem } from './menu.ts'
import { lockedDown } from './security.ts'

export function createWindows(preload: string, log: DesktopPorts['log']): Windows {
  return {
    open({ url, place }) {
      const window = new BrowserWindow({
        ...place.bounds,
        minWidth: 380,
        minHeight: 480,
        title: 'Balcão',
        show: false,
        webPreferences: lockedDown(preload),
      })
      window.once('ready-to-show', () => {
        if (place.isMaximised) window.maximize()
        window.show()
      })
      window.loadURL(url).catch((error: unknown) => log(`the window did not load: ${String(error)}`))
      return asDesktopWindow(window)
    },
  }
}

function asDesktopWindow(window: BrowserWindow): DesktopWindow {
  return {
    focus() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    onContextMenu(plan) {
      const { webContents } = window
      webContents.on('context-menu', (_event, { isEditable, selectionText, dictionarySuggestions }) => {
        const hasSelection = selectionText.trim() !== ''
        const entries = plan({ isEditable, hasSelection, corrections: dictionarySuggestions })
        const template = entries.map((entry) =>
          typeof entry === 'object' && 'correction' in entry
            ? { label: entry.correction, click: () => webContents.replaceMisspelling(entry.correction) }
            : toMenuItem(entry),
        )
        if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
      })
    },
    onClosing(listener) {
      window.on('close', () =>
        listener({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() }),
      )
    },
    onClosed: (listener) => void window.on('closed', listener),
  }
}
