import { describeKeyPress, isPlainKey, type KeyPress } from './keys.ts'
import type { Command } from './registry.ts'

/** Where the key was pressed. */
export interface KeyContext {
  /** In a text field or other editable content. */
  typing: boolean
  /** While a dialog or an open menu has the keyboard. */
  modal: boolean
  /** On a button, link or option that Space and Enter press. */
  onControl: boolean
  /** The key is held down. */
  repeat: boolean
}

export interface DispatcherOptions {
  commands: () => readonly Command[]
  singleKeys: () => boolean
  /** UTC milliseconds. */
  now: () => number
  isMac: boolean
}

/** The time to press the second key of `g q`. */
const SEQUENCE_MS = 1_200

/**
 * Decides what a key press means. `handle` answers the command to run, `'pending'` for the first key of a sequence,
 * or undefined when the key is not ours and must be left alone.
 */
export function createDispatcher({ commands, singleKeys, now, isMac }: DispatcherOptions) {
  let pending = ''
  let pendingSince = 0

  function candidates(stroke: string, context: KeyContext): readonly Command[] {
    if (isPlainKey(stroke) && (context.typing || context.modal || !singleKeys())) return []
    if (context.onControl && (stroke === 'space' || stroke === 'enter')) return []
    const active = commands()
    return context.modal ? active.filter((command) => command.overDialogs) : active
  }

  function match(keys: string, among: readonly Command[]): Command | 'pending' | undefined {
    const command = among.find((each) => each.keys === keys)
    if (command) return command
    return among.some((each) => each.keys?.startsWith(`${keys} `)) ? 'pending' : undefined
  }

  function handle(press: KeyPress, context: KeyContext): Command | 'pending' | undefined {
    const stroke = describeKeyPress(press, isMac)
    if (stroke === undefined) return undefined
    const among = candidates(stroke, context)
    const begun = pending && now() - pendingSince <= SEQUENCE_MS ? pending : ''
    pending = ''
    const found = (begun && match(`${begun} ${stroke}`, among)) || match(stroke, among)
    if (found === 'pending') {
      pending = stroke
      pendingSince = now()
      return found
    }
    return found && context.repeat && !found.repeatable ? undefined : found
  }

  return { handle }
}
