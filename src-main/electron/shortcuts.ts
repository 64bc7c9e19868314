import { globalShortcut } from 'electron'
import type { Shortcuts } from '../ports.ts'

export const shortcuts: Shortcuts = {
  register(accelerator, act) {
    try {
      return globalShortcut.register(accelerator, act)
    } catch {
      // Not a combination of keys that Electron knows.
      return false
    }
  },
  unregister: (accelerator) => globalShortcut.unregister(accelerator),
}
