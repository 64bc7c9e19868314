/** How the program lives on this computer: whoever logs in here has the same. */
import { z } from 'zod'

const DEFAULT_SHORTCUT = 'CommandOrControl+Shift+L'

/** As Electron writes them: at least one modifier that nobody types with, and one key. */
export const accelerator = z
  .string()
  .max(60)
  .regex(
    /^((CommandOrControl|Control|Command|Alt|Shift|Super)\+)+([A-Z0-9]|F\d{1,2}|Space|Insert|Home|End|PageUp|PageDown|Up|Down|Left|Right)$/,
  )
  .refine((keys) => /(CommandOrControl|Control|Command|Alt|Super)\+/.test(keys) || /\+?F\d{1,2}$/.test(keys))

export const computerFields = {
  /** Closing the main window leaves the program beside the clock. */
  closeToTray: z.boolean().catch(true),
  /** Whether that has been explained here. */
  hasToldOfTray: z.boolean().catch(false),
  /** Opens the capture of a call from any program; null: none. */
  callShortcut: accelerator.nullable().catch(DEFAULT_SHORTCUT),
  /** The shortcut of which it has been said that another program has it. */
  toldTakenShortcut: accelerator.nullable().catch(null),
} as const
