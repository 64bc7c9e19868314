import { onScopeDispose, shallowRef } from 'vue'
import { overrides } from './key-bindings.ts'

/** Something the user can do now: it stands in the palette and the shortcut sheet, and may have keys. */
export interface Command {
  /** Stable and unique, such as `ticket.resolve`: the user's own keys are kept under it. */
  id: string
  /** An i18n key. */
  title: string
  /** An i18n key: the heading it stands under. */
  group: string
  /** Default keys, in the notation of `keys.ts`. */
  keys?: string
  /** False hides it from the palette and rests its keys. */
  when?: () => boolean
  /** Holding the key repeats it, as for the next row. */
  repeatable?: boolean
  /** Its keys act while a dialog is open; for the palette itself. */
  overDialogs?: boolean
  run: () => void | Promise<void>
}

const registrations = shallowRef<readonly Command[]>([])

/** Adds commands until the returned function is called. Of two with one id, the later acts. */
function registerCommands(commands: readonly Command[]): () => void {
  registrations.value = [...registrations.value, ...commands]
  return () => {
    registrations.value = registrations.value.filter((command) => !commands.includes(command))
  }
}

/** Adds commands for as long as the calling component lives. */
export function useCommands(commands: readonly Command[]): void {
  onScopeDispose(registerCommands(commands))
}

/** Every registered command, with the user's own keys in place of the default ones. */
export function registeredCommands(): Command[] {
  const byId = new Map(registrations.value.map((command) => [command.id, command]))
  return [...byId.values()].map((command) => ({ ...command, keys: keysOf(command) }))
}

/** The registered commands that can be run now. */
export function availableCommands(): Command[] {
  return registeredCommands().filter((command) => command.when?.() ?? true)
}

/** The keys of a registered command as the user has them, for hints on buttons. */
export function commandKeys(id: string): string | undefined {
  return registeredCommands().find((command) => command.id === id)?.keys
}

function keysOf(command: Command): string | undefined {
  const own = overrides.value[command.id]
  // An absent key is not the same as one that the user has taken away.
  return own === undefined ? command.keys : (own ?? undefined)
}
