/** The shortcut that opens the capture of a call from any program. */
import type { DesktopPorts } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'

type ShortcutHold = 'held' | 'taken' | 'off'

export interface CallShortcut {
  hold(): ShortcutHold
  /** Lets go of the former one and takes this; null: none. */
  change(keys: string | null): ShortcutHold
}

export interface ShortcutDeps {
  readonly ports: Pick<DesktopPorts, 'shortcuts'>
  readonly settings: SettingsFile
  onPressed(): void
  /** Another program has it, and nobody here has been told. */
  onTaken(keys: string): void
}

export function holdCallShortcut({ ports, settings, onPressed, onTaken }: ShortcutDeps): CallShortcut {
  let held: string | null = null
  let hold: ShortcutHold = 'off'

  function take(keys: string | null): ShortcutHold {
    if (held !== null) ports.shortcuts.unregister(held)
    const isHeld = keys !== null && ports.shortcuts.register(keys, onPressed)
    held = isHeld ? keys : null
    hold = keys === null ? 'off' : isHeld ? 'held' : 'taken'
    return hold
  }

  const { callShortcut, toldTakenShortcut } = settings.read()
  if (take(callShortcut) === 'taken' && callShortcut !== null && callShortcut !== toldTakenShortcut) {
    // Once: whoever reads it and does nothing has decided.
    settings.note({ toldTakenShortcut: callShortcut })
    onTaken(callShortcut)
  }
  return {
    hold: () => hold,
    change(keys) {
      settings.update({ callShortcut: keys, toldTakenShortcut: null })
      return take(keys)
    },
  }
}
