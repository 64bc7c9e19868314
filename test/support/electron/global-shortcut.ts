import type { GlobalShortcut } from 'electron'
import type { Computer } from './computer.ts'

type Methods = 'register' | 'unregister' | 'isRegistered'

const modifiers = 'Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta'
const accelerator = new RegExp(
  `^((${modifiers})\\+)*([A-Z0-9]|F\\d{1,2}|Space|Tab|Enter|Plus|[-=,./;'])$`,
  'i',
)

export class GlobalShortcutStandIn implements Pick<GlobalShortcut, Methods> {
  readonly #computer: Computer
  readonly #registered = new Map<string, () => void>()

  constructor(computer: Computer) {
    this.#computer = computer
  }

  register(keys: string, act: () => void): boolean {
    if (!accelerator.test(keys)) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${keys}`)
    }
    if (this.#computer.shortcutsOfOthers.has(keys) || this.#registered.has(keys)) return false
    this.#registered.set(keys, act)
    return true
  }

  unregister(keys: string): void {
    this.#registered.delete(keys)
  }

  isRegistered(keys: string): boolean {
    return this.#registered.has(keys)
  }

  /** The person presses it, in whatever program. Nothing happens when the client has no such shortcut. */
  press(keys: string): void {
    this.#registered.get(keys)?.()
  }
}
