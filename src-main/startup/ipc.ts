/** What the page may ask about the program on this computer: how it starts, how it closes, its shortcut and its letters. */
import { z } from 'zod'
import { accelerator } from './computer.ts'

const changes = z
  .strictObject({
    startsAtLogin: z.boolean(),
    closeToTray: z.boolean(),
    callShortcut: accelerator.nullable(),
    opensPhoneLinks: z.boolean(),
    zoom: z.number().min(0.5).max(3),
  })
  .partial()
export type ComputerChanges = z.infer<typeof changes>

export const computerArguments = {
  'computer.get': z.tuple([]),
  /** Works at once; the answer is how things are then. */
  'computer.set': z.tuple([changes]),
} as const

export interface ComputerState {
  /** Null where the program can't: it runs from its source folder. */
  readonly startsAtLogin: boolean | null
  /** Null on a Mac, whose programs stay anyway. */
  readonly closeToTray: boolean | null
  /** As Electron writes it; null: none is wanted. */
  readonly callShortcut: string | null
  /** `taken`: another program has it. */
  readonly shortcutHold: 'held' | 'taken' | 'off'
  /** Whether `tel:` and `callto:` links of other programs come here. Null where they can't: it runs from its source folder. */
  readonly opensPhoneLinks: boolean | null
  readonly zoom: number
}

export interface ComputerAnswers {
  'computer.get': ComputerState
  'computer.set': ComputerState
}

export interface ComputerApi {
  get(): Promise<ComputerState>
  set(changes: ComputerChanges): Promise<ComputerState>
}
