import { deedBehind, deedOf, type MacroEffect, type MacroView } from '../../../../server/macros/contract.ts'
import type { Reply } from '../../../../server/tickets/contract.ts'

/** A ready answer that went into a text, with what it will do when the text is sent. */
export interface StagedMacro {
  id: string
  name: string
  effects: MacroEffect[]
  /** The deeds that its author took out. */
  leftOut: string[]
}

/** One thing that will be done along with sending. */
export interface StagedEffect {
  macro: StagedMacro
  effect: MacroEffect
}

/** The same answer inserted again is staged once, as it is now. */
export const staged = (macros: readonly StagedMacro[], macro: StagedMacro): StagedMacro[] => [
  ...macros.filter(({ id }) => id !== macro.id),
  macro,
]

/** Without one of its effects. */
export function withoutEffect(macros: readonly StagedMacro[], macroId: string, deed: string): StagedMacro[] {
  return macros.map((macro) =>
    macro.id === macroId ? { ...macro, leftOut: [...macro.leftOut, deed] } : macro,
  )
}

/** What sending will do, in its order. */
export const stagedEffects = (macros: readonly StagedMacro[]): StagedEffect[] =>
  macros.flatMap((macro) =>
    macro.effects
      .filter((effect) => !macro.leftOut.includes(deedBehind(effect)))
      .map((effect) => ({ macro, effect })),
  )

/** What a reply says of them; nothing where there are none. */
export function macrosOfReply(macros: readonly StagedMacro[]): Pick<Reply, 'macroIds' | 'macroLeftOut'> {
  if (macros.length === 0) return {}
  const leftOut = macros.flatMap(({ id, leftOut: deeds }) => deeds.map((deed) => ({ macroId: id, do: deed })))
  return {
    macroIds: macros.map(({ id }) => id),
    ...(leftOut.length > 0 ? { macroLeftOut: leftOut } : {}),
  }
}

/** What a reply that comes back had staged. One that is gone from the library is dropped: nobody could see what it does. */
export function restaged(
  { macroIds = [], macroLeftOut = [] }: Pick<Reply, 'macroIds' | 'macroLeftOut'>,
  library: readonly MacroView[],
  effectsOf: (macro: MacroView) => MacroEffect[],
): StagedMacro[] {
  return macroIds.flatMap((id) => {
    const macro = library.find((each) => each.id === id)
    if (!macro) return []
    const deeds = macroLeftOut.filter(({ macroId }) => macroId === id).map((each) => each.do)
    return {
      id,
      name: macro.name,
      effects: effectsOf(macro),
      leftOut: macro.actions.map(deedOf).filter((deed) => deeds.includes(deed)),
    }
  })
}
