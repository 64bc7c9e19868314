/** Shortcuts that work in every program, between a key press, Electron's notation and the one that `UiKbd` draws. Pure. */
import type { KeyPress } from '../../../commands/keys.ts'

/** Keys whose name in Electron isn't the browser's. */
const NAMES: Record<string, string> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}
const TAKEN_AS_THEY_ARE = /^(F\d{1,2}|Insert|Home|End|PageUp|PageDown)$/

export interface PhysicalPress extends KeyPress {
  /** Where the key is, which Ctrl and Alt don't change: `KeyL`, `Digit4`. */
  code: string
}

/** Null while only modifiers are down, and for what would take a key from whoever is writing. */
export function acceleratorOf(press: PhysicalPress, isMac: boolean): string | null {
  const key = keyOf(press)
  if (key === null || press.altGraph) return null
  const isFunctionKey = /^F\d{1,2}$/.test(key)
  const mod = isMac ? press.metaKey : press.ctrlKey
  const parts = [
    mod && 'CommandOrControl',
    isMac && press.ctrlKey && 'Control',
    !isMac && press.metaKey && 'Super',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
  ].filter((part) => part !== false)
  const holdsOne = parts.some((part) => part !== 'Shift')
  // A function key alone belongs to the program in front.
  if (parts.length === 0 || (!holdsOne && !isFunctionKey)) return null
  return [...parts, key].join('+')
}

function keyOf({ key, code }: PhysicalPress): string | null {
  const physical = /^(?:Key([A-Z])|Digit(\d))$/.exec(code)
  if (physical) return physical[1] ?? physical[2] ?? null
  return NAMES[key] ?? (TAKEN_AS_THEY_ARE.test(key) ? key : null)
}

/** `CommandOrControl+Shift+L` → `mod+shift+l`. */
export function keysOf(accelerator: string): string {
  const names: Record<string, string> = {
    CommandOrControl: 'mod',
    Control: 'ctrl',
    Super: 'meta',
    Up: 'arrowup',
    Down: 'arrowdown',
    Left: 'arrowleft',
    Right: 'arrowright',
  }
  return accelerator
    .split('+')
    .map((part) => names[part] ?? part.toLowerCase())
    .join('+')
}
