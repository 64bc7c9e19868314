/**
 * Keys are written `j`, `?`, `shift+x`, `mod+k`, `mod+shift+l` or, one after the other, `g q`.
 * `mod` is ⌘ on a Mac and Ctrl elsewhere. A printable character stands for itself on every keyboard layout:
 * `?` is `?`, however the keyboard makes it.
 */

/** The parts of a KeyboardEvent that matter here, so that tests need no browser. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  /** Set when AltGr typed the character: then Ctrl and Alt are part of the typing, not of a shortcut. */
  altGraph?: boolean
}

const NAMED: Record<string, string> = { ' ': 'space', Escape: 'esc' }
const MODIFIER_KEYS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process'])

/** Writes a key press in the notation above; undefined for a modifier alone or a dead key. */
export function describeKeyPress(press: KeyPress, isMac: boolean): string | undefined {
  if (MODIFIER_KEYS.has(press.key)) return undefined
  const character = [...press.key].length === 1
  const letter = character && press.key.toLowerCase() !== press.key.toUpperCase()
  const key = NAMED[press.key] ?? press.key.toLowerCase()
  const mod = isMac ? press.metaKey : press.ctrlKey
  const parts: string[] = []
  if (!press.altGraph) {
    if (mod) parts.push('mod')
    if (isMac ? press.ctrlKey : press.metaKey) parts.push(isMac ? 'ctrl' : 'meta')
    if (press.altKey) parts.push('alt')
  }
  // Shift is how `?` is typed; it is only a modifier of its own beside a letter or a named key.
  if (press.shiftKey && (letter || !character || press.key === ' ')) parts.push('shift')
  return [...parts, key].join('+')
}

/** True for keys that would write into a text field, so must rest while one has focus. */
export function isPlainKey(stroke: string): boolean {
  return !/^(mod|ctrl|meta|alt)\+/.test(stroke)
}

/** What browsers, systems and screen readers keep for themselves, even where a page could take it. */
const RESERVED = new Set([
  ...['mod+c', 'mod+v', 'mod+x', 'mod+a', 'mod+z', 'mod+y', 'mod+shift+z'],
  ...[
    'mod+t',
    'mod+w',
    'mod+n',
    'mod+shift+n',
    'mod+shift+t',
    'mod+r',
    'mod+shift+r',
    'mod+l',
    'mod+f',
    'mod+p',
  ],
  ...[
    'mod+d',
    'mod+h',
    'mod+j',
    'mod+o',
    'mod+q',
    'mod+s',
    'mod+u',
    'mod+tab',
    'mod+shift+tab',
    'mod+0',
    'mod++',
  ],
  ...['mod+-', 'mod+=', 'mod+m', 'mod+,', 'mod+shift+i', 'mod+shift+j', 'mod+shift+c', 'mod+shift+delete'],
  ...['tab', 'shift+tab', 'esc', 'enter', 'shift+enter', 'arrowup', 'arrowdown', 'arrowleft', 'arrowright'],
  ...[
    'home',
    'end',
    'pageup',
    'pagedown',
    'insert',
    'capslock',
    'f1',
    'f3',
    'f5',
    'f6',
    'f7',
    'f10',
    'f11',
    'f12',
  ],
  ...['alt+f4', 'alt+tab', 'alt+arrowleft', 'alt+arrowright', 'alt+d', 'backspace', 'delete'],
])

export function isReserved(keys: string): boolean {
  return keys.split(' ').some((stroke) => RESERVED.has(stroke) || /^(ctrl|meta)\+/.test(stroke))
}

/** Whether two bindings get in each other's way: they are the same, or one begins the other. */
export function keysCollide(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `)
}

/** Signs that need no translation. */
const SYMBOLS: Record<string, string> = {
  space: '␣',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}
const MAC_SYMBOLS: Record<string, string> = {
  ...SYMBOLS,
  mod: '⌘',
  ctrl: '⌃',
  alt: '⌥',
  shift: '⇧',
  enter: '⏎',
}
const PC_NAMES: Record<string, string> = {
  ...SYMBOLS,
  mod: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
}

/** The caps to draw for `keys`: one list per stroke, `mod+k` → [['Ctrl', 'K']], `g q` → [['G'], ['Q']]. */
export function keyCaps(keys: string, isMac: boolean): string[][] {
  const names = isMac ? MAC_SYMBOLS : PC_NAMES
  return keys.split(' ').map((stroke) => {
    const parts = stroke === '+' ? ['+'] : stroke.split('+').map((part) => part || '+')
    return parts.map((part) => names[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
  })
}

/** The same keys as `aria-keyshortcuts` wants them; a sequence has no notation there. */
export function ariaKeys(keys: string, isMac: boolean): string | undefined {
  if (keys.includes(' ')) return undefined
  return keys
    .split('+')
    .map((part) =>
      part === 'mod' ? (isMac ? 'Meta' : 'Control') : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join('+')
}

/** Whether this device calls its command key ⌘. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
